#include "storage/domain/sale/cash.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "storage/domain/values/rounding.hpp"

namespace keepsake {
namespace {

struct Notes {
  std::string_view currency;
  std::vector<std::int64_t> minor;
};

// What central banks issue today; coins only where people pay round sums with them.
const std::vector<Notes>& table() {
  static const std::vector<Notes> notes = {
      {"AUD", {500, 1000, 2000, 5000, 10000}},
      {"CAD", {500, 1000, 2000, 5000, 10000}},
      {"CHF", {1000, 2000, 5000, 10000, 20000}},
      {"CZK", {10000, 20000, 50000, 100000, 200000}},
      {"DKK", {5000, 10000, 20000, 50000}},
      {"EUR", {500, 1000, 2000, 5000, 10000, 20000}},
      {"GBP", {500, 1000, 2000, 5000}},
      {"IDR", {200000, 500000, 1000000, 2000000, 5000000, 10000000}},
      {"JPY", {500, 1000, 5000, 10000}},
      {"NOK", {5000, 10000, 20000, 50000, 100000}},
      {"PHP", {2000, 5000, 10000, 20000, 50000, 100000}},
      {"PLN", {1000, 2000, 5000, 10000, 20000, 50000}},
      {"SEK", {2000, 5000, 10000, 20000, 50000}},
      {"UAH", {2000, 5000, 10000, 20000, 50000, 100000}},
      {"USD", {500, 1000, 2000, 5000, 10000}},
  };
  return notes;
}

/// Nobody counts out more notes than this.
constexpr std::int64_t notes_in_a_hand = 50;

}  // namespace

Result<Money> round_to_cash(Money due, CashStep step) {
  if (step.minor <= 0)
    return Error{Failure::bad_input, "cash.step", "The smallest coin must be above zero", "",
                 "Correct the cash step in the settings"};
  auto steps = divide_half_up(due.minor, step.minor);
  if (!steps) return steps.error();
  Money rounded{0, due.currency};
  if (__builtin_mul_overflow(*steps, step.minor, &rounded.minor))
    return Error{Failure::limit, "money.overflow", "The amount is too large", "",
                 "Split it into smaller ones"};
  return rounded;
}

std::int64_t coarsest_step(Currency currency) {
  static const std::vector<std::pair<std::string_view, std::int64_t>> majors = {
      {"CLP", 10},  {"COP", 100},  {"CRC", 10},   {"HUF", 10},   {"IDR", 1000},
      {"IQD", 250}, {"IRR", 1000}, {"ISK", 10},   {"JPY", 10},   {"KHR", 100},
      {"KRW", 100}, {"LAK", 1000}, {"LBP", 5000}, {"MMK", 100},  {"MNT", 100},
      {"PYG", 100}, {"TZS", 100},  {"UGX", 100},  {"UZS", 1000}, {"VND", 1000}};
  const auto found =
      std::ranges::find(majors, currency.code(), &std::pair<std::string_view, std::int64_t>::first);
  return (found == majors.end() ? 1 : found->second) * currency.minor_per_major();
}

Result<Money> change_due(Money due, Money tendered, CashStep step) {
  auto rounded = round_to_cash(due, step);
  if (!rounded) return rounded;
  auto change = subtract(tendered, *rounded);
  if (change && change->minor < 0)
    return Error{Failure::refused, "cash.short", "The cash given does not cover the amount due", "",
                 "Take more cash or another payment"};
  return change;
}

std::vector<Money> likely_tenders(Money due, CashStep step,
                                  const std::vector<std::int64_t>& notes_minor) {
  const auto exact = round_to_cash(due, step);
  if (!exact) return {};
  std::vector<Money> amounts{*exact};
  if (exact->minor <= 0) return amounts;
  for (const std::int64_t note : notes_minor) {
    if (amounts.size() == 3) break;
    if (note <= 0 || exact->minor / note >= notes_in_a_hand) continue;
    const std::int64_t over = (note - exact->minor % note) % note;
    if (over > std::numeric_limits<std::int64_t>::max() - exact->minor) break;
    const Money rounded{exact->minor + over, due.currency};
    if (rounded.minor > amounts.back().minor) amounts.push_back(rounded);
  }
  return amounts;
}

const std::vector<std::int64_t>& notes_of(Currency currency) {
  static const std::vector<std::int64_t> none;
  const auto found = std::find_if(table().begin(), table().end(), [&](const Notes& notes) {
    return notes.currency == currency.code();
  });
  return found == table().end() ? none : found->minor;
}

}  // namespace keepsake
