-- Every key holds what its table is spread by (storage/records/DISTRIBUTION.md). A terminal belongs to one store, so what it
-- sends is spread by store. What each push writes is out of the register, which is small and the same everywhere.

-- How far each terminal's chain is held, locked by each push, and the last answer, as signed, with the batch that it
-- answered.
CREATE TABLE central_cursor (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  store TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  cursor_hash BLOB NOT NULL CHECK (length(cursor_hash) = 32),
  last_seen_ms INTEGER NOT NULL,
  answered_first INTEGER,
  answered_head BLOB,
  answer BLOB,
  answer_signature BLOB,
  PRIMARY KEY (terminal, store)
) STRICT;
INSERT INTO central_cursor
  SELECT number, store, cursor, cursor_hash, last_seen_ms, answered_first, answered_head, answer, answer_signature
  FROM central_terminal;
ALTER TABLE central_terminal DROP COLUMN cursor;
ALTER TABLE central_terminal DROP COLUMN cursor_hash;
ALTER TABLE central_terminal DROP COLUMN last_seen_ms;
ALTER TABLE central_terminal DROP COLUMN answered_first;
ALTER TABLE central_terminal DROP COLUMN answered_head;
ALTER TABLE central_terminal DROP COLUMN answer;
ALTER TABLE central_terminal DROP COLUMN answer_signature;

CREATE TABLE central_counted (
  store TEXT NOT NULL PRIMARY KEY REFERENCES central_store (name),
  facts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO central_counted (store, facts) SELECT name, facts FROM central_store WHERE facts > 0;
ALTER TABLE central_store DROP COLUMN facts;

-- The number of a row is the order in which this database took the facts. State 4: acknowledged, and waits to be applied.
ALTER TABLE central_fact RENAME TO old_central_fact;
DROP INDEX central_fact_id;
DROP INDEX central_fact_set_aside;
CREATE TABLE central_fact (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  store TEXT NOT NULL,
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
  PRIMARY KEY (terminal, lineage, seq, store)
) STRICT;
INSERT INTO central_fact (rowid, terminal, store, lineage, seq, epoch, id, type, body, hash, state, received_ms, sealed)
  SELECT f.rowid, f.terminal, t.store, f.lineage, f.seq, f.epoch, f.id, f.type, f.body, f.hash, f.state, f.received_ms,
    f.sealed
  FROM old_central_fact f JOIN central_terminal t ON t.number = f.terminal;
DROP TABLE old_central_fact;
CREATE INDEX central_fact_id ON central_fact (id);
CREATE INDEX central_fact_set_aside ON central_fact (state) WHERE state IN (1, 3);
CREATE INDEX central_fact_waiting ON central_fact (state) WHERE state = 4;

ALTER TABLE central_outcome RENAME TO old_central_outcome;
CREATE TABLE central_outcome (
  terminal INTEGER NOT NULL,
  store TEXT NOT NULL,
  lineage INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (terminal, lineage, seq, n, store)
) STRICT, WITHOUT ROWID;
INSERT INTO central_outcome
  SELECT o.terminal, t.store, o.lineage, o.seq, o.n, o.code, o.message, o.at_ms
  FROM old_central_outcome o JOIN central_terminal t ON t.number = o.terminal;
DROP TABLE old_central_outcome;

ALTER TABLE central_feed RENAME TO old_central_feed;
DROP INDEX central_feed_store;
DROP INDEX central_feed_fact;
CREATE TABLE central_feed (
  store TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position > 0),
  terminal INTEGER NOT NULL,
  lineage INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  customer BLOB NOT NULL DEFAULT x'' CHECK (length(customer) IN (0, 16)),
  origin TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (store, position)
) STRICT, WITHOUT ROWID;
INSERT INTO central_feed
  SELECT store, position, terminal, lineage, seq, counted, customer, origin FROM old_central_feed;
DROP TABLE old_central_feed;
CREATE INDEX central_feed_position ON central_feed (position);
CREATE INDEX central_feed_fact ON central_feed (terminal, lineage, seq);

ALTER TABLE central_look_up RENAME TO old_central_look_up;
DROP INDEX central_look_up_terminal;
CREATE TABLE central_look_up (
  store TEXT NOT NULL,
  n INTEGER NOT NULL,
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  kind INTEGER NOT NULL,
  customer BLOB CHECK (length(customer) = 16),
  at_ms INTEGER NOT NULL,
  card_end TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (store, n)
) STRICT, WITHOUT ROWID;
INSERT INTO central_look_up
  SELECT t.store, u.n, u.terminal, u.kind, u.customer, u.at_ms, u.card_end
  FROM old_central_look_up u JOIN central_terminal t ON t.number = u.terminal;
DROP TABLE old_central_look_up;
CREATE INDEX central_look_up_terminal ON central_look_up (terminal, at_ms);

ALTER TABLE central_reservation RENAME TO old_central_reservation;
DROP INDEX central_reservation_resource;
DROP INDEX central_reservation_terminal;
DROP INDEX central_reservation_until;
CREATE TABLE central_reservation (
  id BLOB NOT NULL CHECK (length(id) = 16),
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  resource TEXT NOT NULL,
  owner BLOB NOT NULL,
  unit TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  until_ms INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  change INTEGER NOT NULL,
  to_share INTEGER NOT NULL DEFAULT 0 CHECK (to_share IN (0, 1)),
  out_of_lease INTEGER NOT NULL DEFAULT 0 CHECK (out_of_lease >= 0),
  PRIMARY KEY (id, owner)
) STRICT, WITHOUT ROWID;
INSERT INTO central_reservation
  SELECT id, terminal, epoch, kind, resource, owner, unit, quantity, until_ms, state, change, to_share, out_of_lease
  FROM old_central_reservation;
DROP TABLE old_central_reservation;
CREATE INDEX central_reservation_resource ON central_reservation (resource, owner, unit);
CREATE INDEX central_reservation_terminal ON central_reservation (terminal, change);
CREATE INDEX central_reservation_until ON central_reservation (until_ms);
CREATE UNIQUE INDEX central_reservation_order ON central_reservation (change, owner);
