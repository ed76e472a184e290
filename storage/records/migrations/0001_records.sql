-- Records: what screens and reports read, derived from facts alone (I11). The same at a terminal, where
-- `store` is '', and at the centre. Ids are the 16 bytes of a fact id or a customer's reference, money is
-- minor units, points are hundredths, days count from 1970-01-01, times are UTC milliseconds.

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
  cover_months INTEGER NOT NULL,
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

-- Personal values are here because screens search them; in facts they are sealed. NULL: sealed or erased.
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
  email_hash BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX customer_origin ON customer (store, origin) WHERE origin IS NOT NULL;
CREATE UNIQUE INDEX customer_card ON customer (card) WHERE card IS NOT NULL;
CREATE INDEX customer_phone ON customer (phone_hash) WHERE phone_hash IS NOT NULL;
CREATE INDEX customer_store ON customer (store);

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
  PRIMARY KEY (customer, fact, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
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
  counted_minor INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_open ON shift (store) WHERE closed_fact IS NULL;

CREATE TABLE purchase (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
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
  points_hundredths INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX purchase_origin ON purchase (store, origin) WHERE origin IS NOT NULL;
CREATE INDEX purchase_customer ON purchase (customer, at_ms) WHERE customer IS NOT NULL;

CREATE TABLE purchase_line (
  purchase BLOB NOT NULL REFERENCES purchase (id),
  line INTEGER NOT NULL,
  article TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_milli INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  tax_basis_points INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  PRIMARY KEY (purchase, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE purchase_discount (
  purchase BLOB NOT NULL,
  line INTEGER NOT NULL,
  n INTEGER NOT NULL,
  reason TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (purchase, line, n),
  FOREIGN KEY (purchase, line) REFERENCES purchase_line (purchase, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE goods_return (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
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
  points_hundredths INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX goods_return_origin ON goods_return (store, origin) WHERE origin IS NOT NULL;

-- `purchase` may be of another store that this database has not heard of yet: no foreign key.
CREATE TABLE goods_return_line (
  goods_return BLOB NOT NULL REFERENCES goods_return (id),
  line INTEGER NOT NULL,
  article TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  amount_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  purchase BLOB CHECK (length(purchase) = 16),
  purchase_line INTEGER,
  PRIMARY KEY (goods_return, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX goods_return_line_purchase ON goods_return_line (purchase, purchase_line)
  WHERE purchase IS NOT NULL;

-- Tenders of purchases and of returns; `fact` says which.
CREATE TABLE tender (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  tendered_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;

-- An item under the maker's cover. `line` is the purchase's line, or -1 for a registration by itself.
CREATE TABLE warranty (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  line INTEGER NOT NULL,
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
  PRIMARY KEY (fact, line)
) STRICT, WITHOUT ROWID;
-- The first registration of an item stands.
CREATE UNIQUE INDEX warranty_item ON warranty (maker, serial) WHERE disputed = 0 AND voided_by IS NULL;
CREATE INDEX warranty_customer ON warranty (customer, end_day) WHERE customer IS NOT NULL;

-- Points, double entry (I3). kind: 1 a customer (owner: reference), 2 issued by the programme,
-- 3 the programme's losses (owner of both: empty). Issued and losses run below zero by their nature.
CREATE TABLE posting (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
  owner BLOB NOT NULL,
  hundredths INTEGER NOT NULL,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
  kind INTEGER NOT NULL,
  owner BLOB NOT NULL,
  hundredths INTEGER NOT NULL CHECK (kind <> 1 OR hundredths >= 0),
  PRIMARY KEY (kind, owner)
) STRICT, WITHOUT ROWID;

-- Facts that made no sense beside those before them, for a person to settle.
CREATE TABLE exception (
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  n INTEGER NOT NULL,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (fact, n)
) STRICT, WITHOUT ROWID;
