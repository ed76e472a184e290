-- Money paid in to gift cards and wallets is owed, not sold: it is no spend, no visit and no sale.
--   goods, loads  lines that sell something, and lines that pay in
--   load_minor    what the lines that pay in cost
--   spend_minor   what was paid in money for the others: discounts and points taken off
-- In goods_return `load_minor` is what came back for lines that had paid in.
ALTER TABLE purchase ADD COLUMN goods INTEGER NOT NULL DEFAULT 0;
ALTER TABLE purchase ADD COLUMN loads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE purchase ADD COLUMN load_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE purchase ADD COLUMN spend_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE goods_return ADD COLUMN load_minor INTEGER NOT NULL DEFAULT 0;

UPDATE purchase SET
  goods = (SELECT count(*) FROM purchase_line l WHERE l.purchase = purchase.id),
  spend_minor = total_minor - coalesce(
    (SELECT sum(t.amount_minor) FROM tender t WHERE t.fact = purchase.id AND t.kind = 3), 0);
-- What points paid of a load is in its stake; without an outcome nothing was paid with points.
UPDATE purchase SET
  loads = (SELECT count(*) FROM value_load v WHERE v.fact = purchase.id),
  goods = goods - (SELECT count(*) FROM value_load v WHERE v.fact = purchase.id),
  load_minor = (SELECT sum(l.amount_minor) FROM value_load v
    JOIN purchase_line l ON l.purchase = v.fact AND l.line = v.line WHERE v.fact = purchase.id),
  spend_minor = spend_minor - (SELECT sum(coalesce(o.net_minor, l.amount_minor)) FROM value_load v
    JOIN purchase_line l ON l.purchase = v.fact AND l.line = v.line
    LEFT JOIN outcome_line o ON o.fact = v.fact AND o.line = v.line WHERE v.fact = purchase.id)
  WHERE id IN (SELECT fact FROM value_load);
UPDATE goods_return SET load_minor =
    (SELECT coalesce(sum(b.amount_minor), 0) FROM goods_return_line b
     JOIN value_load v ON v.fact = b.purchase AND v.line = b.purchase_line
     WHERE b.goods_return = goods_return.id)
  WHERE id IN (SELECT b.goods_return FROM value_load v
    JOIN goods_return_line b ON b.purchase = v.fact AND b.purchase_line = v.line);

-- A purchase of nothing but loads was counted as a visit, unless it had come back whole.
UPDATE member_standing SET visits = visits - (SELECT count(*) FROM purchase p
    WHERE p.customer = member_standing.customer AND p.goods = 0 AND p.returned_by IS NULL)
  WHERE customer IN (SELECT customer FROM purchase WHERE goods = 0 AND customer IS NOT NULL);
