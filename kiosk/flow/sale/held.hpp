#pragma once
// A sale put aside. It holds nothing but the basket: no customer, no payments, no claims; and of
// the basket only what to put in again, because prices are those of the day it is recalled.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/basket.hpp"

namespace keepsake::flow {

inline constexpr std::size_t held_at_once = 12;

struct WantedLine {
  std::string article;  ///< Article::code
  std::string name;     ///< to say what is missing when nobody sells it any more
  Quantity quantity;
  std::string serial = {};           ///< of cover that was started, as typed
  std::optional<TopUp> top_up = {};  ///< a gift card or wallet line, with its amount
  bool operator==(const WantedLine&) const = default;
};

struct FoundLine {
  WantedLine wanted;
  std::optional<Article> article;  ///< none: no longer sold
  bool operator==(const FoundLine&) const = default;
};

struct HeldSale {
  std::string id;  ///< of this terminal; given by whoever keeps it
  LocalTime at;
  std::string staff;
  std::vector<WantedLine> lines;
  Money total;  ///< when it was held
  bool operator==(const HeldSale&) const = default;
};

/// How a held sale is told from another.
struct HeldSaleView {
  std::string id;
  LocalTime at;
  std::string staff;
  std::string first;  ///< name of its first line
  std::int64_t lines = 0;
  Money total;
  bool operator==(const HeldSaleView&) const = default;
};
HeldSaleView view_of(const HeldSale& basket);

std::vector<WantedLine> wanted_of(const Basket& basket);

struct Refilled {
  Basket basket;
  std::vector<FoundLine> left_out;  ///< not sold any more, to be weighed, or refused by the basket
};
/// Adds the lines at the prices of their articles. Weighed goods are not the same goods again.
Refilled refill(Basket basket, const std::vector<FoundLine>& lines, Date today,
                const StatutoryCover* statutory);

}  // namespace keepsake::flow
