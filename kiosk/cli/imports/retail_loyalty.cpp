#include "kiosk/cli/imports/retail_loyalty.hpp"

#include <algorithm>

#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/return.hpp"

namespace keepsake::cli::retail {

Result<std::unique_ptr<RetailLoyalty>> RetailLoyalty::open(const Book& book) {
  auto reader = book.reader();
  if (!reader) return reader.error();
  auto programme = active_programme(book, **reader);
  if (!programme) return programme.error();
  if (programme->programme.version == 0) return std::unique_ptr<RetailLoyalty>();
  programme->rules.rewards.clear();
  return std::unique_ptr<RetailLoyalty>(
      new RetailLoyalty(std::move(*reader), std::move(*programme)));
}

Result<Done> RetailLoyalty::apply(Fact& fact) {
  if (auto* purchase = get_if<Purchase>(&fact)) {
    auto member = reader_->member(purchase->customer, programme_.rules, purchase->at);
    if (!member) return member.error();
    for (const auto& [rule, times] : since_) member->uses_by_all[rule].times += times;
    if (auto ok = earn(*purchase, programme_, *member); !ok) return ok;
    for (const RulePoints& rule : purchase->loyalty->rules) ++since_[rule.rule];
    return Done{};
  }
  auto* returned = get_if<Return>(&fact);
  if (returned == nullptr) return Done{};
  std::vector<FactId> purchases;
  for (const ReturnLine& line : returned->lines)
    if (line.purchase && std::ranges::find(purchases, *line.purchase) == purchases.end())
      purchases.push_back(*line.purchase);
  const auto basis =
      reader_->return_basis(returned->customer, purchases, programme_.rules, returned->at);
  if (!basis) return basis.error();
  return reverse(*returned, *basis, programme_.rules);
}

}  // namespace keepsake::cli::retail
