#include "storage/domain/customers_in.hpp"

#include <algorithm>

#include "storage/domain/every_fact.hpp"

namespace keepsake {

namespace {

template <class T>
concept OfOneCustomer = requires(const T& fact) {
  { fact.customer } -> std::convertible_to<CustomerRef>;
};

struct Naming {
  std::vector<CustomerRef> found;

  template <OfOneCustomer T>
  void operator()(const T& fact) {
    add_customer(found, fact.customer);
  }
  void operator()(const CustomerMerge& merge) {
    add_customer(found, merge.kept);
    add_customer(found, merge.merged);
  }
  void operator()(const CustomersApart& apart) {
    add_customer(found, apart.one);
    add_customer(found, apart.other);
  }
  void operator()(const CustomerErasure& erasure) {
    for (const CustomerRef& each : erasure.customers) add_customer(found, each);
  }
  void operator()(const PointsExpired& expired) {
    for (const LotExpiry& each : expired.lots) add_customer(found, each.customer);
    for (const WalletExpiry& each : expired.wallets) add_customer(found, each.customer);
  }
  // Of nobody: each by name, so that a new kind of fact is thought about.
  void operator()(const MergeUndoing& /*undoing*/) {}
  void operator()(const Programme& /*programme*/) {}
  void operator()(const CatalogueChange& /*change*/) {}
  void operator()(const ShiftOpening& /*opening*/) {}
  void operator()(const ShiftClosing& /*closing*/) {}
  void operator()(const GiftCardChange& /*change*/) {}
  void operator()(const GiftCardStatement& /*statement*/) {}
  void operator()(const CodesAdded& /*codes*/) {}
  void operator()(const CodesDealt& /*codes*/) {}
  void operator()(const StaffChange& /*change*/) {}
  void operator()(const CatalogueRequest& /*request*/) {}
  void operator()(const ChainSettings& /*settings*/) {}
  // What a store keeps of people is no news of them.
  void operator()(const DormancyChange& /*change*/) {}
};

}  // namespace

void add_customer(std::vector<CustomerRef>& customers, const CustomerRef& one) {
  if (!one.nobody() && std::ranges::find(customers, one) == customers.end())
    customers.push_back(one);
}

std::vector<CustomerRef> customers_in(const Fact& fact) {
  Naming naming;
  visit(naming, fact);
  return std::move(naming.found);
}

bool speaks_of_each(FactType type) { return type == FactType::points_expired; }

Fact narrowed_to(const CustomerRef& customer, Fact fact) {
  auto* expired = get_if<PointsExpired>(&fact);
  if (expired == nullptr) return fact;
  const auto others = [&](const auto& expiry) { return expiry.customer != customer; };
  std::erase_if(expired->lots, others);
  std::erase_if(expired->wallets, others);
  expired->cards.clear();
  return fact;
}

}  // namespace keepsake
