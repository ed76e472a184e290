-- Which terminals are shut out, and who did what to whom. revoked: that epoch and every one before it is shut out; a
-- code lets the terminal in again under the next. 0: none.
ALTER TABLE central_terminal ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;

-- Rows are never removed. what: "enrolled", "revoked", "readmitted" (enrolled after it had been revoked).
CREATE TABLE central_terminal_trail (
  n INTEGER NOT NULL PRIMARY KEY,
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX central_terminal_trail_terminal ON central_terminal_trail (terminal, n);

-- Who made a code: who uses it is let in by them.
ALTER TABLE central_code ADD COLUMN made_by TEXT NOT NULL DEFAULT '';

-- Every certificate that was given out: an epoch may have had several.
CREATE TABLE central_certificate (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  epoch INTEGER NOT NULL,
  issued_ms INTEGER NOT NULL,
  ends_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO central_certificate (sha256, terminal, epoch, issued_ms, ends_ms)
  SELECT certificate_sha256, terminal, epoch, enrolled_ms, enrolled_ms + 398 * 86400000 FROM central_epoch;
DROP TABLE central_epoch;
CREATE INDEX central_certificate_terminal ON central_certificate (terminal, epoch);
