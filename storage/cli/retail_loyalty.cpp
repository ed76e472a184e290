#include "storage/cli/retail_loyalty.hpp"

#include <algorithm>

#include "storage/programme/programme_file.hpp"

namespace keepsake::cli::retail {

Result<std::unique_ptr<RetailLoyalty>> RetailLoyalty::open(const Book& book) {
  auto reader = book.reader();
  if (!reader) return reader.error();
  const auto published = (*reader)->programme();
  if (!published) return published.error();
  if (published->version == 0) return std::unique_ptr<RetailLoyalty>();
  auto rules = rules_of(*published);
  if (!rules) return rules.error();
  rules->rewards.clear();
  return std::unique_ptr<RetailLoyalty>(
      new RetailLoyalty(std::move(*reader), published->version, std::move(*rules)));
}

Result<Done> RetailLoyalty::apply(Fact& fact) {
  if (auto* purchase = std::get_if<Purchase>(&fact)) {
    const auto member = reader_->member(purchase->customer, rules_, purchase->at);
    if (!member) return member.error();
    return earn(*purchase, "", version_, rules_, *member);
  }
  auto* returned = std::get_if<Return>(&fact);
  if (returned == nullptr) return Done{};
  std::vector<FactId> purchases;
  for (const ReturnLine& line : returned->lines)
    if (line.purchase && std::ranges::find(purchases, *line.purchase) == purchases.end())
      purchases.push_back(*line.purchase);
  const auto basis = reader_->return_basis(returned->customer, purchases, rules_, returned->at);
  if (!basis) return basis.error();
  return reverse(*returned, *basis, rules_);
}

}  // namespace keepsake::cli::retail
