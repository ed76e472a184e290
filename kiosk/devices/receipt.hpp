#pragma once
// A receipt as a value: its lines, their order and their emphasis, for any printer. Pure.

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/sale/tax.hpp"
#include "storage/domain/values/quantity.hpp"

namespace keepsake {
struct Purchase;
struct Return;
}  // namespace keepsake

namespace keepsake::devices {

enum class Style { normal, bold, title, total };  ///< title: twice as large; total: the same, bold
enum class Align { left, centre };

/// Words on the left, optionally a figure flush right. Leading spaces of `left` indent its
/// continuation too. A long text wraps between words; the figure stands on the last line.
struct TextLine {
  std::string left;
  std::string right;
  Style style = Style::normal;
  Align align = Align::left;
  bool operator==(const TextLine&) const = default;
};
struct Rule {  ///< a thin line across
  bool operator==(const Rule&) const = default;
};
struct Gap {  ///< half a line of paper
  bool operator==(const Gap&) const = default;
};
struct QrCode {
  static constexpr std::size_t payload_bytes = 300;
  std::string payload;
  bool operator==(const QrCode&) const = default;
};
using ReceiptLine = std::variant<TextLine, Rule, Gap, QrCode>;

struct Receipt {
  std::string number;  ///< names files, too
  std::vector<ReceiptLine> lines;
  bool operator==(const Receipt&) const = default;
};

/// The words of a receipt in the reader's language; English where nothing is set.
struct ReceiptWords {
  std::string receipt = "Receipt";
  std::string returned = "Return";
  std::string rewards = "Rewards";
  std::string terminal = "Till";
  std::string served_by = "Served by";
  std::string member = "Member";
  std::string total = "Total";
  std::string given_back = "Refunded";
  std::string rounding = "Rounding";
  std::string cash = "Cash";
  std::string card = "Card";
  std::string paid = "Paid";  ///< a payment of unknown kind
  std::string change = "Change";
  std::string tax = "Including VAT";
  std::string discount = "Discount";  ///< when a discount gives no reason
  std::string kilogram = "kg";
  std::string warranty_to = "Warranty until";
  std::string serial = "Serial no.";
  std::string points_tender = "Points";
  std::string wallet = "Wallet";
  std::string gift_card = "Gift card";
  std::string on_gift_card = "Gift card balance";
  std::string in_wallet = "Wallet balance";
  std::string good_until = "Valid until";
  std::string saved = "You saved";
  std::string voucher = "Voucher";
  std::string paid_out = "Paid out in cash";
  std::string to_wallet = "Paid into the wallet";
  std::string points_before = "Previous points";
  std::string points_earned = "Points earned";
  std::string points_used = "Points used";
  std::string points_reversed = "Points deducted";
  std::string points_given_back = "Points returned";
  std::string points_settled = "Owed points settled";
  std::string points_to_settle = "Points owed";
  std::string points_after = "Points balance";
  std::string points_pending = "Not usable yet";
  std::string usable_from = "Usable from";
  std::string thanks = "Thank you!";
};

/// How figures are written. The defaults are the machine forms; a kiosk sets its Locale's.
struct ReceiptFormats {
  std::function<std::string(Money)> money;   ///< with its currency, for the total
  std::function<std::string(Money)> amount;  ///< digits only, for columns
  std::function<std::string(UnitPrice, Currency)> unit_price;
  std::function<std::string(Quantity)> quantity;
  std::function<std::string(TaxRate)> percent;
  std::function<std::string(Points)> points;
  std::function<std::string(Date)> date;
  std::function<std::string(LocalTime)> date_time;

  ReceiptFormats();
};

/// A gift card or the wallet after the sale.
struct ValueLeft {
  std::string card;  ///< its end alone; empty: the wallet
  Money left;
  std::optional<Date> until = {};  ///< the last day it can be spent
};
struct PointsFrom {
  std::string name;  ///< of the campaign
  Points points;
};

/// What a receipt says that is not in the fact. Empty texts are left out.
struct ReceiptHead {
  std::string shop;
  std::vector<std::string> lines = {};  ///< under the shop: address, organisation number
  std::string store;                    ///< its name at head office
  std::string terminal;                 ///< as people call it: "3"
  std::string number;                   ///< the receipt's own
  std::string code;                     ///< keyed code: printed, and the payload of the QR code
  std::string staff;
  std::string member;                   ///< masked: receipts are left lying about
  std::optional<Points> points_before;  ///< none: not known at this moment
  std::optional<Points> points_after;
  loyalty::Pending pending = {};             ///< of points_after: cannot be spent yet
  std::vector<PointsFrom> points_from = {};  ///< where what was earned comes from
  std::vector<RewardUse> given = {};         ///< in the sale, by name: gifts, donations
  std::vector<ValueLeft> values_left = {};
  std::vector<SoldBy> sold_by = {};  ///< of the lines of a return, which do not say it themselves
};

Receipt make_receipt(const Purchase& purchase, const ReceiptHead& head, const ReceiptWords& words,
                     const ReceiptFormats& formats);
Receipt make_receipt(const Return& returned, const ReceiptHead& head, const ReceiptWords& words,
                     const ReceiptFormats& formats);
/// Rewards given without a sale; `event.loyalty.rewards` are called as the reader calls them.
Receipt make_receipt(const LoyaltyEvent& event, const ReceiptHead& head, const ReceiptWords& words,
                     const ReceiptFormats& formats);

}  // namespace keepsake::devices
