-- Photos, invoices and documents of customers. The content is a file of its own, encrypted
-- (storage/services/customer_files.hpp); `hash`: SHA-256 of what it decrypts to. kind: FileKind; type: FileType.
-- `name` is NULL while it is sealed. A file that was removed keeps its row for the timeline, without name.
CREATE TABLE customer_file (
  fact BLOB NOT NULL PRIMARY KEY CHECK (length(fact) = 16),
  customer BLOB NOT NULL REFERENCES customer (ref),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  kind INTEGER NOT NULL,
  type INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sealed_name BLOB NOT NULL,
  name TEXT,
  staff TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_minutes INTEGER NOT NULL,
  removed_by BLOB CHECK (length(removed_by) = 16),
  removed_staff TEXT,
  removed_ms INTEGER,
  removed_offset_minutes INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_file_customer ON customer_file (customer, hash);
