#include "kiosk/flow/roles.hpp"

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {
namespace {

using enum Role;

/// What is recorded decides: who frees a gift card is not who blocks it.
Role role_for(const Fact& fact) {
  if (holds_alternative<WarrantyRegistration>(fact)) return anyone;
  if (const auto* card = get_if<GiftCardChange>(&fact))
    return card->state == GiftCardState::active ? manager : staff;
  if (holds_alternative<Purchase>(fact) || holds_alternative<Return>(fact) ||
      holds_alternative<LoyaltyEvent>(fact) || holds_alternative<ShiftOpening>(fact) ||
      holds_alternative<ShiftClosing>(fact))
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
    [](const FindCustomer&) { return anyone; },
    [](const LoadCustomer&) { return anyone; },
    [](const Enrol&) { return anyone; },
    [](const LoadStanding&) { return anyone; },
    [](const LoadStory&) { return anyone; },
    [](const LoadProfile&) { return anyone; },
    [](const ChangeConsents&) { return anyone; },
    [](const ChangeProfile&) { return anyone; },
    [](const FindSimilar&) { return staff; },
    // staff
    [](const LoadShift&) { return staff; },
    [](const CheckPin&) { return anyone; },
    [](const AddNote&) { return staff; },
    [](const ChangeWallet& asked) { return asked.state == WalletState::blocked ? staff : manager; },
    [](const UndoMerge&) { return manager; },
    [](const SearchCustomers&) { return staff; },
    [](const LoadTimeline&) { return staff; },
    [](const LoadPairs&) { return manager; },
    [](const LoadPair&) { return manager; },
    [](const MergePair&) { return manager; },
    [](const PartPair&) { return manager; },
};

}  // namespace

Role role_for(const Question& question) { return visit(table, question); }

}  // namespace keepsake::flow
