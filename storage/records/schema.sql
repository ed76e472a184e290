-- The tables of the records as all of migrations/ leave them: what a new database is made of, in one go, and where to
-- read how they are now. A migration is written here, too; tests/storage/records/schema_test.cpp holds both to the
-- same.
--
-- Records are what screens and reports read, derived from facts alone (I11). The same at a terminal, where `store` is
-- '', and at the centre. Ids are the 16 bytes of a fact id or a customer's reference, money is minor units, points are
-- hundredths, days count from 1970-01-01, times are UTC milliseconds.

CREATE TABLE article (
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  gtin TEXT CHECK (length(gtin) = 14),
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  maker TEXT NOT NULL,
  price_milli INTEGER NOT NULL,
  tax_basis_points INTEGER NOT NULL,
  by_weight INTEGER NOT NULL CHECK (by_weight IN (0, 1)),
  cover_count INTEGER NOT NULL,
  labels TEXT NOT NULL DEFAULT '',  -- one a line
  more_gtins TEXT NOT NULL DEFAULT '',
  more_codes TEXT NOT NULL DEFAULT '',
  cover_unit INTEGER NOT NULL DEFAULT 2 CHECK (cover_unit BETWEEN 0 AND 3),  -- PeriodUnit
  cover_usage INTEGER NOT NULL DEFAULT 0,
  cover_usage_unit TEXT NOT NULL DEFAULT '',
  covered TEXT NOT NULL DEFAULT '',
  cover_starts INTEGER NOT NULL DEFAULT 0 CHECK (cover_starts BETWEEN 0 AND 3),  -- CoverStart
  serialised INTEGER NOT NULL DEFAULT 0 CHECK (serialised IN (0, 1)),
  serial_rule TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (store, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_gtin ON article (store, gtin) WHERE gtin IS NOT NULL;

-- Every word of name and code, folded, so that a prefix search is one range.
CREATE TABLE article_word (
  store TEXT NOT NULL,
  word TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (store, word, code),
  FOREIGN KEY (store, code) REFERENCES article (store, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_word_code ON article_word (store, code);

CREATE TABLE programme (
  store TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  per_major_hundredths INTEGER NOT NULL,
  point_value_milli INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (store, version)
) STRICT, WITHOUT ROWID;

-- Personal values are here because screens search and show them; in facts they are sealed. NULL: sealed or erased.
-- `search`: the keys of customer_search, each after a line feed; NULL in rows that are to be filled in when the book is
-- opened. `since_day`: a member since, where an import says so; NULL: since at_ms.
CREATE TABLE customer (
  ref BLOB NOT NULL PRIMARY KEY CHECK (length(ref) = 16),
  store TEXT NOT NULL,
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  origin TEXT,
  card TEXT,
  language TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  sealed_profile BLOB NOT NULL,
  name TEXT,
  phone TEXT,
  email TEXT,
  address TEXT,
  birthday INTEGER,
  phone_hash BLOB,
  email_hash BLOB,
  erased_by BLOB CHECK (length(erased_by) = 16),
  search TEXT,
  since_day INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_store ON customer (store);
CREATE INDEX customer_unsearched ON customer (ref) WHERE search IS NULL AND erased_by IS NULL;

-- Whom a store imported as what: an import twice brings nobody twice.
CREATE TABLE customer_origin (
  store TEXT NOT NULL,
  origin TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (store, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
  customer BLOB NOT NULL REFERENCES customer (ref),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  purpose INTEGER NOT NULL,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  wording TEXT NOT NULL,
  language TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  staff TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (customer, fact, n)
) STRICT, WITHOUT ROWID;

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
CREATE INDEX shift_open ON shift (store) WHERE closed_fact IS NULL;

-- Money paid in to gift cards and wallets is owed, not sold: it is no spend, no visit and no sale.
--   goods, loads  lines that sell something, and lines that pay in
--   load_minor    what the lines that pay in cost
--   spend_minor   what was paid in money for the others: discounts and points taken off
--   returned_by   the return that brought the last of it back: such a purchase is no visit
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
CREATE UNIQUE INDEX purchase_origin ON purchase (store, origin) WHERE origin IS NOT NULL;
CREATE INDEX purchase_customer ON purchase (customer, at_ms) WHERE customer IS NOT NULL;

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
  by_weight INTEGER NOT NULL DEFAULT 0 CHECK (by_weight IN (0, 1)),  -- a weighing of exactly 2.000 kg is no two pieces
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

-- `load_minor`: what came back for lines that had paid in.
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
CREATE UNIQUE INDEX goods_return_origin ON goods_return (store, origin) WHERE origin IS NOT NULL;
-- A member's spend within a window is net of what came back.
CREATE INDEX goods_return_member ON goods_return (customer, at_ms) WHERE customer IS NOT NULL;

-- `purchase` may be of another store that this database has not heard of yet: no foreign key.
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
CREATE INDEX goods_return_line_purchase ON goods_return_line (purchase, purchase_line)
  WHERE purchase IS NOT NULL;

-- Tenders of purchases and of returns; `fact` says which. `expires_day`: of money that a return gives back onto a card
-- or wallet; NULL: never.
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

-- An item under cover. `line` is the purchase's line, or -1 for a registration by itself. `item`: maker and serial in one, with
-- a line feed between them; of a thing without a serial, its receipt line (storage/records/warranty/warranties.hpp).
-- start_day and end_day span all of its covers. `tail`: the last four of the serial.
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
  voided_by BLOB CHECK (length(voided_by) = 16),  -- the return that took the item back
  tail TEXT NOT NULL DEFAULT '',
  unfit INTEGER NOT NULL DEFAULT 0 CHECK (unfit IN (0, 1)),  -- its serial breaks the article's rule
  PRIMARY KEY (fact, line, item)
) STRICT, WITHOUT ROWID;
-- The first registration of an item stands.
CREATE UNIQUE INDEX warranty_item ON warranty (item)
  WHERE disputed = 0 AND voided_by IS NULL;
CREATE INDEX warranty_customer ON warranty (customer, end_day) WHERE customer IS NOT NULL;
CREATE INDEX warranty_serial ON warranty (serial) WHERE serial <> '';
CREATE INDEX warranty_tail ON warranty (tail) WHERE tail <> '';
CREATE INDEX warranty_purchase ON warranty (purchase) WHERE purchase IS NOT NULL;
CREATE INDEX warranty_every ON warranty (item, at_ms);

CREATE TABLE warranty_cover (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  line INTEGER NOT NULL,
  item TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),  -- CoverKind
  start_day INTEGER NOT NULL,
  end_day INTEGER NOT NULL,
  period_count INTEGER NOT NULL,  -- 0: the dates were given
  period_unit INTEGER NOT NULL CHECK (period_unit BETWEEN 0 AND 3),
  usage_most INTEGER NOT NULL,  -- 0: no matter how far
  usage_unit TEXT NOT NULL,
  covered TEXT NOT NULL,
  PRIMARY KEY (fact, line, item, kind),
  FOREIGN KEY (fact, line, item) REFERENCES warranty (fact, line, item)
) STRICT, WITHOUT ROWID;

-- A cover that counts from another day than the purchase's: by which fact, and why (CoverStart).
CREATE TABLE warranty_begun (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  item TEXT NOT NULL,
  registration BLOB NOT NULL CHECK (length(registration) = 16),
  line INTEGER NOT NULL,
  event INTEGER NOT NULL CHECK (event BETWEEN 1 AND 3),
  start_day INTEGER NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX warranty_begun_item ON warranty_begun (item, at_ms);

-- Facts that made no sense beside those before them, for a person to settle.
CREATE TABLE exception (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (fact, n, store)
) STRICT, WITHOUT ROWID;

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
  PRIMARY KEY (fact, n, owner)
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

-- One row for each field ever set: the value of the latest fact. '' is a cleared field, whose fact still
-- decides against earlier ones that come later.
CREATE TABLE customer_field (
  customer BLOB NOT NULL REFERENCES customer (ref),
  field TEXT NOT NULL,
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  value TEXT NOT NULL,
  PRIMARY KEY (customer, field)
) STRICT, WITHOUT ROWID;

-- Additions that nobody took away. kind: ContactKind. look_up: keyed hash of phone and e-mail, the bytes
-- of a card; several customers may have the same.
CREATE TABLE customer_contact (
  customer BLOB NOT NULL REFERENCES customer (ref),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  value TEXT NOT NULL,
  usage TEXT NOT NULL,
  look_up BLOB,
  PRIMARY KEY (customer, fact, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_contact_look_up ON customer_contact (kind, look_up, fact)
  WHERE look_up IS NOT NULL;

-- Additions that were taken away, so that one which arrives later stays away.
CREATE TABLE customer_contact_removed (
  customer BLOB NOT NULL REFERENCES customer (ref),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  PRIMARY KEY (customer, fact, n)
) STRICT, WITHOUT ROWID;

-- `what`: names of fields and kinds of contacts; '' while the change is sealed.
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
CREATE INDEX customer_change_customer ON customer_change (customer, at_ms);

CREATE TABLE customer_note (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  sealed BLOB NOT NULL,
  text TEXT,  -- NULL while it is sealed
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_note_customer ON customer_note (customer, at_ms);

-- Which withdrawals a grant knew of.
CREATE TABLE consent_after (
  customer BLOB NOT NULL REFERENCES customer (ref),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  withdrawal BLOB NOT NULL CHECK (length(withdrawal) = 16),
  PRIMARY KEY (customer, fact, withdrawal)
) STRICT, WITHOUT ROWID;

-- Reversible aliases: while not undone, `merged` is read as `kept`. moved_hundredths went over with it.
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
CREATE UNIQUE INDEX customer_merge_merged ON customer_merge (merged) WHERE undone_by IS NULL;
CREATE INDEX customer_merge_kept ON customer_merge (kept) WHERE undone_by IS NULL;

CREATE TABLE customer_erasure (
  customer BLOB NOT NULL PRIMARY KEY REFERENCES customer (ref),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The ledger of points and of stored value. Every posting names its fact; the postings of a fact sum to zero for each
-- owner in each unit. Accounts by `kind`:
--   points  1 a customer's   2 issued   3 lost by the programme   4 redeemed   5 expired   6 a customer's debt   7 moved
--   money  11 a wallet      12 a gift card      13 paid in      14 spent      15 expired      16 lost      17 moved
-- Owner: the customer's reference or the card's name, also of the programme's side of the balance. What goes from one
-- owner to another is in `moved` of both. Unit: 'points' (amounts in hundredths) or a currency (minor units). The
-- programme's accounts run below zero by their nature.
CREATE TABLE posting (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 7 OR kind BETWEEN 11 AND 17),
  owner BLOB NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  lot_fact BLOB CHECK (length(lot_fact) = 16),
  lot_n INTEGER,
  PRIMARY KEY (fact, n, owner),
  CHECK ((lot_fact IS NULL) = (lot_n IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_lot ON posting (lot_fact, lot_n) WHERE lot_fact IS NOT NULL;
CREATE INDEX posting_value ON posting (owner, kind, unit, fact, n) WHERE kind IN (11, 12);

CREATE TABLE account (
  unit TEXT NOT NULL,
  kind INTEGER NOT NULL,
  owner BLOB NOT NULL,
  amount INTEGER NOT NULL
    CHECK (kind NOT IN (1, 11, 12) OR amount >= 0)
    CHECK (kind <> 6 OR amount <= 0),
  PRIMARY KEY (unit, kind, owner)
) STRICT, WITHOUT ROWID;

-- Points issued together that expire together; `expires_day` is the last day, NULL: never, or by the programme's rule
-- of inactivity. `spendable_day`: the first on which they can be spent, NULL: at once.
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
CREATE INDEX lot_customer ON lot (customer) WHERE remaining > 0;
CREATE INDEX lot_expiry ON lot (expires_day) WHERE remaining > 0 AND expires_day IS NOT NULL;

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

-- How often a rule, a reward or a code ("code:SUMMER") was used; owner: a customer, or the name of the store for all of
-- its customers. What a member has used counts wherever it was.
CREATE TABLE rule_use (
  store TEXT NOT NULL,
  owner BLOB NOT NULL,
  name TEXT NOT NULL,
  times INTEGER NOT NULL,
  hundredths INTEGER NOT NULL,
  day INTEGER NOT NULL,  -- the newest
  day_hundredths INTEGER NOT NULL,  -- given on that day
  PRIMARY KEY (owner, store, name)
) STRICT, WITHOUT ROWID;

-- What loyalty did at a purchase or an event, as its fact says it.
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

-- The lots it named: what was there of them is in `posting`.
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

-- `about`: whose doing the event was; a person causes one thing once. '' and NULL: nothing is counted. `spend_minor`:
-- what an import says was spent before, which counts towards levels and is no sale.
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
CREATE INDEX loyalty_event_customer ON loyalty_event (customer, at_ms);
CREATE INDEX loyalty_event_cause ON loyalty_event (about, cause) WHERE cause <> '';

-- `given_up_ms`: when a member who left gave up what the run took; NULL: it was past its last day.
CREATE TABLE expiry_run (
  id BLOB NOT NULL CHECK (length(id) = 16),
  store TEXT NOT NULL,
  as_of_day INTEGER NOT NULL,
  given_up_ms INTEGER,
  given_up_offset_minutes INTEGER,
  PRIMARY KEY (id, store)
) STRICT, WITHOUT ROWID;

CREATE TABLE gift_card (
  card TEXT NOT NULL PRIMARY KEY,
  store TEXT NOT NULL,
  fact BLOB NOT NULL CHECK (length(fact) = 16),  -- that first named it
  currency TEXT NOT NULL,
  sold_day INTEGER,
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  changed_fact BLOB CHECK (length(changed_fact) = 16),
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a line of a purchase paid in. kind: 0 gift card, 1 wallet.
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

-- Search as somebody types. A key is a kind's letter and what is typed from its beginning
-- (records/customers/search_keys.hpp).
CREATE TABLE customer_search (
  key TEXT NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (key, customer)
) STRICT, WITHOUT ROWID;

-- Photos, invoices and documents of customers. The content is a file of its own, encrypted
-- (storage/services/customer_files.hpp); `hash`: SHA-256 of what it decrypts to. kind: FileKind; type: FileType.
-- `name` is NULL while it is sealed. A file that was removed keeps its row for the timeline, without name.
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
CREATE INDEX customer_file_customer ON customer_file (customer, hash);

-- Finding people who are here twice. Numbers that people who may be one have in common
-- (likeness_keys() of domain/duplicates.hpp), of the fields and contacts under each reference.
CREATE TABLE customer_likeness (
  key INTEGER NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (key, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_likeness_customer ON customer_likeness (customer);

-- Which likeness_keys_version they were computed with; filled by records::migrate.
CREATE TABLE likeness_version (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
) STRICT;

-- Pairs that look alike and are two people. As written; readers resolve merges.
CREATE TABLE customer_apart (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  one BLOB NOT NULL REFERENCES customer (ref),
  other BLOB NOT NULL CHECK (length(other) = 16),
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (fact, one)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_apart_one ON customer_apart (one);
CREATE INDEX customer_apart_other ON customer_apart (other);

-- What runs of expiry took, for the story of whom it was taken from.
CREATE TABLE wallet_lapse (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (customer, fact)
) STRICT, WITHOUT ROWID;

-- Blocked or free, newest fact first of all; a wallet that nobody spoke of is free. A word is said of everybody whom
-- its customer is at that moment, so that it stays with each of them when a merge is undone.
CREATE TABLE wallet_word (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  PRIMARY KEY (customer, fact)
) STRICT, WITHOUT ROWID;

-- Money on gift cards and in wallets by the day until which it is good (storage/records/value/value_lots.hpp): what
-- can be spent follows from the day, not from whether expiry has been run. Derived from the postings, whole, whenever
-- one of them moves; kind as in `account`, n in the order in which money came.
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

-- Whose lots are still to be worked out, when the book is opened.
CREATE TABLE value_unsettled (
  kind INTEGER NOT NULL,
  owner BLOB NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (kind, owner, currency)
) STRICT, WITHOUT ROWID;

-- Further barcodes of the same goods: in the article, a line each, and as an index of its own.
CREATE TABLE article_more_gtin (
  store TEXT NOT NULL,
  gtin TEXT NOT NULL CHECK (length(gtin) = 14),
  code TEXT NOT NULL,
  PRIMARY KEY (store, gtin, code),
  FOREIGN KEY (store, code) REFERENCES article (store, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_more_gtin_code ON article_more_gtin (store, code);

-- Members' own PINs, one row for each time one was given or taken away; the latest by its fact stands.
-- sealed: a verifier under the customer's key; empty in one that does not stand, or that took it away.
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
CREATE INDEX member_pin_customer ON member_pin (customer, fact);

-- Codes of rewards that came from a file, each good once. `key`: as the till compares codes, without
-- capitals and blanks. Handed out in the order of (added_by, n). `used_by`: the purchase or event that
-- took it.
CREATE TABLE reward_code (
  store TEXT NOT NULL,
  reward TEXT NOT NULL,
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  added_by BLOB NOT NULL CHECK (length(added_by) = 16),
  n INTEGER NOT NULL,
  used_by BLOB CHECK (length(used_by) = 16),
  dealt_to INTEGER,
  PRIMARY KEY (store, reward, key)
) STRICT, WITHOUT ROWID;
-- Which till hands a code out; NULL: nobody yet, where there is a head office, and this one where there is none.
CREATE INDEX reward_code_dealt ON reward_code (store, reward, dealt_to, added_by, n) WHERE used_by IS NULL;
CREATE INDEX reward_code_shown ON reward_code (store, key);
CREATE INDEX reward_code_next ON reward_code (store, reward, added_by, n) WHERE used_by IS NULL;
CREATE INDEX reward_code_taken ON reward_code (used_by) WHERE used_by IS NOT NULL;

-- Levels that managers gave; the newest of a reference counts. '' ends what was given before.
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
CREATE INDEX level_grant_customer ON level_grant (customer, fact);

-- What else the labels of goods say, and is no GTIN: in the article, a line each, and as an index of its own. `key`: as
-- codes are compared, without capitals and blanks.
CREATE TABLE article_more_code (
  store TEXT NOT NULL,
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (store, key, code),
  FOREIGN KEY (store, code) REFERENCES article (store, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_more_code_code ON article_more_code (store, code);

-- Who works at the store's tills. Names and PINs are sealed under a key of each person, which the vault has.
CREATE TABLE staff (
  store TEXT NOT NULL,
  id TEXT NOT NULL,
  manager INTEGER NOT NULL CHECK (manager IN (0, 1)),
  key BLOB NOT NULL CHECK (length(key) = 16),
  sealed_name BLOB NOT NULL,
  sealed_pin BLOB NOT NULL,
  PRIMARY KEY (store, id)
) STRICT, WITHOUT ROWID;

-- What a store asked of its catalogue, one row for each request; n: the order in which they were taken. A price that was
-- asked for is in the article at once; former_milli is what a refusal puts back, NULL where the article is new.
-- state: 0 waiting, 1 accepted, 2 refused, 3 overtaken by another word about the article, 4 nobody was asked.
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
CREATE INDEX article_request_code ON article_request (store, code, n);
CREATE INDEX article_request_state ON article_request (store, state, n);

-- What the managers of a store may change of the catalogue by themselves, where head office has said it.
CREATE TABLE article_permission (
  store TEXT NOT NULL,
  matter INTEGER NOT NULL CHECK (matter IN (0, 1)),  -- 0 prices, 1 new articles
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  PRIMARY KEY (store, matter)
) STRICT, WITHOUT ROWID;

-- What facts spent of what head office had set aside for a terminal (storage/domain/sale/reservation.hpp).
CREATE TABLE reservation_use (
  reservation BLOB NOT NULL CHECK (length(reservation) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  store TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (reservation, fact, store)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_use_fact ON reservation_use (fact);

-- What head office says of the settings of a store's tills, as the file has it (storage/book/SETTINGS.md); the last word stands.
CREATE TABLE chain_settings (
  store TEXT NOT NULL PRIMARY KEY,
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What stays of an erased person, without a name: its reason (storage/domain/customer/obligations.hpp) and last day; NULL:
-- until it is settled. Under the reference that was kept.
CREATE TABLE customer_restriction (
  customer BLOB NOT NULL REFERENCES customer (ref),
  reason INTEGER NOT NULL CHECK (reason BETWEEN 1 AND 5),
  until_day INTEGER,
  PRIMARY KEY (customer, reason)
) STRICT, WITHOUT ROWID;

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

-- Customers whom head office has said to be dormant at this store (storage/feed/FEED.md): nothing personal of them is
-- kept, until it says that they are back. At head office nobody is.
CREATE TABLE dormant_customer (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16),
  fact BLOB NOT NULL CHECK (length(fact) = 16)
) STRICT, WITHOUT ROWID;
