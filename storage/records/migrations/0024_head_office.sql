-- What head office says of the settings of a store's tills, as the file has it (storage/book/SETTINGS.md); the last word stands.
CREATE TABLE chain_settings (
  store TEXT NOT NULL PRIMARY KEY,
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What stays of an erased person, without a name: its reason (storage/domain/customer/obligations.hpp) and last day; NULL:
-- until it is settled. Under the reference that was kept.
CREATE TABLE customer_restriction (
  customer BLOB NOT NULL REFERENCES customer (ref),
  reason INTEGER NOT NULL CHECK (reason BETWEEN 1 AND 5),
  until_day INTEGER,
  PRIMARY KEY (customer, reason)
) STRICT, WITHOUT ROWID;
