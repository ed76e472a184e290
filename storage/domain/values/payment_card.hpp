#pragma once
// Numbers of payment cards, which are kept nowhere (PCI DSS, requirement 3): by the length and the
// leading digits that the networks have been given (ISO/IEC 7812), and a right check digit.

#include <string_view>

namespace keepsake {

/// The digits are those of a payment card and nothing else.
bool is_payment_card(std::string_view digits);

/// Somewhere in the text stands such a number, its digits together or in groups, parted by a blank
/// or a dash each; not behind member_card_prefix (member_card.hpp).
bool holds_payment_card(std::string_view text);

}  // namespace keepsake
