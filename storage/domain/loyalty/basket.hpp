#pragma once
// What is bought, as the rules of loyalty see it.

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/sale/tax.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/quantity.hpp"

namespace keepsake::loyalty {

struct BasketLine {
  std::string article;  ///< Article::code
  std::string category;
  std::string brand;  ///< Article::maker
  std::vector<std::string> labels;
  Quantity quantity;     ///< > 0
  UnitPrice unit_price;  ///< tax included
  TaxRate tax;
  std::int64_t off_minor = 0;      ///< taken off by hand before any rule, 0..amount
  SoldBy sold_by = SoldBy::piece;  ///< ask is_weighed
  bool operator==(const BasketLine&) const = default;
};

using keepsake::TenderKind;

/// A payment made or proposed. Points pay at the programme's point value.
struct Tender {
  TenderKind kind = TenderKind::cash;
  std::int64_t minor = 0;  ///< > 0
  bool operator==(const Tender&) const = default;
};

/// What happened with this purchase, or without one (a basket of no lines). First purchase,
/// birthday and nth visit are not told: they follow from the member. warranty_registered is told
/// once however many items the purchase registers.
enum class Event {
  none,
  enrolled,
  first_purchase,
  birthday,
  referred,  ///< this member was brought by another
  referrer,  ///< somebody whom this member brought has joined
  survey,
  warranty_registered,
  nth_visit,
};

/// A reward the customer asks for.
struct Claim {
  /// As many as points, limits and the basket allow.
  static constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

  std::string reward;
  std::int64_t times = 1;          ///< steps, each at the reward's cost
  std::vector<std::size_t> lines;  ///< for line rewards: only these; empty: all that fit
  bool operator==(const Claim&) const = default;
};

struct Basket {
  Currency currency;
  std::string store;
  std::vector<BasketLine> lines;  ///< at most limits::lines_per_purchase
  std::vector<Tender> tenders;    ///< may be none yet
  std::vector<Claim> claims;
  std::vector<std::string> codes;  ///< coupons shown
  std::vector<Event> events;
  std::vector<ListedCode> listed = {};  ///< what is known of those of `codes` that a list holds
  bool operator==(const Basket&) const = default;
};

}  // namespace keepsake::loyalty
