-- What head office sent down, in its order (storage/feed/FEED.md): facts of other terminals, and the places of our
-- own among them, whose bodies the journal has.
CREATE TABLE feed (
  position INTEGER NOT NULL PRIMARY KEY CHECK (position > 0),
  id BLOB NOT NULL CHECK (length(id) = 16),
  type INTEGER NOT NULL,
  seq INTEGER,  -- of our own journal
  body BLOB,    -- of another terminal's fact
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  understood INTEGER NOT NULL CHECK (understood IN (0, 1)),  -- by the version that took it in
  CHECK ((seq IS NULL) <> (body IS NULL))
) STRICT;

CREATE INDEX feed_not_understood ON feed (position) WHERE understood = 0;  -- asked for at every start

-- Pulled, and not yet in the records: the rest of what belongs together is still to come.
CREATE TABLE feed_staged (
  position INTEGER NOT NULL PRIMARY KEY CHECK (position > 0),
  id BLOB NOT NULL CHECK (length(id) = 16),
  type INTEGER NOT NULL,
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  body BLOB NOT NULL
) STRICT;

-- `n` 1: what the records hold; 2: what is staged. placed: our own facts up to here have their place in the feed.
CREATE TABLE feed_cursor (
  n INTEGER NOT NULL PRIMARY KEY CHECK (n IN (1, 2)),
  generation INTEGER NOT NULL,
  position INTEGER NOT NULL,
  placed INTEGER NOT NULL
) STRICT;

-- How to take back what our own facts without a place have changed in the records.
CREATE TABLE unplaced (
  first INTEGER NOT NULL PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= first),
  changes BLOB NOT NULL
) STRICT;
