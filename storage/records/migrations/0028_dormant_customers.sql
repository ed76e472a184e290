-- Customers whom head office has said to be dormant at this store (storage/feed/FEED.md): nothing personal of them is
-- kept, until it says that they are back. At head office nobody is.
CREATE TABLE dormant_customer (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16)
) STRICT, WITHOUT ROWID;
