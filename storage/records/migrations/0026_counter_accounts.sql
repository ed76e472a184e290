-- The programme's side of a balance belongs to the owner of that balance: until now all customers and cards had one
-- row of each kind together. What goes from one owner to another passes through `moved` of both:
--   points  7 moved        money  17 moved
-- so that what a fact posts is zero for each owner in each unit.

ALTER TABLE posting RENAME TO old_posting;
DROP INDEX posting_lot;
DROP INDEX posting_value;
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

-- Whom merges have made of whom by now.
CREATE TABLE merged_into AS
  WITH RECURSIVE into_whom (merged, kept) AS (
    SELECT merged, kept FROM customer_merge WHERE undone_by IS NULL
    UNION SELECT i.merged, m.kept FROM into_whom i JOIN customer_merge m ON m.merged = i.kept AND m.undone_by IS NULL)
  SELECT merged, kept FROM into_whom i
  WHERE NOT EXISTS (SELECT 1 FROM customer_merge m WHERE m.merged = i.kept AND m.undone_by IS NULL);
CREATE INDEX merged_into_whom ON merged_into (merged);

-- Points: of a run of expiry, whose lot it was; else a fact has one customer, whom the lots that it issued tell, or
-- what it did to a debt, or what it took of any lots, or what it lacked. Of facts that only took lots by name: whose
-- these are, where that is the person whom the fact names; else whom it names, as far as they were merged by then.
INSERT INTO posting (fact, n, store, unit, kind, owner, amount, lot_fact, lot_n)
  SELECT w.fact, w.n, w.store, w.unit, w.kind,
    CASE WHEN w.kind IN (1, 6) THEN w.owner
      WHEN w.kind = 5 AND w.lot_fact IS NOT NULL THEN coalesce(w.of_lot, w.of_fact, w.owner)
      ELSE coalesce(w.of_fact,
        (SELECT s.owner FROM shortfall s WHERE s.fact = w.fact AND s.kind = 1 ORDER BY s.n LIMIT 1),
        (SELECT w.of_any FROM (SELECT id, customer FROM purchase UNION ALL
           SELECT id, customer FROM goods_return UNION ALL SELECT id, customer FROM loyalty_event) f
         WHERE f.id = w.fact AND w.of_any = w.of_all
           AND coalesce((SELECT kept FROM merged_into WHERE merged = f.customer), f.customer)
             = coalesce((SELECT kept FROM merged_into WHERE merged = w.of_any), w.of_any)),
        (WITH RECURSIVE person (ref, depth) AS (
           SELECT f.customer, 0 FROM (SELECT id, customer FROM purchase UNION ALL
             SELECT id, customer FROM goods_return UNION ALL SELECT id, customer FROM loyalty_event) f
           WHERE f.id = w.fact AND f.customer IS NOT NULL
           UNION ALL
           SELECT m.kept, p.depth + 1 FROM person p JOIN customer_merge m ON m.merged = p.ref
           WHERE m.fact < w.fact AND (m.undone_by IS NULL OR m.undone_by > w.fact) AND p.depth < 1000)
         SELECT ref FROM person ORDER BY depth DESC LIMIT 1),
        w.of_any, w.owner) END,
    w.amount, w.lot_fact, w.lot_n
  FROM (SELECT o.*,
      max(CASE WHEN kind = 1 THEN owner END) OVER (PARTITION BY fact, lot_fact, lot_n) AS of_lot,
      coalesce(max(CASE WHEN kind = 1 AND amount > 0 AND lot_fact = fact THEN owner END) OVER facts,
        max(CASE WHEN kind = 6 THEN owner END) OVER facts,
        max(CASE WHEN kind = 1 AND lot_fact IS NULL THEN owner END) OVER facts) AS of_fact,
      max(CASE WHEN kind = 1 THEN owner END) OVER facts AS of_any,
      min(CASE WHEN kind = 1 THEN owner END) OVER facts AS of_all
    FROM old_posting o WHERE unit = 'points' WINDOW facts AS (PARTITION BY fact)) w;
DROP TABLE merged_into;

-- Money: a fact's postings come in parts that are zero, each about one card or wallet. A part that took nothing,
-- because nothing was there, tells whose it was in what it lacked, or in the fact's own tenders.
INSERT INTO posting (fact, n, store, unit, kind, owner, amount, lot_fact, lot_n)
  SELECT w.fact, w.n, w.store, w.unit, w.kind,
    CASE WHEN w.kind IN (6, 11, 12) THEN w.owner
      ELSE coalesce(w.of_part,
        (SELECT s.owner FROM shortfall s WHERE s.fact = w.fact AND s.unit = w.unit AND s.kind IN (11, 12)
           AND s.amount = abs(w.amount) AND w.lack = (SELECT count(*) FROM shortfall e
             WHERE e.fact = s.fact AND e.kind IN (11, 12) AND e.n <= s.n)),
        (SELECT CAST(t.reference AS BLOB) FROM tender t WHERE t.fact = w.fact AND t.kind = 5
           AND abs(t.amount_minor) = abs(w.amount) ORDER BY t.n LIMIT 1),
        (WITH RECURSIVE person (ref, depth) AS (
           SELECT f.customer, 0 FROM (SELECT id, customer FROM purchase UNION ALL
             SELECT id, customer FROM goods_return UNION ALL SELECT id, customer FROM loyalty_event) f
           WHERE f.id = w.fact AND f.customer IS NOT NULL
           UNION ALL
           SELECT m.kept, p.depth + 1 FROM person p JOIN customer_merge m ON m.merged = p.ref
           WHERE m.fact < w.fact AND (m.undone_by IS NULL OR m.undone_by > w.fact) AND p.depth < 1000)
         SELECT ref FROM person ORDER BY depth DESC LIMIT 1),
        w.owner) END,
    w.amount, w.lot_fact, w.lot_n
  FROM (SELECT g.*,
      max(CASE WHEN kind IN (6, 11, 12) THEN owner END) OVER (PARTITION BY fact, unit, part) AS of_part,
      sum(kind = 16 AND amount < 0) OVER (PARTITION BY fact ORDER BY n) AS lack
    FROM (SELECT r.*, sum(before = 0) OVER (PARTITION BY fact, unit ORDER BY n) AS part
      FROM (SELECT o.*, sum(amount) OVER (PARTITION BY fact, unit ORDER BY n) - amount AS before
        FROM old_posting o WHERE unit <> 'points') r) g) w;
DROP TABLE old_posting;

-- Of merges, their undoing, and lots that were another's.
INSERT INTO posting (fact, n, store, unit, kind, owner, amount)
  SELECT fact, newest + row_number() OVER (PARTITION BY fact ORDER BY unit, owner), store, unit,
    CASE unit WHEN 'points' THEN 7 ELSE 17 END, owner, -amount
  FROM (SELECT p.fact, p.unit, p.owner, min(p.store) AS store, sum(p.amount) AS amount,
      (SELECT max(n) FROM posting m WHERE m.fact = p.fact) AS newest
    FROM posting p GROUP BY p.fact, p.unit, p.owner HAVING sum(p.amount) <> 0);

CREATE INDEX posting_lot ON posting (lot_fact, lot_n) WHERE lot_fact IS NOT NULL;
CREATE INDEX posting_value ON posting (owner, kind, unit, fact, n) WHERE kind IN (11, 12);

DELETE FROM account WHERE kind NOT IN (1, 6, 11, 12);
INSERT INTO account (unit, kind, owner, amount)
  SELECT unit, kind, owner, sum(amount)
  FROM (SELECT unit, kind, owner, sum(amount) AS amount FROM posting WHERE kind NOT IN (1, 6, 11, 12)
    GROUP BY fact, unit, kind, owner HAVING sum(amount) <> 0)
  GROUP BY unit, kind, owner;
