// Any bytes as a programme file: rules, or mistakes with a place and a remedy; and rules that were
// read without a mistake can be calculated with. Two files mean what is kept of them.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/programme/programme_file.hpp"

using namespace keepsake;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

loyalty::Basket basket_in(Currency currency) {
  loyalty::Basket basket;
  basket.currency = currency;
  for (const char* article : {"A", "B"}) {
    loyalty::BasketLine line;
    line.article = article;
    line.quantity = Quantity::pieces(3);
    line.unit_price = UnitPrice::from_minor(12'345);
    line.tax = {2500};
    basket.lines.push_back(line);
  }
  return basket;
}

// Cut at the end of a line in the middle.
void as_two_files(const std::string& text) {
  const auto cut = std::min(text.find('\n', text.size() / 2), text.size());
  auto file = parse_programme({{"f", text.substr(0, cut)}, {"f", text.substr(cut)}});
  for (const Error& each : file.mistakes) require(each.where.starts_with("f:"));
  if (!file.mistakes.empty()) return;
  file.programme.version = 1;
  const auto rules = rules_of(file.programme);
  require(rules.ok() && *rules == file.rules);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  as_two_files(text);
  const auto file = parse_programme(text, "f");
  for (const Error& each : file.mistakes)
    require(each.where.starts_with("f:") && !each.code.empty() && !each.remedy.empty());
  if (!file.mistakes.empty()) return 0;
  auto basket = basket_in(file.rules.currency);
  for (const auto& reward : file.rules.rewards) {
    if (reward.trigger == loyalty::Trigger::claim) basket.claims.push_back({reward.id, 1, {}});
    if (!reward.codes.empty()) basket.codes.push_back(reward.codes.front().code);
  }
  loyalty::Member member;
  member.known = true;
  member.lots.push_back({"l", {1'000'000}, {1'000'000}, from_days(0), std::nullopt});
  const auto quote = loyalty::quote(file.rules, basket, member, {Instant{1'795'255'327'000}, 60});
  require(quote.ok() || quote.error().kind == Failure::limit);
  if (!quote) return 0;
  for (const auto& line : quote->lines) require(line.net.minor >= 0);
  require(quote->points_spent <= quote->balance_before);
  return 0;
}
