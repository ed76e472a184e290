#pragma once
// When a rule applies. Every list that is empty lets everything through; lists are joined by "and",
// what stands in one list by "or". Exclusions win.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/member.hpp"

namespace keepsake::loyalty {

struct LineFilter {
  std::vector<std::string> articles;
  std::vector<std::string> categories;
  std::vector<std::string> labels;  ///< any of the line's labels
  std::vector<std::string> brands;
  std::vector<std::string> not_articles;
  std::vector<std::string> not_categories;
  std::vector<std::string> not_labels;
  std::vector<std::string> not_brands;
  bool operator==(const LineFilter&) const = default;

  bool everything() const { return *this == LineFilter{}; }
};

struct Hours {
  std::int32_t from_minute = 0;  ///< of the day on the wall, inclusive
  /// Exclusive; at or below `from` it runs past midnight, and what comes after midnight belongs to
  /// the day, and to the weekday, on which the night began.
  std::int32_t until_minute = 1440;
  bool operator==(const Hours&) const = default;
};

struct OrderFilter {
  std::vector<std::string> stores;
  std::vector<std::string> segments;  ///< any of the member's
  std::vector<std::string> tiers;     ///< the member's tier before the purchase
  std::vector<TenderKind> tenders;    ///< see EarningRule: per amount counts the part paid so
  std::uint8_t weekdays = 0;          ///< bit 0 Monday .. bit 6 Sunday; 0: every day
  std::optional<Hours> hours;
  std::optional<Date> from;   ///< first day
  std::optional<Date> until;  ///< last day
  std::vector<std::string> not_stores;
  std::vector<std::string> not_segments;  ///< none of the member's
  std::vector<std::string> not_tiers;
  std::optional<std::int32_t> birthday;  ///< so many days around the member's; 0: on the day
  bool operator==(const OrderFilter&) const = default;
};

struct Filter {
  LineFilter lines;
  OrderFilter order;
  bool operator==(const Filter&) const = default;
};

/// The labels that lines paying in to a gift card or wallet carry (loyalty_basket).
inline constexpr std::string_view gift_card_label = "gift-card";
inline constexpr std::string_view wallet_label = "wallet";

/// Money that is paid in to a gift card or wallet: owed to the customer, not sold. It is no spend
/// and no visit, and is discounted and earned on only where a filter names it.
bool is_load(const BasketLine& line);
/// At least one line sells something.
bool has_goods(const Basket& basket);
/// The filter asks for money paid in by its label. One that names the article does so, too, but
/// only the line can tell.
bool names_loads(const LineFilter& filter);

/// A load matches only what names it: its label, or its article.
bool matches(const LineFilter& filter, const BasketLine& line);
/// What an exclusion leaves, as `never` of Earning: not one of its not_ lists holds the line.
bool leaves(const LineFilter& exclusion, const BasketLine& line);
/// All but the tenders, which the caller weighs.
bool matches(const OrderFilter& filter, const Basket& basket, const Member& member, LocalTime at);
/// The key of the filter that says no, a literal: "stores", "hours", "birthday"; "" where it fits.
std::string_view mismatch(const OrderFilter& filter, const Basket& basket, const Member& member,
                          LocalTime at);

}  // namespace keepsake::loyalty
