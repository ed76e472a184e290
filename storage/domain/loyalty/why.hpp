#pragma once
// Why a figure is what it is: a stable key and the figures behind it, so that a screen can say it
// in the customer's language; and the same in one English sentence, for owners and logs.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::loyalty {

struct Figure {
  std::string_view name;  ///< a literal: "amount", "rate", "cap"
  std::variant<std::int64_t, Points, Money, Quantity, Date, std::string> value;
  bool operator==(const Figure&) const = default;
};
/// Machine form: "12.5", "499.00", "2026-11-21".
std::string to_text(const Figure& figure);

struct Why {
  /// A literal, stable: "earn.per-amount", "refuse.points-short"; see why.cpp.
  std::string_view code;
  std::string rule;             ///< id of the rule or reward that decided, or empty
  std::vector<Figure> figures;  ///< in the order of the sentence
  bool operator==(const Why&) const = default;
};
std::string sentence(const Why& why);

}  // namespace keepsake::loyalty
