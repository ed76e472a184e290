#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/time.hpp"

namespace keepsake {
class Database;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Head office says a fact of its own to the tills of these stores (one at least): it comes next in
/// their orders, and is applied to no records here, which have what it says. `what`: as in
/// Publication. Inside the caller's transaction; throws DatabaseError.
void say(Database& database, const Fact& fact, std::string_view what,
         const std::vector<std::string>& to, Instant now);

}  // namespace keepsake::sync::central
