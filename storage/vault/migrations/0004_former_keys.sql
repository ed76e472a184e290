-- Keys that this folder had before it took new ones, because another folder had the same (Vault::take_new_keys). The
-- highest n is the last.
CREATE TABLE former_key (
  n INTEGER NOT NULL PRIMARY KEY,
  sign_public BLOB NOT NULL,
  sign_secret BLOB NOT NULL,
  box_public BLOB NOT NULL,
  box_secret BLOB NOT NULL
) STRICT;
