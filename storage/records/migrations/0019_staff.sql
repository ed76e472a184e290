-- Who works at the store's tills. Names and PINs are sealed under a key of each person, which the vault has.
CREATE TABLE staff (
  store TEXT NOT NULL,
  id TEXT NOT NULL,
  manager INTEGER NOT NULL CHECK (manager IN (0, 1)),
  key BLOB NOT NULL CHECK (length(key) = 16),
  sealed_name BLOB NOT NULL,
  sealed_pin BLOB NOT NULL,
  PRIMARY KEY (store, id)
) STRICT, WITHOUT ROWID;
