-- Where a terminal listens for the others of its store, as it told last (neighbours.hpp): addresses with a blank between
-- them. No row, or none: it does not.
CREATE TABLE central_neighbour (
  terminal INTEGER NOT NULL PRIMARY KEY REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  addresses TEXT NOT NULL,
  told_ms INTEGER NOT NULL
) STRICT;

-- What was handed in of a terminal by which other one of its store, a row for each day (hand_in.hpp). batches: taken, those
-- too that were here already; facts: that had not been here.
CREATE TABLE central_handed_in (
  store TEXT NOT NULL,
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  by_terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  day INTEGER NOT NULL,
  batches INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  PRIMARY KEY (store, terminal, epoch, by_terminal, day)
) STRICT, WITHOUT ROWID;
