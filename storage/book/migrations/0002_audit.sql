-- Who looked at or changed whom. Append-only but for the retention rule; names nobody but staff. Not a
-- record: it does not derive from facts.
CREATE TABLE audit (
  n INTEGER NOT NULL PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  staff TEXT NOT NULL,
  action INTEGER NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16)
) STRICT;
CREATE INDEX audit_customer ON audit (customer, n);
CREATE INDEX audit_time ON audit (at_ms);

-- Erased customers whose keys and last traces in the files are still to be removed.
CREATE TABLE cleaning (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16)
) STRICT, WITHOUT ROWID;
