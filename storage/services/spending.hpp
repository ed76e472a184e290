#pragma once
// What a till that has a head office may spend: what was set aside for it, by a hold or a lease.

#include <optional>

#include "storage/domain/spending.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Book;
class Reader;

/// Names in the fact what is set aside for what it spends: holds, then the leases that end first. The
/// answer is what is not covered, and the fact is as it was then; nullopt: everything is. `now` is by a
/// clock that is believed.
Result<std::optional<Shortage>> cover(Reader& reader, Fact& fact, Instant now);

/// So much of it may be spent without asking anybody.
Result<std::int64_t> spendable_here(Reader& reader, const Resource& resource, Instant now);

}  // namespace keepsake
