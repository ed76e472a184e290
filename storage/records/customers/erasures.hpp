#pragma once
// Forgetting a person: what is personal leaves the records, sums and what the law keeps stay. The
// keys in the vault are destroyed by whoever commits (Book, the centre's ingest): they live in
// another file.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerErasure& erasure);

/// What is personal of these people goes, as if it could never be read: for rows that are kept beside the
/// records, to which their erasure comes later. Inside the caller's transaction; throws DatabaseError.
void strip(Database& database, std::span<const CustomerRef> customers);

/// Everybody erased, for destroying keys that outlived a crash.
std::vector<CustomerRef> erased_customers(Database& database);

/// Personal values of these references as their bytes stand in the file, to look for what is left.
std::vector<std::string> personal_values(Database& database, std::span<const CustomerRef> refs);

/// Without any sign of life since `before`, no purchase, return, change, note, consent or
/// registration under any reference, and with nothing on `today` for which they must stay
/// (storage/domain/customer/obligations.hpp). False of who is erased or merged into another.
bool is_idle(Database& database, const CustomerRef& kept, Instant before, Date today);
/// All of them, or of those whom `store` enrolled; oldest first.
std::vector<CustomerRef> idle_customers(Database& database, Instant before, Date today,
                                        std::size_t limit,
                                        std::optional<std::string_view> store = std::nullopt);

}  // namespace keepsake::records
