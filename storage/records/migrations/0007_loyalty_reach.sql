-- What lets loyalty reach every sale: labels of articles, causes of events, cash paid out for points, and
-- purchases that came back whole.

ALTER TABLE article ADD COLUMN labels TEXT NOT NULL DEFAULT '';  -- one a line

-- `about`: whose doing the event was; a person causes one thing once. '' and NULL: nothing is counted.
ALTER TABLE loyalty_event ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE loyalty_event ADD COLUMN about BLOB CHECK (length(about) = 16);
ALTER TABLE loyalty_event ADD COLUMN shift TEXT NOT NULL DEFAULT '';
CREATE INDEX loyalty_event_cause ON loyalty_event (about, cause) WHERE cause <> '';

ALTER TABLE outcome_of ADD COLUMN paid_out_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shift ADD COLUMN cash_paid_out_minor INTEGER NOT NULL DEFAULT 0;

-- The return that brought the last of it back. Such a purchase is no visit.
ALTER TABLE purchase ADD COLUMN returned_by BLOB CHECK (length(returned_by) = 16);
UPDATE purchase SET returned_by =
    (SELECT max(b.goods_return) FROM goods_return_line b WHERE b.purchase = purchase.id)
  WHERE NOT EXISTS (SELECT 1 FROM purchase_line l WHERE l.purchase = purchase.id AND l.quantity >
    (SELECT coalesce(sum(b.quantity), 0) FROM goods_return_line b
     WHERE b.purchase = l.purchase AND b.purchase_line = l.line));
UPDATE member_standing SET
  visits = visits - (SELECT count(*) FROM purchase p
    WHERE p.customer = member_standing.customer AND p.returned_by IS NOT NULL),
  earned_then = earned_then - (SELECT coalesce(sum(p.points_hundredths), 0) FROM purchase p
    WHERE p.customer = member_standing.customer AND p.returned_by IS NOT NULL
      AND p.day = member_standing.earned_day);
