-- Words of a name part at every blank and dash, not those of ASCII alone: whose name has other signs than
-- ASCII's is filled in anew when the book is opened (records/customers/summary.hpp).
DELETE FROM customer_search WHERE customer IN
  (SELECT ref FROM customer WHERE erased_by IS NULL AND name GLOB '*[^ -~]*');
UPDATE customer SET search = NULL WHERE erased_by IS NULL AND name GLOB '*[^ -~]*';
