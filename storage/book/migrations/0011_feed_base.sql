-- What the records began with, where not everything was pulled (storage/feed/FEED.md, Snapshots): the rows are in the
-- file base-<id>.db beside this one. `feed` holds what came after `position`.
CREATE TABLE feed_base (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16),
  generation INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  placed INTEGER NOT NULL CHECK (placed >= 0)
) STRICT;

-- A snapshot that is being fetched, into the file snapshot-<id>.part beside this one.
CREATE TABLE snapshot_arriving (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16),
  bytes INTEGER NOT NULL CHECK (bytes > 0)
) STRICT;
