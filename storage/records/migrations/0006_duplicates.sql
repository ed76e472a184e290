-- Finding people who are here twice. Numbers that people who may be one have in common
-- (likeness_keys() of domain/duplicates.hpp), of the fields and contacts under each reference.
CREATE TABLE customer_likeness (
  key INTEGER NOT NULL,
  customer BLOB NOT NULL REFERENCES customer (ref),
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
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  one BLOB NOT NULL REFERENCES customer (ref),
  other BLOB NOT NULL REFERENCES customer (ref),
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_apart_one ON customer_apart (one);
CREATE INDEX customer_apart_other ON customer_apart (other);

-- Standing and uses are kept under the reference that each fact names, and summed when they are read, so
-- that undoing a merge is exact. Until now they were counted for the reference that was kept: those of
-- everybody who was ever merged are computed anew from their facts.
CREATE TEMP TABLE was_merged AS
  SELECT kept AS ref FROM customer_merge UNION SELECT merged FROM customer_merge;
DELETE FROM member_standing WHERE customer IN (SELECT ref FROM was_merged);
DELETE FROM rule_use WHERE owner IN (SELECT ref FROM was_merged);

CREATE TEMP TABLE had AS
  SELECT id, store, customer, day, points_hundredths, 1 AS visit FROM purchase
  WHERE customer IN (SELECT ref FROM was_merged)
  UNION ALL SELECT id, store, customer, day, points_hundredths, 0 FROM loyalty_event
  WHERE customer IN (SELECT ref FROM was_merged);
INSERT INTO member_standing (customer, visits, active_day, earned_day, earned_then, tier, tier_since_day)
  SELECT h.customer, sum(h.visit), max(h.day), max(h.day),
    (SELECT sum(t.points_hundredths) FROM had t WHERE t.customer = h.customer
      AND t.day = (SELECT max(m.day) FROM had m WHERE m.customer = h.customer)),
    coalesce((SELECT o.tier_after FROM outcome_of o JOIN had t ON t.id = o.fact
      WHERE t.customer = h.customer AND (o.tier_after <> '' OR o.tier_since_day IS NOT NULL)
      ORDER BY o.fact DESC LIMIT 1), ''),
    (SELECT o.tier_since_day FROM outcome_of o JOIN had t ON t.id = o.fact
      WHERE t.customer = h.customer AND (o.tier_after <> '' OR o.tier_since_day IS NOT NULL)
      ORDER BY o.fact DESC LIMIT 1)
  FROM had h GROUP BY h.customer;

CREATE TEMP TABLE used AS
  SELECT h.store, h.customer, h.day, r.rule AS name, 1 AS times, r.hundredths
    FROM had h JOIN outcome_rule r ON r.fact = h.id
  UNION ALL SELECT h.store, h.customer, h.day, w.reward, w.steps, w.cost
    FROM had h JOIN outcome_reward w ON w.fact = h.id
  UNION ALL SELECT h.store, h.customer, h.day, 'code:' || w.coupon, 1, 0
    FROM had h JOIN outcome_reward w ON w.fact = h.id WHERE w.coupon <> ''
  UNION ALL SELECT h.store, h.customer, h.day, 'code:' || v.code, 1, 0
    FROM had h JOIN outcome_voucher v ON v.fact = h.id;
INSERT INTO rule_use (store, owner, name, times, hundredths, day, day_hundredths)
  SELECT u.store, u.customer, u.name, sum(u.times), sum(u.hundredths), max(u.day),
    (SELECT sum(t.hundredths) FROM used t WHERE t.store = u.store AND t.customer = u.customer
      AND t.name = u.name AND t.day = (SELECT max(m.day) FROM used m
        WHERE m.store = u.store AND m.customer = u.customer AND m.name = u.name))
  FROM used u GROUP BY u.store, u.customer, u.name;
DROP TABLE used;
DROP TABLE had;
DROP TABLE was_merged;
