-- Wallets that are blocked, and wallets that lapse.

-- What the shop said, newest fact first of all; the wallet of a customer nobody spoke of is free. A merge changes
-- nothing of it.
CREATE TABLE wallet_change (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wallet_change_customer ON wallet_change (customer, fact);

-- The last day of the money in a wallet. No row: it never lapses.
CREATE TABLE wallet_day (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  currency TEXT NOT NULL,
  expires_day INTEGER NOT NULL,
  PRIMARY KEY (customer, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX wallet_day_due ON wallet_day (currency, expires_day);

-- What runs of expiry took, for the story of whom it was taken from.
CREATE TABLE wallet_lapse (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  fact BLOB NOT NULL REFERENCES expiry_run (id),
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (customer, fact)
) STRICT, WITHOUT ROWID;
