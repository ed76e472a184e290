-- Members' own PINs, one row for each time one was given or taken away; the latest by its fact stands.
-- sealed: a verifier under the customer's key; empty in one that does not stand, or that took it away.
CREATE TABLE member_pin (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  sealed BLOB NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX member_pin_customer ON member_pin (customer, fact);

-- What an import says of the time before: since when somebody is a member (NULL: since at_ms), and what
-- they had spent, which counts towards levels and is no sale.
ALTER TABLE customer ADD COLUMN since_day INTEGER;
ALTER TABLE loyalty_event ADD COLUMN spend_minor INTEGER NOT NULL DEFAULT 0;

-- Customers are found by the shop's own fields, too: whoever has one is filled in anew when the book is
-- opened (records/customers/summary.hpp).
DELETE FROM customer_search WHERE customer IN
  (SELECT customer FROM customer_field WHERE field GLOB 'custom.*');
UPDATE customer SET search = NULL WHERE erased_by IS NULL AND ref IN
  (SELECT customer FROM customer_field WHERE field GLOB 'custom.*');
