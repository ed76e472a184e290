-- The customer, complete. What is personal is here because screens search and show it; it goes when the
-- customer is erased. Values that came with an enrolment are moved to where changes keep them.

ALTER TABLE customer ADD COLUMN erased_by BLOB CHECK (length(erased_by) = 16);
DROP INDEX customer_card;
DROP INDEX customer_phone;

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
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  sealed BLOB NOT NULL,
  what TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_change_customer ON customer_change (customer, at_ms);

CREATE TABLE customer_note (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  sealed BLOB NOT NULL,
  text TEXT,  -- NULL while it is sealed
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_note_customer ON customer_note (customer, at_ms);

ALTER TABLE consent ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN staff TEXT NOT NULL DEFAULT '';

UPDATE consent SET staff = (SELECT staff FROM customer WHERE ref = consent.customer);

-- Which withdrawals a grant knew of.
CREATE TABLE consent_after (
  customer BLOB NOT NULL REFERENCES customer (ref),
  fact BLOB NOT NULL CHECK (length(fact) = 16),
  withdrawal BLOB NOT NULL CHECK (length(withdrawal) = 16),
  PRIMARY KEY (customer, fact, withdrawal)
) STRICT, WITHOUT ROWID;

-- Reversible aliases: while not undone, `merged` is read as `kept`. moved_hundredths went over with it.
CREATE TABLE customer_merge (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  kept BLOB NOT NULL REFERENCES customer (ref),
  merged BLOB NOT NULL REFERENCES customer (ref),
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  moved_hundredths INTEGER NOT NULL,
  undone_by BLOB CHECK (length(undone_by) = 16),
  undone_staff TEXT,
  undone_ms INTEGER,
  undone_offset_minutes INTEGER
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

INSERT INTO customer_field (customer, field, fact, value)
  SELECT ref, 'name', fact, name FROM customer WHERE name IS NOT NULL;
INSERT INTO customer_field (customer, field, fact, value)
  SELECT ref, 'birthday', fact, date(birthday * 86400, 'unixepoch') FROM customer
  WHERE birthday IS NOT NULL;
INSERT INTO customer_field (customer, field, fact, value)
  SELECT ref, 'language', fact, language FROM customer WHERE language <> '';
INSERT INTO customer_contact (customer, fact, n, kind, value, usage, look_up)
  SELECT ref, fact, 0, 1, phone, '', phone_hash FROM customer WHERE phone IS NOT NULL;
INSERT INTO customer_contact (customer, fact, n, kind, value, usage, look_up)
  SELECT ref, fact, 1, 2, email, '', email_hash FROM customer WHERE email IS NOT NULL;
INSERT INTO customer_contact (customer, fact, n, kind, value, usage, look_up)
  SELECT ref, fact, 2, 5, address, '', NULL FROM customer WHERE address IS NOT NULL;
INSERT INTO customer_contact (customer, fact, n, kind, value, usage, look_up)
  SELECT ref, fact, 3, 3, card, '', CAST(card AS BLOB) FROM customer WHERE card IS NOT NULL;
