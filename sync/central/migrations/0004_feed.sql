-- The order in which facts came, for those who pull (storage/feed/FEED.md). A row names a fact; what a terminal of
-- the store gets of it is decided when it asks. counted: the fact was applied here at this place; one that was set
-- aside has a second row where it is counted after all.
CREATE TABLE central_feed (
  position INTEGER NOT NULL PRIMARY KEY,
  store TEXT NOT NULL,
  terminal INTEGER NOT NULL,
  lineage INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1))
) STRICT;
CREATE INDEX central_feed_store ON central_feed (store, position);

-- Another number is another order. No row: one is drawn at the next start, as after a restore.
CREATE TABLE central_generation (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL CHECK (generation > 0)
) STRICT;

INSERT INTO central_feed (store, terminal, lineage, seq, counted)
  SELECT t.store, f.terminal, f.lineage, f.seq, f.state = 0
  FROM central_fact f JOIN central_terminal t ON t.number = f.terminal
  WHERE f.state <> 2 ORDER BY f.rowid;
