#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/domain/values/quantity.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake {
struct Purchase;
struct PurchaseSummary;
}  // namespace keepsake

namespace keepsake::records {

Result<Done> apply(Applying& applying, const Purchase& purchase);

/// As it was recorded, field by field.
std::optional<Purchase> purchase(Database& database, FactId id);
/// As the purchase names the customer; nobody: of nobody, or not known.
CustomerRef buyer(Database& database, FactId id);
/// Newest first, under all references of one person.
std::vector<PurchaseSummary> last_purchases(Database& database, std::span<const CustomerRef> person,
                                            std::size_t limit);
/// The same of everybody, in the order of recording.
std::vector<PurchaseSummary> last_purchases(Database& database, std::string_view store,
                                            std::size_t limit);

/// What a return may refer to.
struct SoldLine {
  std::string article;
  Quantity quantity;
};
std::optional<SoldLine> sold_line(Database& database, FactId purchase, std::int64_t line);
std::size_t line_count(Database& database, FactId purchase);

}  // namespace keepsake::records
