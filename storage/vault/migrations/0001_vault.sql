-- Secrets of one data folder.

-- n = 1 only: the folder's own secrets.
CREATE TABLE secret (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  lookup_key BLOB NOT NULL,   -- BLAKE2b key of look-up hashes
  receipt_key BLOB NOT NULL,  -- BLAKE2b key of receipt codes
  sign_public BLOB NOT NULL,
  sign_secret BLOB NOT NULL,
  box_public BLOB NOT NULL,
  box_secret BLOB NOT NULL
) STRICT;

CREATE TABLE customer_key (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16),
  key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  manager INTEGER NOT NULL CHECK (manager IN (0, 1)),
  pin_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong PINs survive a restart: switching the kiosk off and on must not give five new tries.
CREATE TABLE pin_tries (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  wrong INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT;
