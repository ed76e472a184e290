#pragma once
// What a till that has a head office may spend: what was set aside for it, by a hold or a lease, and of
// its risk budget where its owner gave it one.

#include <optional>

#include "storage/domain/spending.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Book;
class Reader;

/// Head office has held what the fact spends: names it in the fact, holds first, then the leases that end
/// first. The answer is what is not covered, and the fact is as it was then; nullopt: everything is.
/// `now` is by a clock that is believed.
Result<std::optional<Shortage>> cover(Reader& reader, Fact& fact, Instant now);
/// The same where head office cannot be asked: what leases do not cover the risk budget may.
Result<std::optional<Shortage>> cover_alone(Reader& reader, Fact& fact, Instant now);

/// So much of it may be spent where head office cannot be asked.
Result<std::int64_t> spendable_alone(Reader& reader, const Resource& resource, Instant now);

}  // namespace keepsake
