#pragma once
// What head office says is on a gift card that several stores know.

#include <optional>
#include <string_view>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct GiftCardStatement;
}

namespace keepsake::records {

/// What was known of the card here gives way to it; what comes after stands on top of it.
Result<Done> apply(Applying& applying, const GiftCardStatement& statement);
/// What these records, which know every store's facts, say of the card; nullopt: they do not know it, or
/// nobody ever had money on it.
std::optional<GiftCardStatement> statement_of(Database& database, std::string_view card,
                                              LocalTime at);

}  // namespace keepsake::records
