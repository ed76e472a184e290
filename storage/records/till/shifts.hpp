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

/// Adds a purchase or a return to its shift's figures; no shift, nothing to add to.
Result<Done> count_purchase(Applying& applying, const std::optional<FactId>& shift,
                            const std::vector<Tender>& tenders);
Result<Done> count_return(Applying& applying, const std::optional<FactId>& shift,
                          const std::vector<Tender>& tenders);
/// Money in hand for points.
Result<Done> count_paid_out(Applying& applying, const std::optional<FactId>& shift, Money cash);

/// The shift that is open at the terminal whose records these are.
std::optional<ShiftView> open_shift(Database& database, std::string_view store,
                                    std::span<const TerminalNumber> till);

}  // namespace keepsake::records
