-- What head office said last of a gift card that several stores know: the money that was on it, and which facts of those
-- that this terminal knows it speaks for. What happened since stands on top of it (records/value/value_lots.hpp).
CREATE TABLE stated_money (
  card TEXT NOT NULL,
  n INTEGER NOT NULL,
  currency TEXT NOT NULL,
  from_fact BLOB NOT NULL CHECK (length(from_fact) = 16),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  expires_day INTEGER,
  top_up INTEGER NOT NULL CHECK (top_up IN (0, 1)),
  PRIMARY KEY (card, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE stated_fact (
  card TEXT NOT NULL,
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  PRIMARY KEY (card, fact)
) STRICT, WITHOUT ROWID;
