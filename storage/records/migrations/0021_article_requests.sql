-- What a store asked of its catalogue, one row for each request; n: the order in which they were taken. A price that was
-- asked for is in the article at once; former_milli is what a refusal puts back, NULL where the article is new.
-- state: 0 waiting, 1 accepted, 2 refused, 3 overtaken by another word about the article, 4 nobody was asked.
CREATE TABLE article_request (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  n INTEGER NOT NULL UNIQUE,
  store TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  price_milli INTEGER NOT NULL,
  former_milli INTEGER,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  reason TEXT NOT NULL DEFAULT '',
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX article_request_code ON article_request (store, code, n);
CREATE INDEX article_request_state ON article_request (store, state, n);

-- What the managers of a store may change of the catalogue by themselves, where head office has said it.
CREATE TABLE article_permission (
  store TEXT NOT NULL,
  matter INTEGER NOT NULL CHECK (matter IN (0, 1)),  -- 0 prices, 1 new articles
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  PRIMARY KEY (store, matter)
) STRICT, WITHOUT ROWID;
