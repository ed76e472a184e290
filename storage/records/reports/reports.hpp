#pragma once
// Sums over purchases and returns. `store` as everywhere: "" at a terminal.

#include <cstddef>
#include <string_view>
#include <vector>

#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"

namespace keepsake {
struct ArticleTotal;
struct CustomerTotal;
struct DayTotal;
struct StaffTotal;
}  // namespace keepsake

namespace keepsake::records {

std::vector<DayTotal> by_day(Database& database, std::string_view store);  ///< by day
/// Most money first.
std::vector<ArticleTotal> by_article(Database& database, std::string_view store, std::size_t limit);
/// Most money first.
std::vector<CustomerTotal> by_customer(Database& database, std::string_view store,
                                       std::size_t limit);
std::vector<StaffTotal> by_staff(Database& database, std::string_view store);  ///< by name

}  // namespace keepsake::records
