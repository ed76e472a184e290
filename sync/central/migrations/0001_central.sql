-- What only the centre has, beside the records (storage/records/migrations). Times are UTC
-- milliseconds. Everything here begins with `central_`, so that it never meets a table of the records.

CREATE TABLE central_store (
  name TEXT NOT NULL PRIMARY KEY,
  created_ms INTEGER NOT NULL,
  facts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One row per terminal, locked by each push. `lineage` is the epoch at which its present chain began: an
-- ordinary re-enrolment goes on with the chain, one after a fork begins a new one.
CREATE TABLE central_terminal (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0 AND number < 8388608),
  store TEXT NOT NULL REFERENCES central_store (name),
  sign_public BLOB NOT NULL UNIQUE CHECK (length(sign_public) = 32),
  box_public BLOB NOT NULL CHECK (length(box_public) = 32),
  device TEXT NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch > 0 AND epoch < 256),
  lineage INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  cursor_hash BLOB NOT NULL CHECK (length(cursor_hash) = 32),
  forked INTEGER NOT NULL CHECK (forked IN (0, 1)),
  last_seen_ms INTEGER NOT NULL,
  -- The last answer, as signed, and the batch that it answered.
  answered_first INTEGER,
  answered_head BLOB,
  answer BLOB,
  answer_signature BLOB
) STRICT;

-- Every certificate that was given out, so that one knows what to revoke.
CREATE TABLE central_epoch (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  enrolled_ms INTEGER NOT NULL,
  certificate_sha256 BLOB NOT NULL CHECK (length(certificate_sha256) = 32),
  PRIMARY KEY (terminal, epoch)
) STRICT, WITHOUT ROWID;

-- The facts as they came, byte for byte. state: 0 applied, 1 quarantined, 2 the same fact came before
-- (under an earlier lineage), 3 of a type that this version does not know.
CREATE TABLE central_fact (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  lineage INTEGER NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  epoch INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  type INTEGER NOT NULL,
  body BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3)),
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (terminal, lineage, seq)
) STRICT;
CREATE INDEX central_fact_id ON central_fact (id);

-- What was unusual about a fact: told to the terminal and listed for a person.
CREATE TABLE central_outcome (
  terminal INTEGER NOT NULL,
  lineage INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (terminal, lineage, seq, n)
) STRICT, WITHOUT ROWID;

-- One-time codes: SHA-256 of the secret, never the secret. A used code keeps its answer until it
-- expires, so that a terminal that lost the answer gets the same again.
CREATE TABLE central_code (
  secret_sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(secret_sha256) = 32),
  store TEXT NOT NULL REFERENCES central_store (name),
  expires_ms INTEGER NOT NULL,
  used_by BLOB CHECK (length(used_by) = 32),  -- SHA-256 of the request's public key
  answer BLOB
) STRICT, WITHOUT ROWID;
