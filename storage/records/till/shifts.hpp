#pragma once

#include <optional>
#include <string_view>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct ShiftClosing;
struct ShiftOpening;
struct ShiftView;
struct Tender;
}  // namespace keepsake

namespace keepsake::records {

Result<Done> apply(Applying& applying, const ShiftOpening& opening);
Result<Done> apply(Applying& applying, const ShiftClosing& closing);

/// Adds a purchase or a return to its shift's figures. `shift`: hex fact id, or empty for none.
Result<Done> count_purchase(Applying& applying, std::string_view shift,
                            const std::vector<Tender>& tenders);
Result<Done> count_return(Applying& applying, std::string_view shift,
                          const std::vector<Tender>& tenders);
/// Money in hand for points.
Result<Done> count_paid_out(Applying& applying, std::string_view shift, Money cash);

/// The shift that is open at the terminal whose records these are.
std::optional<ShiftView> open_shift(Database& database, std::string_view store);

}  // namespace keepsake::records
