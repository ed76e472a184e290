-- A lease of which all became a hold has nothing left, and is there again when the hold was not used: 0 is allowed.
CREATE TABLE reservation_new (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  resource TEXT NOT NULL,
  owner BLOB NOT NULL,
  unit TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  until_ms INTEGER NOT NULL,
  given_back INTEGER NOT NULL DEFAULT 0 CHECK (given_back IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO reservation_new (id, kind, resource, owner, unit, quantity, until_ms, given_back)
  SELECT id, kind, resource, owner, unit, quantity, until_ms, given_back FROM reservation;
DROP TABLE reservation;
ALTER TABLE reservation_new RENAME TO reservation;
CREATE INDEX reservation_resource ON reservation (resource, owner, unit);
CREATE INDEX reservation_given_back ON reservation (id) WHERE given_back = 1;
