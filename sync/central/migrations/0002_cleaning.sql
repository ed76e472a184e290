-- Erased customers whose last traces in the files are still to be removed. Named as at a terminal, because the
-- same code cleans up at both (storage/book/forget.hpp).
CREATE TABLE cleaning (
  customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16)
) STRICT, WITHOUT ROWID;
