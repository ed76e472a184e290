-- Codes of rewards that came from a file, each good once. `key`: as the till compares codes, without
-- capitals and blanks. Handed out in the order of (added_by, n). `used_by`: the purchase or event that
-- took it.
CREATE TABLE reward_code (
  store TEXT NOT NULL,
  reward TEXT NOT NULL,
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  added_by BLOB NOT NULL CHECK (length(added_by) = 16),
  n INTEGER NOT NULL,
  used_by BLOB CHECK (length(used_by) = 16),
  PRIMARY KEY (store, reward, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_code_shown ON reward_code (store, key);
CREATE INDEX reward_code_next ON reward_code (store, reward, added_by, n) WHERE used_by IS NULL;
CREATE INDEX reward_code_taken ON reward_code (used_by) WHERE used_by IS NOT NULL;

-- Levels that managers gave; the newest of a reference counts. '' ends what was given before.
CREATE TABLE level_grant (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  level TEXT NOT NULL,
  until_day INTEGER,
  reason TEXT NOT NULL,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX level_grant_customer ON level_grant (customer, fact);
