#pragma once
// The cards that a shop hands to its members.

#include <string_view>

namespace keepsake {

/// What stands before the digits. Behind it, 16 digits that look like a payment card's are ours.
inline constexpr std::string_view member_card_prefix = "KC";

/// Written as the cards that come with Keepsake: "KC" and 16 digits, which the shop's printer numbers as
/// it likes; a scanner's misreading is caught by the barcode's own check sign. Cards brought along from
/// another system may have any form; they are known by being on file.
bool is_member_card(std::string_view text);

}  // namespace keepsake
