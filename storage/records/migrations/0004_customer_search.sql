-- Search among customers as somebody types. A key is a kind's letter and what is typed from its beginning
-- (records/search_keys.hpp). `search`: the keys of one customer, each after a line feed; NULL only in rows
-- that are older than this table, which are filled in when the book is opened.

ALTER TABLE customer ADD COLUMN search TEXT;
CREATE INDEX customer_unsearched ON customer (ref) WHERE search IS NULL AND erased_by IS NULL;
UPDATE customer SET search = '' WHERE erased_by IS NOT NULL;

CREATE TABLE customer_search (
  key TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (key, customer)
) STRICT, WITHOUT ROWID;
