-- Customers who are dormant at a store (known_customers.hpp): it knew them, and its tills keep nothing personal of them
-- until something of theirs happens there. Such a store is not in central_known for them.
CREATE TABLE central_dormant (
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  store TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  PRIMARY KEY (customer, store)
) STRICT, WITHOUT ROWID;

-- Who is to be looked at, those seen longest ago first.
CREATE INDEX central_known_store ON central_known (store, seen_ms, customer);
