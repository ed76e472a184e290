-- looks.db: who looked at whom while another process held the folder; of the form of `audit`
-- (migrations/0002_audit.sql), into which the book takes it.
CREATE TABLE audit (
  n INTEGER NOT NULL PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  staff TEXT NOT NULL,
  action INTEGER NOT NULL,
  customer BLOB NOT NULL CHECK (length(customer) = 16)
) STRICT;
CREATE INDEX audit_customer ON audit (customer, n);
