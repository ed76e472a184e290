#include "kiosk/flow/roles.hpp"

#include <algorithm>

#include "storage/domain/every_fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {
namespace {

using enum Role;

/// What is recorded decides: who frees a gift card is not who blocks it.
Role role_for(const Fact& fact) {
  // Cover of nobody's can be registered by anybody.
  if (const auto* cover = get_if<WarrantyRegistration>(&fact))
    return cover->customer.nobody() ? anyone : holder;
  if (const auto* card = get_if<GiftCardChange>(&fact))
    return card->state == GiftCardState::active ? manager : staff;
  if (holds_alternative<CoverBegun>(fact) || holds_alternative<Purchase>(fact) ||
      holds_alternative<Return>(fact) || holds_alternative<LoyaltyEvent>(fact) ||
      holds_alternative<ShiftOpening>(fact) || holds_alternative<ShiftClosing>(fact))
    return staff;
  return manager;
}

// Every question stands here by name: one that is forgotten does not compile.
constexpr auto table = Overloaded{
    // sale
    [](const ResolveScan&) { return anyone; },
    [](const SearchArticles&) { return anyone; },
    [](const LoadMember&) { return staff; },
    [](const LookUpGiftCard&) { return staff; },
    [](const LoadLines&) { return staff; },
    [](const PutOnHold&) { return staff; },
    [](const Recall&) { return staff; },
    [](const RecordFact& asked) { return role_for(asked.fact); },
    [](const ListPurchases&) { return staff; },
    [](const OpenPurchase&) { return staff; },
    // customer
    [](const FindPoints&) { return anyone; },
    [](const FindCustomer&) { return staff; },
    [](const LoadCustomer&) { return staff; },
    [](const Enrol&) { return anyone; },
    [](const CheckMemberPin& asked) { return asked.customer.nobody() ? anyone : staff; },
    [](const LoadStanding&) { return holder; },
    [](const LoadStory&) { return holder; },
    [](const LoadProfile&) { return holder; },
    [](const ChangeConsents&) { return holder; },
    [](const ChangeProfile&) { return holder; },
    [](const ChangeMemberPin&) { return holder; },
    [](const FindSimilar&) { return staff; },
    // warranty
    [](const FindItems&) { return staff; },
    [](const LoadItem&) { return holder; },
    // staff
    [](const LoadShift&) { return staff; },
    [](const CheckPin&) { return anyone; },
    [](const ConfirmClock&) { return manager; },
    [](const AddNote&) { return staff; },
    [](const ChangeWallet& asked) { return asked.state == WalletState::blocked ? staff : manager; },
    [](const GiveLevel&) { return manager; },
    [](const UndoMerge&) { return manager; },
    [](const SearchCustomers&) { return staff; },
    [](const LoadTimeline&) { return staff; },
    [](const LoadPairs&) { return manager; },
    [](const LoadPair&) { return manager; },
    [](const MergePair&) { return manager; },
    [](const PartPair&) { return manager; },
    [](const LoadStaff&) { return manager; },
    [](const ChangeStaff&) { return manager; },
    [](const RemoveStaff&) { return manager; },
    [](const LoadCatalogue&) { return manager; },
    [](const ChangePrice&) { return manager; },
    [](const AddArticle&) { return manager; },
    [](const LoadExceptions&) { return manager; },
    [](const SettleException&) { return manager; },
};

/// Points, rewards or money of the customer's leave their account by it.
bool takes_value(const Purchase& purchase) {
  const auto theirs = [](const Tender& tender) {
    return tender.kind == TenderKind::points || tender.kind == TenderKind::wallet;
  };
  return std::ranges::any_of(purchase.tenders, theirs) ||
         (purchase.loyalty && !purchase.loyalty->used.empty());
}

CustomerRef customer_in(const Fact& fact) {
  return visit(
      [](const auto& noun) {
        if constexpr (requires { CustomerRef(noun.customer); })
          return noun.customer;
        else
          return CustomerRef{};
      },
      fact);
}

}  // namespace

Role role_for(const Question& question) { return visit(table, question); }

CustomerRef customer_of(const Question& question) {
  return visit(
      [](const auto& asked) {
        if constexpr (requires { CustomerRef(asked.customer); })
          return asked.customer;
        else if constexpr (requires { asked.fact; })
          return customer_in(asked.fact);
        else
          return CustomerRef{};
      },
      question);
}

std::optional<Deed> deed_of(const Question& question) {
  const auto* wallet = get_if<ChangeWallet>(&question);
  if (holds_alternative<ChangeProfile>(question) || holds_alternative<ChangeConsents>(question) ||
      holds_alternative<ChangeMemberPin>(question) ||
      (wallet != nullptr && wallet->state == WalletState::active))
    return Deed::change;
  const auto* recorded = get_if<RecordFact>(&question);
  if (recorded == nullptr || customer_in(recorded->fact).nobody()) return std::nullopt;
  const auto* purchase = get_if<Purchase>(&recorded->fact);
  if (purchase != nullptr && takes_value(*purchase)) return Deed::redeem;
  const auto* event = get_if<LoyaltyEvent>(&recorded->fact);
  if (event != nullptr && !event->loyalty.rewards.empty()) return Deed::redeem;
  return std::nullopt;
}

}  // namespace keepsake::flow
