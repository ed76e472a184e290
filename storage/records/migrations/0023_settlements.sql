-- What a fact took that was not there: points of a member, money of a wallet or a gift card. Kept of every store's facts,
-- because a debt that comes of it is the customer's everywhere. owner: as in `account`. Of facts from before nothing is
-- known; what they lacked can be borne or noted.
CREATE TABLE shortfall (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (1, 11, 12)),
  owner BLOB NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;

-- What was said to an exception, once; it may be here before the exception is.
-- decision: 1 the shop bears it, 2 the customer owes it, 3 noted. customer: who lacked it. unit, owed: of a debt, at
-- most so much.
CREATE TABLE settlement (
  store TEXT NOT NULL,
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  code TEXT NOT NULL,
  settled_by BLOB NOT NULL CHECK (length(settled_by) = 16),
  decision INTEGER NOT NULL CHECK (decision BETWEEN 1 AND 3),
  customer BLOB CHECK (length(customer) = 16),
  unit TEXT NOT NULL,
  owed INTEGER NOT NULL,
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (store, fact, code),
  CHECK (decision <> 2 OR customer IS NOT NULL),
  CHECK ((decision = 2) = (owed > 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX settlement_customer ON settlement (customer) WHERE customer IS NOT NULL;
CREATE INDEX settlement_by_time ON settlement (at_ms);
