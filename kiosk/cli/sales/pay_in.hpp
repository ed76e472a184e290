#pragma once
// Money onto a gift card or a wallet, outside of the kiosk: a purchase of one line, which pays in.

#include "kiosk/cli/program.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/stored_value.hpp"

namespace keepsake::cli {

/// As typed.
struct PayIn {
  std::string amount;         ///< in the shop's currency
  std::string until;          ///< its last day; empty: as the settings say
  std::string paid = "card";  ///< or "cash"
  std::string staff;
};
/// --paid, --until and --staff, and AMOUNT after what the command has asked for before.
void add_options(Command& command, PayIn& typed);

/// Failure::bad_input "money.*", "date.syntax", "wallet.past" or "gift-card.past" for a day before `today`.
Result<TopUp> top_up_of(const PayIn& typed, StoredValue kind, std::string card,
                        const Settings& settings, Date today);
/// Cash goes into the drawer of the shift that is open; Failure::refused "shift.none" without one. `customer`: nobody, or whose wallet it is.
Result<Purchase> purchase_of(Reader& reader, const OpenBook& open, const TopUp& top_up,
                             const CustomerRef& customer, const PayIn& typed);

}  // namespace keepsake::cli
