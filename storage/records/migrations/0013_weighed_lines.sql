-- Whether a line was sold by weight: a weighing of exactly 2.000 kg is no two pieces. 0 in what was applied
-- before; there a quantity that is not whole was weighed.
ALTER TABLE purchase_line ADD COLUMN by_weight INTEGER NOT NULL DEFAULT 0 CHECK (by_weight IN (0, 1));
