-- The store that took a fact which came because of a customer of both; '': this one, or head office.
ALTER TABLE feed ADD COLUMN store TEXT NOT NULL DEFAULT '';
ALTER TABLE feed_staged ADD COLUMN store TEXT NOT NULL DEFAULT '';
