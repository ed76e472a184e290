-- PINs are stretched once per try with one salt for the folder, and kept as a mark for each member of
-- staff that means nothing without pin.key. pin_hash: of a PIN that was given before, until it is used.
ALTER TABLE secret ADD COLUMN pin_salt BLOB;
ALTER TABLE staff ADD COLUMN pin_mark BLOB NOT NULL DEFAULT x'';

-- Wrong PINs by the place where they are typed (PinPlace). They survive a restart: switching the kiosk
-- off and on must not give five new tries.
CREATE TABLE pin_try (
  place INTEGER NOT NULL PRIMARY KEY,
  wrong INTEGER NOT NULL,
  locks INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL
) STRICT;
INSERT INTO pin_try (place, wrong, locks, locked_until_ms, last_ms)
  SELECT place, wrong, 0, locked_until_ms, 0 FROM pin_tries, (SELECT 0 AS place UNION SELECT 1);
DROP TABLE pin_tries;
