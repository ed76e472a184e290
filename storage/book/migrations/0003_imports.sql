-- What the last import read of each customer, as keyed digests (storage/exchange/customer_marks.hpp), so that
-- another one knows what its source has changed since. Not a record: it does not derive from facts.
CREATE TABLE import_mark (
  origin TEXT NOT NULL PRIMARY KEY,
  digests BLOB NOT NULL
) STRICT, WITHOUT ROWID;
