-- What else the labels of goods say, and is no GTIN: in the article, a line each, and as an index of
-- its own. `key`: as codes are compared, without capitals and blanks.
ALTER TABLE article ADD COLUMN more_codes TEXT NOT NULL DEFAULT '';
CREATE TABLE article_more_code (
  store TEXT NOT NULL,
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (store, key, code),
  FOREIGN KEY (store, code) REFERENCES article (store, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_more_code_code ON article_more_code (store, code);

-- When a member who left gave up what the run took; none: it was past its last day.
ALTER TABLE expiry_run ADD COLUMN given_up_ms INTEGER;
ALTER TABLE expiry_run ADD COLUMN given_up_offset_minutes INTEGER;
