#pragma once
// Erasures at the centre: whose may be taken, and what is done when one is applied. Functions run inside
// the caller's transaction and throw DatabaseError.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {
class Database;
struct CustomerErasure;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Why a terminal of this store may not have these customers erased: Failure::refused
/// "erasure.stranger" where the store does not know one of them.
std::optional<Error> refusal_of(Database& database, const CustomerErasure& erasure,
                                std::string_view store);

/// What head office knows to stand against it and the terminal did not say, in plain words; empty:
/// nothing. After it was applied.
std::string unsaid(Database& database, const CustomerErasure& erasure, Date today);

/// Who is erased by a fact and what must not be found of them any more: before it is applied, as
/// nothing can be read afterwards.
struct ErasedPeople {
  std::vector<CustomerRef> customers;
  std::vector<std::string> values;
};
std::optional<ErasedPeople> erased_by(Database& database, const Fact& fact);

/// Whoever is erased under one reference and lives on under another: two stores knew the person by
/// different ones, and one of them had not heard that they are one. Living ones, and where each was
/// enrolled.
struct LeftOver {
  CustomerRef customer;
  std::string store;
};
std::vector<LeftOver> left_over(Database& database);

}  // namespace keepsake::sync::central
