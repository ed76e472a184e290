-- Wrong PINs by whom they were tried for and where they were typed (pin_tries.hpp): a place of entry, a
-- member of staff, a member as a hash.
ALTER TABLE pin_try RENAME TO pin_try_by_place;
CREATE TABLE pin_try (
  source TEXT NOT NULL PRIMARY KEY,
  wrong INTEGER NOT NULL,
  locks INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO pin_try (source, wrong, locks, locked_until_ms, last_ms)
  SELECT CASE place WHEN 0 THEN 'stand' ELSE 'till' END, wrong, locks, locked_until_ms, last_ms
  FROM pin_try_by_place;
DROP TABLE pin_try_by_place;
