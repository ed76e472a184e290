-- What a member has used of rules counts wherever it was.
CREATE INDEX rule_use_member ON rule_use (owner) WHERE owner <> x'';
