-- Which customers a store's tills know (known_customers.hpp): those whom a fact of the store names, and those who were
-- looked up there. seen_ms: when the store last had to do with them.
CREATE TABLE central_known (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  store TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (customer, store)
) STRICT, WITHOUT ROWID;

-- Whom each counted fact is about, by its place in the order of the store that took it.
CREATE TABLE central_about (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  position INTEGER NOT NULL,
  PRIMARY KEY (customer, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX central_about_position ON central_about (position);

-- A place in another store's order than the one that took the fact. origin: that store; '': it is this one. customer: of a fact about many people, for whose
-- sake it came, so that it says nothing of the others; x'': as it is.
ALTER TABLE central_feed ADD COLUMN customer BLOB NOT NULL DEFAULT x'' CHECK (length(customer) IN (0, 16));
ALTER TABLE central_feed ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX central_feed_fact ON central_feed (terminal, lineage, seq);

-- Who was looked up by which terminal; rows are never removed. kind: 1 phone, 2 e-mail, 3 card; what was asked for is
-- not kept. customer: who was found; NULL: nobody.
CREATE TABLE central_look_up (
  n INTEGER NOT NULL PRIMARY KEY,
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  kind INTEGER NOT NULL,
  customer BLOB CHECK (length(customer) = 16),
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX central_look_up_terminal ON central_look_up (terminal, at_ms);

-- Up to where the order has been looked through; facts from before this was kept are, at the next start.
CREATE TABLE central_looked_through (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  position INTEGER NOT NULL
) STRICT;

-- The last instant at which this machine's clock was believed (storage/domain/values/trusted_time.hpp).
CREATE TABLE central_clock (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  believed_ms INTEGER NOT NULL
) STRICT;
