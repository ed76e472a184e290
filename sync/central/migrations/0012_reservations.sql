-- What is set aside for terminals (storage/domain/sale/reservation.hpp). kind: 0 hold, 1 lease. state: 0 in force, 1 wanted
-- back, 2 ended: the quantity is then what the terminal says it used, of which facts may still be on their way. change:
-- of all changes, the one that made the row what it is. until_ms: of a hold; leases end with all of the terminal's.
CREATE TABLE central_reservation (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  resource TEXT NOT NULL,
  owner BLOB NOT NULL,
  unit TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  until_ms INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
  change INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX central_reservation_resource ON central_reservation (resource, owner, unit);
CREATE INDEX central_reservation_terminal ON central_reservation (terminal, change);
CREATE INDEX central_reservation_until ON central_reservation (until_ms);

-- The number of the newest change; it never falls, though rows are removed.
CREATE TABLE central_reservation_change (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  change INTEGER NOT NULL
) STRICT;

-- Until when all leases of a terminal are good, unless it is reached again: every contact makes it longer.
CREATE TABLE central_lease_term (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (terminal, epoch)
) STRICT, WITHOUT ROWID;

-- Of what the leases are to be looked at: there is more or less of it than there was.
CREATE TABLE central_reservation_due (
  resource TEXT NOT NULL,
  owner BLOB NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (resource, owner, unit)
) STRICT, WITHOUT ROWID;
