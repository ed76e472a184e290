#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct Quantity;
struct Return;
struct Tender;
}  // namespace keepsake

namespace keepsake::records {

Result<Done> apply(Applying& applying, const Return& returned);

/// By line of the purchase; empty when the purchase is not known.
std::vector<Quantity> returned_so_far(Database& database, FactId purchase);
/// What coins added to its returns, or took from them; a return's own rounding counts for the first
/// purchase that it names.
std::int64_t rounded_so_far(Database& database, FactId purchase);
/// How its returns gave the money back, in their order; of several purchases likewise.
std::vector<Tender> refunds_of(Database& database, FactId purchase);

}  // namespace keepsake::records
