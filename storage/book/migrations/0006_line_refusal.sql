-- Why head office does not take what this terminal sends, until it does again: so that it is known after a restart and
-- to other programs (`keepsake sync status`). No personal data.
CREATE TABLE line_refusal (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  kind INTEGER NOT NULL,
  code TEXT NOT NULL,
  what TEXT NOT NULL,
  place TEXT NOT NULL,
  remedy TEXT NOT NULL,
  since_ms INTEGER NOT NULL
) STRICT;
