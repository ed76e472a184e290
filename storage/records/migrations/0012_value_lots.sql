-- Money on gift cards and in wallets by the day until which it is good (storage/records/value/value_lots.hpp): what can
-- be spent follows from the day, not from whether expiry has been run. Derived from the postings, whole, whenever one of
-- them moves; kind as in `account`, n in the order in which money came.
CREATE TABLE value_lot (
  kind INTEGER NOT NULL CHECK (kind IN (11, 12)),
  owner BLOB NOT NULL,
  currency TEXT NOT NULL,
  n INTEGER NOT NULL,
  remaining_minor INTEGER NOT NULL CHECK (remaining_minor > 0),
  expires_day INTEGER,
  PRIMARY KEY (kind, owner, currency, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX value_lot_due ON value_lot (kind, currency, expires_day) WHERE expires_day IS NOT NULL;
CREATE INDEX posting_value ON posting (owner, kind, unit, fact, n) WHERE kind IN (11, 12);
-- The last day of money that a return gives back onto a card or wallet; NULL: never.
ALTER TABLE tender ADD COLUMN expires_day INTEGER;
-- Until now a card and a wallet had one day for all that was on them.
ALTER TABLE gift_card DROP COLUMN expires_day;
DROP TABLE wallet_day;
-- Whose lots are still to be worked out, when the book is opened.
CREATE TABLE value_unsettled (
  kind INTEGER NOT NULL,
  owner BLOB NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (kind, owner, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO value_unsettled (kind, owner, currency)
  SELECT kind, owner, unit FROM account WHERE kind IN (11, 12) AND amount > 0;
