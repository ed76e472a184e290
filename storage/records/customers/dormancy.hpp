#pragma once
// Dormant customers of a till's store (storage/domain/customer/dormancy.hpp). What is sealed of them and
// what accounts and figures need stays under their reference; what was opened goes, and their key is
// dropped by whoever commits (Book). So the records are the same whether they were opened before or
// never could be, and a rebuild without the key comes to the same.

#include <span>
#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct DormancyChange;
}

namespace keepsake::records {

/// Somebody who is not known here, or erased, is left alone.
Result<Done> apply(Applying& applying, const DormancyChange& change);

/// By reference, those after `after`.
std::vector<CustomerRef> dormant_customers(Database& database, const CustomerRef& after,
                                           std::size_t limit);

/// Everything that was opened of these people goes, as if nobody had had their keys: for rows that are
/// kept beside the records, to which their dormancy comes later. Inside the caller's transaction;
/// throws DatabaseError.
void close_profiles(Database& database, std::span<const CustomerRef> customers);

}  // namespace keepsake::records
