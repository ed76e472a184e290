-- What head office itself says, in the order in which it was said. store '': to every store, also one that joins later.
-- state: 0 waits for at_ms, 1 in force, 2 withdrawn before it was. made_by: who, for the trail; rows are never removed.
CREATE TABLE central_publication (
  number INTEGER NOT NULL PRIMARY KEY,
  what TEXT NOT NULL,
  store TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  withdrawn_by TEXT NOT NULL DEFAULT '',
  withdrawn_ms INTEGER
) STRICT;
CREATE INDEX central_publication_waiting ON central_publication (at_ms, number) WHERE state = 0;

-- The facts of a publication. They get their ids when they come into force: until then they have not happened.
-- `central_feed` names them as facts of terminal 0.
CREATE TABLE central_own_fact (
  seq INTEGER NOT NULL PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES central_publication (number),
  id BLOB UNIQUE CHECK (length(id) = 16),
  type INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX central_own_fact_publication ON central_own_fact (publication, seq);
