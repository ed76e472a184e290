-- Every key of the records holds the column that its table is spread by (storage/records/DISTRIBUTION.md): the store, the
-- customer or card, the item, or the key of a look-up. Foreign keys carry it on both sides; those that crossed from
-- one customer to another, or from a customer to a store, are gone.

ALTER TABLE shift RENAME TO old_shift;
ALTER TABLE purchase RENAME TO old_purchase;
ALTER TABLE purchase_line RENAME TO old_purchase_line;
ALTER TABLE purchase_discount RENAME TO old_purchase_discount;
ALTER TABLE goods_return RENAME TO old_goods_return;
ALTER TABLE goods_return_line RENAME TO old_goods_return_line;
ALTER TABLE tender RENAME TO old_tender;
ALTER TABLE value_load RENAME TO old_value_load;
ALTER TABLE exception RENAME TO old_exception;
ALTER TABLE shortfall RENAME TO old_shortfall;
ALTER TABLE lot RENAME TO old_lot;
ALTER TABLE warranty RENAME TO old_warranty;
ALTER TABLE customer_merge RENAME TO old_customer_merge;
ALTER TABLE customer_apart RENAME TO old_customer_apart;
ALTER TABLE customer_likeness RENAME TO old_customer_likeness;
ALTER TABLE wallet_lapse RENAME TO old_wallet_lapse;
ALTER TABLE rule_use RENAME TO old_rule_use;
ALTER TABLE outcome_of RENAME TO old_outcome_of;
ALTER TABLE outcome_rule RENAME TO old_outcome_rule;
ALTER TABLE outcome_reward RENAME TO old_outcome_reward;
ALTER TABLE outcome_voucher RENAME TO old_outcome_voucher;
ALTER TABLE outcome_line RENAME TO old_outcome_line;
ALTER TABLE outcome_lot RENAME TO old_outcome_lot;
ALTER TABLE article_request RENAME TO old_article_request;
ALTER TABLE reservation_use RENAME TO old_reservation_use;
ALTER TABLE loyalty_event RENAME TO old_loyalty_event;
ALTER TABLE expiry_run RENAME TO old_expiry_run;
ALTER TABLE customer_change RENAME TO old_customer_change;
ALTER TABLE customer_note RENAME TO old_customer_note;
ALTER TABLE customer_file RENAME TO old_customer_file;
ALTER TABLE member_pin RENAME TO old_member_pin;
ALTER TABLE level_grant RENAME TO old_level_grant;

CREATE TABLE shift (
  id BLOB NOT NULL CHECK (length(id) = 16),
  store TEXT NOT NULL,
  terminal INTEGER NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  currency TEXT NOT NULL,
  float_minor INTEGER NOT NULL,
  purchases INTEGER NOT NULL DEFAULT 0,
  cash_taken_minor INTEGER NOT NULL DEFAULT 0,
  cash_returned_minor INTEGER NOT NULL DEFAULT 0,
  closed_fact BLOB CHECK (length(closed_fact) = 16),
  closed_staff TEXT,
  closed_ms INTEGER,
  closed_offset_minutes INTEGER,
  expected_minor INTEGER,
  counted_minor INTEGER,
  cash_paid_out_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE purchase (
  id BLOB NOT NULL CHECK (length(id) = 16),
  store TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  day INTEGER NOT NULL,
  origin TEXT,
  staff TEXT NOT NULL,
  shift TEXT NOT NULL,
  customer BLOB CHECK (length(customer) = 16),
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  rounding_minor INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  first_article TEXT NOT NULL,
  programme INTEGER NOT NULL,
  points_hundredths INTEGER NOT NULL,
  returned_by BLOB CHECK (length(returned_by) = 16),
  goods INTEGER NOT NULL DEFAULT 0,
  loads INTEGER NOT NULL DEFAULT 0,
  load_minor INTEGER NOT NULL DEFAULT 0,
  spend_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE purchase_line (
  purchase BLOB NOT NULL,
  store TEXT NOT NULL,
  line INTEGER NOT NULL,
  article TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_milli INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  tax_basis_points INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  by_weight INTEGER NOT NULL DEFAULT 0 CHECK (by_weight IN (0, 1)),
  PRIMARY KEY (purchase, line, store),
  FOREIGN KEY (purchase, store) REFERENCES purchase (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE purchase_discount (
  purchase BLOB NOT NULL,
  store TEXT NOT NULL,
  line INTEGER NOT NULL,
  n INTEGER NOT NULL,
  reason TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (purchase, line, n, store),
  FOREIGN KEY (purchase, line, store) REFERENCES purchase_line (purchase, line, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE goods_return (
  id BLOB NOT NULL CHECK (length(id) = 16),
  store TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  day INTEGER NOT NULL,
  origin TEXT,
  staff TEXT NOT NULL,
  shift TEXT NOT NULL,
  customer BLOB CHECK (length(customer) = 16),
  currency TEXT NOT NULL,
  reason TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  points_hundredths INTEGER NOT NULL,
  load_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE goods_return_line (
  goods_return BLOB NOT NULL,
  store TEXT NOT NULL,
  line INTEGER NOT NULL,
  article TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  amount_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  purchase BLOB CHECK (length(purchase) = 16),
  purchase_line INTEGER,
  PRIMARY KEY (goods_return, line, store),
  FOREIGN KEY (goods_return, store) REFERENCES goods_return (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE tender (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  tendered_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  expires_day INTEGER,
  PRIMARY KEY (fact, n, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE value_load (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  line INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  card TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  expires_day INTEGER,
  PRIMARY KEY (fact, line, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE exception (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (fact, n, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE shortfall (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (1, 11, 12)),
  owner BLOB NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (fact, n, owner)
) STRICT, WITHOUT ROWID;
CREATE TABLE lot (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  issued INTEGER NOT NULL CHECK (issued > 0),
  remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND issued),
  earned_day INTEGER NOT NULL,
  expires_day INTEGER,
  spendable_day INTEGER,
  PRIMARY KEY (fact, n, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE warranty (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  line INTEGER NOT NULL,
  item TEXT NOT NULL,
  store TEXT NOT NULL,
  article TEXT NOT NULL,
  article_name TEXT NOT NULL,
  maker TEXT NOT NULL,
  serial TEXT NOT NULL,
  serial_typed TEXT NOT NULL,
  start_day INTEGER NOT NULL,
  end_day INTEGER NOT NULL,
  customer BLOB CHECK (length(customer) = 16),
  purchase BLOB CHECK (length(purchase) = 16),
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  disputed INTEGER NOT NULL CHECK (disputed IN (0, 1)),
  voided_by BLOB CHECK (length(voided_by) = 16),
  PRIMARY KEY (fact, line, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_merge (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  kept BLOB NOT NULL CHECK (length(kept) = 16),
  merged BLOB NOT NULL REFERENCES customer (ref),
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  moved_hundredths INTEGER NOT NULL,
  undone_by BLOB CHECK (length(undone_by) = 16),
  undone_staff TEXT,
  undone_ms INTEGER,
  undone_offset_minutes INTEGER,
  PRIMARY KEY (fact, merged)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_apart (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  one BLOB NOT NULL REFERENCES customer (ref),
  other BLOB NOT NULL CHECK (length(other) = 16),
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, one)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_likeness (
  key INTEGER NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (key, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE wallet_lapse (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (customer, fact)
) STRICT, WITHOUT ROWID;
CREATE TABLE rule_use (
  store TEXT NOT NULL,
  owner BLOB NOT NULL,
  name TEXT NOT NULL,
  times INTEGER NOT NULL,
  hundredths INTEGER NOT NULL,
  day INTEGER NOT NULL,
  day_hundredths INTEGER NOT NULL,
  PRIMARY KEY (owner, store, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_of (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  debt_settled INTEGER NOT NULL,
  to_wallet_minor INTEGER NOT NULL,
  tier_before TEXT NOT NULL,
  tier_after TEXT NOT NULL,
  tier_since_day INTEGER,
  paid_out_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (fact, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_rule (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  n INTEGER NOT NULL,
  rule TEXT NOT NULL,
  hundredths INTEGER NOT NULL,
  PRIMARY KEY (fact, n, store),
  FOREIGN KEY (fact, store) REFERENCES outcome_of (fact, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_reward (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  n INTEGER NOT NULL,
  reward TEXT NOT NULL,
  coupon TEXT NOT NULL,
  steps INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  value_minor INTEGER NOT NULL,
  PRIMARY KEY (fact, n, store),
  FOREIGN KEY (fact, store) REFERENCES outcome_of (fact, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_voucher (
  fact BLOB NOT NULL,
  store TEXT NOT NULL,
  n INTEGER NOT NULL,
  m INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (fact, n, m, store),
  FOREIGN KEY (fact, n, store) REFERENCES outcome_reward (fact, n, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_line (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  line INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  earned INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  PRIMARY KEY (fact, line, store),
  FOREIGN KEY (fact, store) REFERENCES outcome_of (fact, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_lot (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  n INTEGER NOT NULL,
  lot_fact BLOB NOT NULL CHECK (length(lot_fact) = 16),
  lot_n INTEGER NOT NULL,
  hundredths INTEGER NOT NULL,
  PRIMARY KEY (fact, n, store),
  FOREIGN KEY (fact, store) REFERENCES outcome_of (fact, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE article_request (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  price_milli INTEGER NOT NULL,
  former_milli INTEGER,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  reason TEXT NOT NULL DEFAULT '',
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, store),
  UNIQUE (store, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE reservation_use (
  reservation BLOB NOT NULL CHECK (length(reservation) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (reservation, fact, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE loyalty_event (
  id BLOB NOT NULL CHECK (length(id) = 16),
  store TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  day INTEGER NOT NULL,
  staff TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  currency TEXT NOT NULL,
  programme INTEGER NOT NULL,
  event TEXT NOT NULL,
  points_hundredths INTEGER NOT NULL,
  cause TEXT NOT NULL DEFAULT '',
  about BLOB CHECK (length(about) = 16),
  shift TEXT NOT NULL DEFAULT '',
  spend_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE expiry_run (
  id BLOB NOT NULL CHECK (length(id) = 16),
  store TEXT NOT NULL,
  as_of_day INTEGER NOT NULL,
  given_up_ms INTEGER,
  given_up_offset_minutes INTEGER,
  PRIMARY KEY (id, store)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_change (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  sealed BLOB NOT NULL,
  what TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_note (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  sealed BLOB NOT NULL,
  text TEXT,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_file (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  kind INTEGER NOT NULL,
  type INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sealed_name BLOB NOT NULL,
  name TEXT,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  removed_by BLOB CHECK (length(removed_by) = 16),
  removed_staff TEXT,
  removed_ms INTEGER,
  removed_offset_minutes INTEGER,
  PRIMARY KEY (fact, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE member_pin (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  sealed BLOB NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE level_grant (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  level TEXT NOT NULL,
  until_day INTEGER,
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, customer)
) STRICT, WITHOUT ROWID;

INSERT INTO shift SELECT * FROM old_shift;
INSERT INTO purchase SELECT * FROM old_purchase;
INSERT INTO goods_return SELECT * FROM old_goods_return;
INSERT INTO loyalty_event SELECT * FROM old_loyalty_event;
INSERT INTO expiry_run SELECT * FROM old_expiry_run;
INSERT INTO purchase_line (purchase, store, line, article, name, quantity, unit_price_milli, amount_minor,
    tax_basis_points, tax_minor, by_weight)
  SELECT o.purchase, p.store, o.line, o.article, o.name, o.quantity, o.unit_price_milli, o.amount_minor,
    o.tax_basis_points, o.tax_minor, o.by_weight
  FROM old_purchase_line o JOIN purchase p ON p.id = o.purchase;
INSERT INTO purchase_discount (purchase, store, line, n, reason, amount_minor)
  SELECT o.purchase, p.store, o.line, o.n, o.reason, o.amount_minor
  FROM old_purchase_discount o JOIN purchase p ON p.id = o.purchase;
INSERT INTO goods_return_line (goods_return, store, line, article, name, quantity, amount_minor, tax_minor, purchase,
    purchase_line)
  SELECT o.goods_return, r.store, o.line, o.article, o.name, o.quantity, o.amount_minor, o.tax_minor, o.purchase,
    o.purchase_line
  FROM old_goods_return_line o JOIN goods_return r ON r.id = o.goods_return;
INSERT INTO tender (fact, store, n, kind, amount_minor, tendered_minor, reference, expires_day)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM goods_return WHERE id = o.fact), ''),
    n, kind, amount_minor, tendered_minor, reference, expires_day
  FROM old_tender o;
INSERT INTO value_load (fact, store, line, kind, card, amount_minor, expires_day)
  SELECT fact, coalesce((SELECT store FROM purchase WHERE id = o.fact), ''), line, kind, card, amount_minor,
    expires_day
  FROM old_value_load o;
INSERT INTO exception SELECT * FROM old_exception;
INSERT INTO shortfall SELECT * FROM old_shortfall;
INSERT INTO lot SELECT * FROM old_lot;
INSERT INTO warranty (fact, line, item, store, article, article_name, maker, serial, serial_typed, start_day, end_day,
    customer, purchase, staff, at_ms, offset_minutes, disputed, voided_by)
  SELECT fact, line, maker || char(10) || serial, store, article, article_name, maker, serial, serial_typed,
    start_day, end_day, customer, purchase, staff, at_ms, offset_minutes, disputed, voided_by
  FROM old_warranty o;
INSERT INTO customer_merge SELECT * FROM old_customer_merge;
INSERT INTO customer_apart SELECT * FROM old_customer_apart;
INSERT INTO customer_likeness SELECT * FROM old_customer_likeness;
INSERT INTO wallet_lapse SELECT * FROM old_wallet_lapse;
INSERT INTO rule_use (store, owner, name, times, hundredths, day, day_hundredths)
  SELECT store, CASE owner WHEN x'' THEN CAST(store AS BLOB) ELSE owner END, name, times, hundredths, day,
    day_hundredths
  FROM old_rule_use o;
INSERT INTO outcome_of (fact, store, debt_settled, to_wallet_minor, tier_before, tier_after, tier_since_day,
    paid_out_minor)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    debt_settled, to_wallet_minor, tier_before, tier_after, tier_since_day, paid_out_minor
  FROM old_outcome_of o;
INSERT INTO outcome_rule (fact, store, n, rule, hundredths)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    n, rule, hundredths
  FROM old_outcome_rule o;
INSERT INTO outcome_reward (fact, store, n, reward, coupon, steps, cost, value_minor)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    n, reward, coupon, steps, cost, value_minor
  FROM old_outcome_reward o;
INSERT INTO outcome_voucher (fact, store, n, m, code)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    n, m, code
  FROM old_outcome_voucher o;
INSERT INTO outcome_line (fact, store, line, net_minor, earned, spent)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    line, net_minor, earned, spent
  FROM old_outcome_line o;
INSERT INTO outcome_lot (fact, store, n, lot_fact, lot_n, hundredths)
  SELECT fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    n, lot_fact, lot_n, hundredths
  FROM old_outcome_lot o;
INSERT INTO article_request SELECT * FROM old_article_request;
INSERT INTO reservation_use (reservation, fact, store, quantity)
  SELECT reservation, fact,
    coalesce((SELECT store FROM purchase WHERE id = o.fact),
      (SELECT store FROM loyalty_event WHERE id = o.fact), ''),
    quantity
  FROM old_reservation_use o;
INSERT INTO customer_change SELECT * FROM old_customer_change;
INSERT INTO customer_note SELECT * FROM old_customer_note;
INSERT INTO customer_file SELECT * FROM old_customer_file;
INSERT INTO member_pin SELECT * FROM old_member_pin;
INSERT INTO level_grant SELECT * FROM old_level_grant;

DROP TABLE old_purchase_discount;
DROP TABLE old_purchase_line;
DROP TABLE old_goods_return_line;
DROP TABLE old_outcome_voucher;
DROP TABLE old_outcome_rule;
DROP TABLE old_outcome_reward;
DROP TABLE old_outcome_line;
DROP TABLE old_outcome_lot;
DROP TABLE old_wallet_lapse;
DROP TABLE old_shift;
DROP TABLE old_purchase;
DROP TABLE old_goods_return;
DROP TABLE old_tender;
DROP TABLE old_value_load;
DROP TABLE old_exception;
DROP TABLE old_shortfall;
DROP TABLE old_lot;
DROP TABLE old_warranty;
DROP TABLE old_customer_merge;
DROP TABLE old_customer_apart;
DROP TABLE old_customer_likeness;
DROP TABLE old_rule_use;
DROP TABLE old_outcome_of;
DROP TABLE old_article_request;
DROP TABLE old_reservation_use;
DROP TABLE old_loyalty_event;
DROP TABLE old_expiry_run;
DROP TABLE old_customer_change;
DROP TABLE old_customer_note;
DROP TABLE old_customer_file;
DROP TABLE old_member_pin;
DROP TABLE old_level_grant;

CREATE INDEX shift_open ON shift (store) WHERE closed_fact IS NULL;
CREATE UNIQUE INDEX purchase_origin ON purchase (store, origin) WHERE origin IS NOT NULL;
CREATE INDEX purchase_customer ON purchase (customer, at_ms) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX goods_return_origin ON goods_return (store, origin) WHERE origin IS NOT NULL;
CREATE INDEX goods_return_member ON goods_return (customer, at_ms) WHERE customer IS NOT NULL;
CREATE INDEX goods_return_line_purchase ON goods_return_line (purchase, purchase_line)
  WHERE purchase IS NOT NULL;
CREATE INDEX lot_customer ON lot (customer) WHERE remaining > 0;
CREATE INDEX lot_expiry ON lot (expires_day) WHERE remaining > 0 AND expires_day IS NOT NULL;
CREATE UNIQUE INDEX warranty_item ON warranty (item)
  WHERE disputed = 0 AND voided_by IS NULL;
CREATE INDEX warranty_customer ON warranty (customer, end_day) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX customer_merge_merged ON customer_merge (merged) WHERE undone_by IS NULL;
CREATE INDEX customer_merge_kept ON customer_merge (kept) WHERE undone_by IS NULL;
CREATE INDEX customer_apart_one ON customer_apart (one);
CREATE INDEX customer_apart_other ON customer_apart (other);
CREATE INDEX customer_likeness_customer ON customer_likeness (customer);
CREATE INDEX article_request_code ON article_request (store, code, n);
CREATE INDEX article_request_state ON article_request (store, state, n);
CREATE INDEX reservation_use_fact ON reservation_use (fact);
CREATE INDEX loyalty_event_customer ON loyalty_event (customer, at_ms);
CREATE INDEX loyalty_event_cause ON loyalty_event (about, cause) WHERE cause <> '';
CREATE INDEX customer_change_customer ON customer_change (customer, at_ms);
CREATE INDEX customer_note_customer ON customer_note (customer, at_ms);
CREATE INDEX customer_file_customer ON customer_file (customer, hash);
CREATE INDEX member_pin_customer ON member_pin (customer, fact);
CREATE INDEX level_grant_customer ON level_grant (customer, fact);

DROP INDEX customer_origin;
CREATE TABLE customer_origin (
  store TEXT NOT NULL,
  origin TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (store, origin)
) STRICT, WITHOUT ROWID;
INSERT INTO customer_origin (store, origin, customer)
  SELECT store, origin, ref FROM customer WHERE origin IS NOT NULL;
