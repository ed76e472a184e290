-- Further barcodes of the same goods: in the article, a line each, and as an index of its own.
ALTER TABLE article ADD COLUMN more_gtins TEXT NOT NULL DEFAULT '';
CREATE TABLE article_more_gtin (
  store TEXT NOT NULL,
  gtin TEXT NOT NULL CHECK (length(gtin) = 14),
  code TEXT NOT NULL,
  PRIMARY KEY (store, gtin, code),
  FOREIGN KEY (store, code) REFERENCES article (store, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_more_gtin_code ON article_more_gtin (store, code);
