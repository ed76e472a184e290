#pragma once
// What lies over the basket of a sale: exactly one pane at a time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/sale/held.hpp"
#include "kiosk/flow/shared/field.hpp"
#include "kiosk/flow/staff/customer_pages.hpp"
#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

struct Lines {  ///< nothing: the basket itself
  bool operator==(const Lines&) const = default;
};
struct SearchPane {
  std::string words;
  std::vector<Article> found;
  bool more = false;  ///< others are found by `words`, too
  int page = 0;
  bool operator==(const SearchPane&) const = default;
};
struct WeightPane {  ///< "how many kilograms?" before a weighed article becomes a line
  Article article;
  std::string entry;
  bool operator==(const WeightPane&) const = default;
};
struct QuantityPane {
  std::size_t line = 0;
  std::string entry;
  bool operator==(const QuantityPane&) const = default;
};
struct CustomerPane {  ///< scan the card or type the phone
  std::string phone;
  bool not_found = false;
  bool operator==(const CustomerPane&) const = default;
};
struct PeoplePane {  ///< or search by name, e-mail, any part of a phone
  CustomerSearch search;
  bool operator==(const PeoplePane&) const = default;
};
struct SerialPane {  ///< cover for the line's item
  std::size_t line = 0;
  std::string serial;
  /// `serial` as it is breaks the article's rule; a manager may say that it stands so on the item.
  bool refused = false;
  bool operator==(const SerialPane&) const = default;
};
struct ClearPane {  ///< "throw this basket away?"
  bool operator==(const ClearPane&) const = default;
};

/// A reward as this sale can have it: derived from the quote, held while somebody looks at it.
struct Offer {
  std::string reward;  ///< id
  loyalty::RewardKind kind = loyalty::RewardKind::money_off;
  std::int64_t steps = 0;               ///< claimed
  Points cost;                          ///< of one step
  Money saves;                          ///< by the claimed steps, or by the first one
  std::optional<loyalty::Why> refused;  ///< why not one step more; none: it may be claimed
  bool operator==(const Offer&) const = default;
};
struct RewardsPane {
  std::vector<Offer> offers;  ///< by cost
  bool operator==(const RewardsPane&) const = default;
};
struct CouponPane {
  std::string code;
  bool operator==(const CouponPane&) const = default;
};
/// "Use your points now, or keep them?" with what each leaves.
struct ChoicePane {
  std::string reward;  ///< id; empty: points pay as money
  std::int64_t steps = 1;
  Points cost;
  Money pay_now, pay_keeping;
  Points left_now, left_keeping;
  std::string next;  ///< id of the next reward that keeping leads to; empty: none
  Points next_cost;
  bool operator==(const ChoicePane&) const = default;
};
struct WhyPane {  ///< where the points to earn come from; the quote says it
  bool operator==(const WhyPane&) const = default;
};
struct MorePane {  ///< what is asked for less often
  bool operator==(const MorePane&) const = default;
};
/// A gift card sold or filled up, or money onto the member's wallet.
struct GiftCardPane {
  StoredValue kind = StoredValue::gift_card;
  std::string card = {};  ///< as typed or scanned
  std::string amount = {};
  Field editing = Field::reference;
  std::optional<GiftCardView> known = {};  ///< filled up: it was sold before
  bool checked = false;                    ///< looked up: the amount may be asked
  bool asking = false;                     ///< "block it?", or "free it?" of a blocked one
  bool operator==(const GiftCardPane&) const = default;
};
struct HeldSalesPane {  ///< Session::device.held, to recall one
  bool operator==(const HeldSalesPane&) const = default;
};
/// Lines of an earlier basket at today's prices, before they are put in (again) or with what could
/// not be put in (after a held one was recalled).
struct AgainPane {
  enum class Of { last_purchase, held } of = Of::last_purchase;
  std::vector<FoundLine> lines;
  bool loaded = false;
  std::optional<FactId> purchase = {};  ///< whose lines they are
  bool operator==(const AgainPane&) const = default;
};

using AnySalePane = Types<Lines, SearchPane, WeightPane, QuantityPane, CustomerPane, SerialPane,
                          ClearPane, RewardsPane, CouponPane, ChoicePane, WhyPane, MorePane,
                          GiftCardPane, HeldSalesPane, AgainPane, PeoplePane>;
struct SalePane : Choice<AnySalePane> {
  using Choice::Choice;
  bool operator==(const SalePane&) const = default;
};

}  // namespace keepsake::flow
