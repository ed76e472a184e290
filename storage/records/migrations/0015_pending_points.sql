-- Points that can be spent only from a day on; NULL, as in all that was applied before: at once.
ALTER TABLE lot ADD COLUMN spendable_day INTEGER;
