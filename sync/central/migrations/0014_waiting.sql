-- What was acknowledged waits here, in the order in which it came, until it is applied (state 4).
ALTER TABLE central_fact RENAME TO old_central_fact;
DROP INDEX central_fact_id;
DROP INDEX central_fact_set_aside;
CREATE TABLE central_fact (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  lineage INTEGER NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  epoch INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  type INTEGER NOT NULL,
  body BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3, 4)),
  received_ms INTEGER NOT NULL,
  sealed BLOB,
  PRIMARY KEY (terminal, lineage, seq)
) STRICT;
INSERT INTO central_fact (rowid, terminal, lineage, seq, epoch, id, type, body, hash, state, received_ms, sealed)
  SELECT rowid, terminal, lineage, seq, epoch, id, type, body, hash, state, received_ms, sealed FROM old_central_fact;
DROP TABLE old_central_fact;
CREATE INDEX central_fact_id ON central_fact (id);
CREATE INDEX central_fact_set_aside ON central_fact (state) WHERE state IN (1, 3);
CREATE INDEX central_fact_waiting ON central_fact (state) WHERE state = 4;
