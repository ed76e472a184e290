-- What facts spent of what head office had set aside for a terminal (storage/domain/sale/reservation.hpp).
CREATE TABLE reservation_use (
  reservation BLOB NOT NULL CHECK (length(reservation) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (reservation, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_use_fact ON reservation_use (fact);
