-- A word about a wallet is said of everybody whom its customer is at that moment, so that it stays with each of them
-- when a merge is undone. Until now it stood with the one that was kept alone.

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

WITH RECURSIVE said_of(fact, ref) AS (
  SELECT fact, customer FROM wallet_change
  UNION SELECT s.fact, m.merged FROM said_of s JOIN customer_merge m ON m.kept = s.ref
    WHERE m.fact < s.fact AND (m.undone_by IS NULL OR m.undone_by > s.fact))
INSERT INTO wallet_word (customer, fact, blocked, reason, staff, at_ms, offset_minutes)
  SELECT s.ref, w.fact, w.blocked, w.reason, w.staff, w.at_ms, w.offset_minutes
  FROM said_of s JOIN wallet_change w ON w.fact = s.fact;
DROP TABLE wallet_change;
