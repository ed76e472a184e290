-- What head office has set aside for this terminal (storage/domain/sale/reservation.hpp): not derived from facts. kind:
-- 0 hold, 1 lease, which ends with all of them (reservation_change). given_back: head office wants it back, nothing is spent of it any more, and it has not been told yet.
CREATE TABLE reservation (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  resource TEXT NOT NULL,
  owner BLOB NOT NULL,
  unit TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  until_ms INTEGER NOT NULL,
  given_back INTEGER NOT NULL DEFAULT 0 CHECK (given_back IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_resource ON reservation (resource, owner, unit);
CREATE INDEX reservation_given_back ON reservation (id) WHERE given_back = 1;

-- Up to which of head office's changes they are known.
CREATE TABLE reservation_change (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  change INTEGER NOT NULL,
  leases_until_ms INTEGER NOT NULL  -- nothing is spent of any lease from there on
) STRICT;
