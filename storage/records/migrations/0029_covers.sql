-- Several covers of one item, each with the period it was computed from (storage/domain/warranty/WARRANTY.md); an article says
-- how long in days, weeks, months or years, how far, what, from when, and whether each piece has a serial number.

ALTER TABLE article RENAME COLUMN cover_months TO cover_count;
ALTER TABLE article ADD COLUMN cover_unit INTEGER NOT NULL DEFAULT 2 CHECK (cover_unit BETWEEN 0 AND 3);
ALTER TABLE article ADD COLUMN cover_usage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN cover_usage_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN covered TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN cover_starts INTEGER NOT NULL DEFAULT 0 CHECK (cover_starts BETWEEN 0 AND 3);
ALTER TABLE article ADD COLUMN serialised INTEGER NOT NULL DEFAULT 0 CHECK (serialised IN (0, 1));
UPDATE article SET serialised = 1 WHERE cover_count > 0;

ALTER TABLE warranty ADD COLUMN tail TEXT NOT NULL DEFAULT '';
UPDATE warranty SET tail = substr(serial, -4);
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
INSERT INTO warranty_cover
  SELECT fact, line, item, 0, start_day, end_day, 0, 2, 0, '', '' FROM warranty;

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
