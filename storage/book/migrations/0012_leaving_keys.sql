-- Customers who are dormant here and whose keys are still to be dropped: when nothing waits that brings them again
-- (storage/book/leaving_keys.hpp). Not a record: it does not derive from facts.
CREATE TABLE leaving_key (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16)
) STRICT, WITHOUT ROWID;
