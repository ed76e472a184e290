-- The ledger of points and of stored value. Every posting names its fact; the postings of a fact sum to
-- zero in each unit. Accounts by `kind`:
--   points  1 a customer's   2 issued   3 lost by the programme   4 redeemed   5 expired   6 a customer's debt
--   money  11 a wallet      12 a gift card      13 paid in      14 spent      15 expired      16 lost
-- Owner: the customer's reference (1, 6, 11), the card's name (12), else empty. Unit: 'points' (amounts
-- in hundredths) or a currency (minor units). The programme's accounts run below zero by their nature.

ALTER TABLE posting RENAME TO old_posting;
CREATE TABLE posting (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6 OR kind BETWEEN 11 AND 16),
  owner BLOB NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  lot_fact BLOB CHECK (length(lot_fact) = 16),
  lot_n INTEGER,
  PRIMARY KEY (fact, n),
  CHECK ((lot_fact IS NULL) = (lot_n IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_lot ON posting (lot_fact, lot_n) WHERE lot_fact IS NOT NULL;

ALTER TABLE account RENAME TO old_account;
CREATE TABLE account (
  unit TEXT NOT NULL,
  kind INTEGER NOT NULL,
  owner BLOB NOT NULL,
  amount INTEGER NOT NULL
    CHECK (kind NOT IN (1, 11, 12) OR amount >= 0)
    CHECK (kind <> 6 OR amount <= 0),
  PRIMARY KEY (unit, kind, owner)
) STRICT, WITHOUT ROWID;

-- Points issued together that expire together; `expires_day` is the last day, NULL: never, or by the
-- programme's rule of inactivity.
CREATE TABLE lot (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  issued INTEGER NOT NULL CHECK (issued > 0),
  remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND issued),
  earned_day INTEGER NOT NULL,
  expires_day INTEGER,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_customer ON lot (customer) WHERE remaining > 0;
CREATE INDEX lot_expiry ON lot (expires_day) WHERE remaining > 0 AND expires_day IS NOT NULL;

-- What a purchase without lots in its fact earned is one lot that never expires; what returns took before
-- came out of the oldest.
INSERT INTO lot (fact, n, store, customer, issued, remaining, earned_day, expires_day)
  SELECT e.fact, 0, e.store, e.owner, e.hundredths,
    max(0, min(e.hundredths, e.so_far - (e.ever - coalesce(a.hundredths, 0)))),
    (SELECT day FROM purchase WHERE id = e.fact), NULL
  FROM (SELECT fact, store, owner, hundredths,
          sum(hundredths) OVER (PARTITION BY owner ORDER BY fact) AS so_far,
          sum(hundredths) OVER (PARTITION BY owner) AS ever
        FROM old_posting WHERE kind = 1 AND hundredths > 0) e
  LEFT JOIN old_account a ON a.kind = 1 AND a.owner = e.owner;
INSERT INTO posting (fact, n, store, unit, kind, owner, amount, lot_fact, lot_n)
  SELECT fact, n, store, 'points', kind, owner, hundredths,
    CASE WHEN kind = 1 AND hundredths > 0 THEN fact END,
    CASE WHEN kind = 1 AND hundredths > 0 THEN 0 END
  FROM old_posting;
INSERT INTO account (unit, kind, owner, amount)
  SELECT 'points', kind, owner, hundredths FROM old_account;
DROP TABLE old_posting;
DROP TABLE old_account;

-- What is known of a member's habits. `tier` as of the last fact that named it.
CREATE TABLE member_standing (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16),
  visits INTEGER NOT NULL,
  active_day INTEGER,  -- last earning or spending
  earned_day INTEGER,  -- the newest day with points
  earned_then INTEGER NOT NULL,  -- on that day
  tier TEXT NOT NULL,
  tier_since_day INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO member_standing (customer, visits, active_day, earned_day, earned_then, tier)
  SELECT p.customer, count(*), max(p.day), max(p.day),
    (SELECT coalesce(sum(t.points_hundredths), 0) FROM purchase t
     WHERE t.customer = p.customer AND t.day = (SELECT max(day) FROM purchase m WHERE m.customer = p.customer)),
    ''
  FROM purchase p WHERE p.customer IS NOT NULL GROUP BY p.customer;

-- How often a rule, a reward or a code ("code:SUMMER") was used; owner: a customer, or empty for all.
CREATE TABLE rule_use (
  store TEXT NOT NULL,
  owner BLOB NOT NULL,
  name TEXT NOT NULL,
  times INTEGER NOT NULL,
  hundredths INTEGER NOT NULL,
  day INTEGER NOT NULL,         -- the newest
  day_hundredths INTEGER NOT NULL,  -- given on that day
  PRIMARY KEY (store, owner, name)
) STRICT, WITHOUT ROWID;

-- What loyalty did at a purchase or an event, as its fact says it.
CREATE TABLE outcome_of (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  debt_settled INTEGER NOT NULL,
  to_wallet_minor INTEGER NOT NULL,
  tier_before TEXT NOT NULL,
  tier_after TEXT NOT NULL,
  tier_since_day INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_rule (
  fact BLOB NOT NULL REFERENCES outcome_of (fact),
  n INTEGER NOT NULL,
  rule TEXT NOT NULL,
  hundredths INTEGER NOT NULL,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_reward (
  fact BLOB NOT NULL REFERENCES outcome_of (fact),
  n INTEGER NOT NULL,
  reward TEXT NOT NULL,
  coupon TEXT NOT NULL,
  steps INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  value_minor INTEGER NOT NULL,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_voucher (
  fact BLOB NOT NULL,
  n INTEGER NOT NULL,
  m INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (fact, n, m),
  FOREIGN KEY (fact, n) REFERENCES outcome_reward (fact, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_line (
  fact BLOB NOT NULL REFERENCES outcome_of (fact),
  line INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  earned INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  PRIMARY KEY (fact, line)
) STRICT, WITHOUT ROWID;
-- The lots it named: what was there of them is in `posting`.
CREATE TABLE outcome_lot (
  fact BLOB NOT NULL REFERENCES outcome_of (fact),
  n INTEGER NOT NULL,
  lot_fact BLOB NOT NULL CHECK (length(lot_fact) = 16),
  lot_n INTEGER NOT NULL,
  hundredths INTEGER NOT NULL,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE loyalty_event (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  store TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  day INTEGER NOT NULL,
  staff TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  currency TEXT NOT NULL,
  programme INTEGER NOT NULL,
  event TEXT NOT NULL,
  points_hundredths INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX loyalty_event_customer ON loyalty_event (customer, at_ms);

CREATE TABLE expiry_run (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  store TEXT NOT NULL,
  as_of_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gift_card (
  card TEXT NOT NULL PRIMARY KEY,
  store TEXT NOT NULL,
  fact BLOB NOT NULL CHECK (length(fact) = 16),  -- that first named it
  currency TEXT NOT NULL,
  sold_day INTEGER,
  expires_day INTEGER,
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  changed_fact BLOB CHECK (length(changed_fact) = 16),
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a line of a purchase paid in. kind: 0 gift card, 1 wallet.
CREATE TABLE value_load (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  line INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  card TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  expires_day INTEGER,
  PRIMARY KEY (fact, line)
) STRICT, WITHOUT ROWID;

-- A member's spend within a window is net of what came back.
CREATE INDEX goods_return_member ON goods_return (customer, at_ms) WHERE customer IS NOT NULL;
