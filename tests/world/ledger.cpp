#include "tests/world/ledger.hpp"

#include "storage/domain/customer/change.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/staff/settlement.hpp"

namespace keepsake::world {

std::string owner_of(const CustomerRef& customer) {
  return {reinterpret_cast<const char*>(customer.bytes.data()), customer.bytes.size()};
}

std::string Ledger::owner_of(const std::string& owner) const {
  std::string one = owner;
  for (auto next = merged_into_.find(one); next != merged_into_.end();
       next = merged_into_.find(one))
    one = next->second;
  return one;
}

std::map<PurseOf, std::int64_t> Ledger::sums() const {
  std::map<PurseOf, std::int64_t> sums;
  for (const auto& [purse, amount] : moved_) sums[{purse.purse, owner_of(purse.owner)}] += amount;
  return sums;
}

bool Ledger::is_left_out(const std::string& owner) const {
  for (const std::string& each : left_out_)
    if (owner_of(each) == owner) return true;
  return false;
}

bool Ledger::has_returned(const std::string& owner) const {
  for (const std::string& each : returned_)
    if (owner_of(each) == owner) return true;
  return false;
}

void Ledger::move(Purse purse, const std::string& owner, std::int64_t amount) {
  if (amount != 0) moved_[{purse, owner}] += amount;
}

void Ledger::add(const std::string& owner, const LoyaltyResult& loyalty) {
  for (const LotPoints& used : loyalty.used) move(Purse::points, owner, -used.points.hundredths);
  for (const IssuedLot& lot : loyalty.issued) move(Purse::points, owner, lot.points.hundredths);
  move(Purse::wallet, owner, loyalty.to_wallet.minor);
  for (const RewardUse& use : loyalty.rewards)
    for (const std::string& code : use.vouchers)
      if (!codes_.insert(code).second) codes_twice_.insert(code);
}

void Ledger::add_purchase(const std::string& store, const Purchase& purchase) {
  Turnover& turnover = turnovers_[store];
  ++turnover.purchases;
  turnover.purchase_minor += purchase.total.minor;
  const std::string owner = world::owner_of(purchase.customer);
  if (purchase.loyalty)
    add(owner, *purchase.loyalty);
  else
    move(Purse::points, owner, purchase.points_earned.hundredths);
  for (const Tender& tender : purchase.tenders) {
    if (tender.kind == TenderKind::wallet) move(Purse::wallet, owner, -tender.amount.minor);
    if (tender.kind == TenderKind::gift_card)
      move(Purse::card, tender.reference, -tender.amount.minor);
  }
  for (const TopUp& top_up : purchase.top_ups) {
    if (top_up.kind == StoredValue::gift_card)
      move(Purse::card, top_up.card, top_up.amount.minor);
    else
      move(Purse::wallet, owner, top_up.amount.minor);
  }
}

void Ledger::add_return(const std::string& store, const Return& back) {
  Turnover& turnover = turnovers_[store];
  ++turnover.returns;
  turnover.return_minor += back.total.minor;
  const std::string owner = world::owner_of(back.customer);
  returned_.insert(owner);
  if (!back.loyalty) return move(Purse::points, owner, -back.points_reversed.hundredths);
  for (const LotPoints& lot : back.loyalty->restored)
    move(Purse::points, owner, lot.points.hundredths);
  for (const IssuedLot& lot : back.loyalty->issued)
    move(Purse::points, owner, lot.points.hundredths);
  for (const LotPoints& lot : back.loyalty->taken)
    move(Purse::points, owner, -lot.points.hundredths);
}

void Ledger::add_expired(const PointsExpired& expired) {
  for (const LotExpiry& lot : expired.lots)
    move(Purse::points, world::owner_of(lot.customer), -lot.points.hundredths);
  for (const CardExpiry& card : expired.cards) move(Purse::card, card.card, -card.amount.minor);
  for (const WalletExpiry& wallet : expired.wallets)
    move(Purse::wallet, world::owner_of(wallet.customer), -wallet.amount.minor);
}

void Ledger::add(const std::string& store, const Fact& fact) {
  if (const auto* purchase = get_if<Purchase>(&fact)) add_purchase(store, *purchase);
  if (const auto* back = get_if<Return>(&fact)) add_return(store, *back);
  if (const auto* event = get_if<LoyaltyEvent>(&fact))
    add(world::owner_of(event->customer), event->loyalty);
  if (const auto* expired = get_if<PointsExpired>(&fact)) add_expired(*expired);
  if (const auto* merge = get_if<CustomerMerge>(&fact)) {
    const std::string kept = owner_of(world::owner_of(merge->kept));
    const std::string merged = owner_of(world::owner_of(merge->merged));
    if (kept != merged) merged_into_[merged] = kept;
  }
  if (const auto* erasure = get_if<CustomerErasure>(&fact))
    for (const CustomerRef& each : erasure->customers) {
      left_out_.insert(world::owner_of(each));
      erased_.push_back(each);
    }
  if (const auto* settled = get_if<ExceptionSettled>(&fact))
    if (settled->decision == Decision::debt) left_out_.insert(world::owner_of(settled->customer));
}

}  // namespace keepsake::world
