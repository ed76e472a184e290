-- How an article's serial numbers are built (storage/domain/warranty/WARRANTY.md), and items whose serial stands otherwise on them.

ALTER TABLE article ADD COLUMN serial_rule TEXT NOT NULL DEFAULT '';
ALTER TABLE warranty ADD COLUMN unfit INTEGER NOT NULL DEFAULT 0 CHECK (unfit IN (0, 1));
