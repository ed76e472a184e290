-- Which till hands a code out; NULL: nobody yet, where there is a head office, and this one where there is none.
ALTER TABLE reward_code ADD COLUMN dealt_to INTEGER;
CREATE INDEX reward_code_dealt ON reward_code (store, reward, dealt_to, added_by, n) WHERE used_by IS NULL;

-- What a member has used of rules counts wherever it was.
CREATE INDEX rule_use_member ON rule_use (owner) WHERE owner <> x'';
