#include "storage/domain/values/money.hpp"

#include <algorithm>
#include <numeric>

#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/rounding.hpp"

namespace keepsake {
namespace {

Error overflow() {
  return {Failure::limit, "money.overflow", "The amount is too large", "",
          "Split it into smaller ones"};
}

Error other_currency(Money a, Money b) {
  return {Failure::bad_input, "money.currency", "Two currencies cannot be combined",
          std::string(a.currency.code()) + " and " + std::string(b.currency.code()),
          "Use one currency"};
}

Error bad_weights() {
  return {Failure::bad_input, "money.weights", "An amount cannot be split by these weights", "",
          "Give weights of zero or more, one of them above zero"};
}

}  // namespace

Result<Money> add(Money a, Money b) {
  if (a.currency != b.currency) return other_currency(a, b);
  Money sum{0, a.currency};
  if (__builtin_add_overflow(a.minor, b.minor, &sum.minor)) return overflow();
  return sum;
}

Result<Money> subtract(Money a, Money b) {
  if (a.currency != b.currency) return other_currency(a, b);
  Money difference{0, a.currency};
  if (__builtin_sub_overflow(a.minor, b.minor, &difference.minor)) return overflow();
  return difference;
}

Result<std::vector<Money>> allocate(Money total, const std::vector<std::int64_t>& weights) {
  Wide sum = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) return bad_weights();
    sum += weight;
  }
  if (sum <= 0) return bad_weights();

  const bool negative = total.minor < 0;
  const Wide magnitude = negative ? -Wide{total.minor} : Wide{total.minor};
  std::vector<Wide> shares(weights.size()), remainders(weights.size());
  Wide left = magnitude;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    shares[i] = magnitude * weights[i] / sum;
    remainders[i] = magnitude * weights[i] % sum;
    left -= shares[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  // What is left is less than the number of parts with a remainder, so each gets at most one unit.
  for (std::size_t i = 0; left > 0; ++i, --left) shares[order[i]] += 1;

  std::vector<Money> parts;
  parts.reserve(shares.size());
  for (const Wide share : shares)
    parts.push_back({static_cast<std::int64_t>(negative ? -share : share), total.currency});
  return parts;
}

Result<std::vector<Money>> allocate_or_evenly(Money total, std::vector<std::int64_t> weights) {
  if (std::ranges::all_of(weights, [](std::int64_t weight) { return weight == 0; }))
    weights.assign(weights.size(), 1);
  return allocate(total, weights);
}

Result<Money> parse_money(std::string_view text, Currency currency) {
  auto minor = parse_scaled(
      text, {currency.exponent(), limits::amount_minor, "money.syntax", "money.limit"});
  if (!minor) return minor.error();
  return Money{*minor, currency};
}

std::string to_decimal(Money money) {
  return format_scaled(money.minor, money.currency.exponent(), money.currency.exponent());
}

}  // namespace keepsake
