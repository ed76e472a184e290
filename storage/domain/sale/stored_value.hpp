#pragma once
// Money that a customer has paid in and may spend later: gift cards, which belong to whoever holds
// them, and the wallet of a member.

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

enum class StoredValue { gift_card, wallet };

/// What a line of a purchase pays in: a gift card sold or topped up, or the member's wallet.
struct TopUp {
  std::size_t line = 0;
  StoredValue kind = StoredValue::gift_card;
  std::string card;             ///< gift_card: its name, see card_name(); wallet: empty
  Money amount;                 ///< > 0
  std::optional<Date> expires;  ///< the last day; of what is still good the later one is kept
  bool operator==(const TopUp&) const = default;
};

/// What numbers the shop's own gift cards have; those that were sold before stay good.
struct GiftCardForm {
  enum class Check { none, luhn };
  std::string prefix;       ///< upper case; "": any
  std::int64_t length = 0;  ///< with the prefix; 0: 6 to 40
  Check check = Check::none;
  bool operator==(const GiftCardForm&) const = default;
};

/// How long money that is paid in is good, from that day; 0 months: for ever.
struct StoredValueTerms {
  std::int64_t gift_card_months = 0;
  std::int64_t wallet_months = 0;
  GiftCardForm form = {};

  std::optional<Date> last_day(StoredValue kind, Date paid_in) const;
  bool operator==(const StoredValueTerms&) const = default;
};

/// The name under which a gift card is kept: upper case, no spaces or dashes. Failure::bad_input
/// "gift-card.syntax" for anything that is not 6 to 40 letters and digits then.
Result<std::string> card_name(std::string_view typed);

/// A card of this name may be sold as new. Failure::bad_input "gift-card.syntax": not of this form,
/// or a number that means something else: an article's barcode (GTIN), a payment card, a member's
/// card.
Result<Done> expect_new_card(const std::string& name, const GiftCardForm& form);

/// Its last four, "··1234", for screens and receipts: whoever finds one must not find the card.
std::string card_end(std::string_view card);

enum class GiftCardState { active, blocked };

/// A gift card was blocked (lost, stolen, cancelled) or freed again.
struct GiftCardChange {
  LocalTime at;
  std::string staff;
  std::string card;
  GiftCardState state = GiftCardState::blocked;
  std::string reason;
  bool operator==(const GiftCardChange&) const = default;
};
Result<Done> check(const GiftCardChange& change);

enum class WalletState { active, blocked };

/// A member's wallet was blocked or freed again.
struct WalletChange {
  LocalTime at;
  std::string staff;
  CustomerRef customer;
  WalletState state = WalletState::blocked;
  std::string reason;
  bool operator==(const WalletChange&) const = default;
};
Result<Done> check(const WalletChange& change);

/// The last day of money put together: the later one; what never expires wins.
std::optional<Date> later_day(const std::optional<Date>& one, const std::optional<Date>& other);

/// A gift card as staff see it.
struct GiftCardView {
  std::string card;
  Money balance;  ///< that can be spent on the day of the view
  std::optional<Date> sold_on;
  /// The last day of what goes first; nothing is good any more: when it went.
  std::optional<Date> expires;
  GiftCardState state = GiftCardState::active;
  std::string reason;  ///< why it is blocked
  Money lapsed = {};   ///< past its day, not yet booked as expired
  /// What may be spent of it here while head office is not reached; nullopt: all of it.
  std::optional<Money> offline = {};
  bool operator==(const GiftCardView&) const = default;
};

/// The wallet of a member as staff see it.
struct WalletView {
  CustomerRef customer;
  Money balance;                ///< that can be spent on the day of the view
  std::optional<Date> expires;  ///< as of a gift card
  WalletState state = WalletState::active;
  std::string reason;  ///< why it is blocked
  Money lapsed = {};   ///< past its day, not yet booked as expired
  Money owed = {};     ///< goes out of what comes in next
  bool operator==(const WalletView&) const = default;
};

}  // namespace keepsake
