-- mirror.db (sync/mirror/MIRROR.md): what this till keeps for others of its store, and what it knows of its own copies at others. Nothing in
-- it can be read by anybody but head office, or says more than how many records there are.

-- Sealed parts of the journals of others, in the order in which they came. refused: why head office does not take it; '': it
-- has not been asked, or could not be reached.
CREATE TABLE kept (
  n INTEGER NOT NULL PRIMARY KEY,
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  first INTEGER NOT NULL CHECK (first > 0),
  last INTEGER NOT NULL CHECK (last >= first),
  base_hash BLOB NOT NULL CHECK (length(base_hash) = 32),
  head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
  bytes INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  kept_ms INTEGER NOT NULL,
  refused TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX kept_whose ON kept (terminal, epoch, last, first);
CREATE INDEX kept_size ON kept (terminal, bytes, first, last);

-- The newest acknowledgement of head office for each of them, as signed, to be handed back.
CREATE TABLE answer (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  signed BLOB NOT NULL,
  PRIMARY KEY (terminal, epoch)
) STRICT, WITHOUT ROWID;

-- How many records of each head office has had from here, and when last.
CREATE TABLE handed_in (
  terminal INTEGER NOT NULL PRIMARY KEY,
  records INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

-- The others of the store, as head office said last: addresses with a blank between them.
CREATE TABLE neighbour (
  terminal INTEGER NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL,
  till INTEGER NOT NULL,
  addresses TEXT NOT NULL
) STRICT;

-- What is kept of this till's own at others, as each said last. held: up to that record; 0: nothing. trouble: why the
-- last try came to nothing; '': it did not.
CREATE TABLE copy (
  terminal INTEGER NOT NULL PRIMARY KEY,
  held INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  trouble TEXT NOT NULL
) STRICT;
