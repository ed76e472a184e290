-- What only a terminal has: its journal (storage/journal/JOURNAL.md), who it is, and how far the centre is.

CREATE TABLE journal (
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
  id BLOB NOT NULL CHECK (length(id) = 16),
  type INTEGER NOT NULL,
  body BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Every (terminal, epoch) this folder has recorded under, and from which seq on. The last one is in force.
CREATE TABLE identity (
  n INTEGER NOT NULL PRIMARY KEY,
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  from_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE enrolment (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  store TEXT NOT NULL,
  central_url TEXT NOT NULL,
  central_sign_public BLOB NOT NULL,
  central_box_public BLOB NOT NULL
) STRICT;

CREATE TABLE acknowledged (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  answer BLOB NOT NULL  -- as signed by the centre
) STRICT;

CREATE TABLE outcome (
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
