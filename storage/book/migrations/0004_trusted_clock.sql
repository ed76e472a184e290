-- The last instant at which the clock was believed (storage/domain/values/trusted_time.hpp). No row: the book was
-- made by an earlier version; it is filled in when the book is opened.
CREATE TABLE trusted_clock (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  at_ms INTEGER NOT NULL
) STRICT;
