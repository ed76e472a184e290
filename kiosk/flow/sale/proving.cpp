// What is the customer's own is not used up on the word of somebody who knows their number: the card,
// or a member of staff who vouches.
#include <cassert>
#include <utility>

#include "kiosk/flow/sale/handlers.hpp"

namespace keepsake::flow {
namespace {

struct Wanted {
  Proving what;
  Deed deed = Deed::redeem;
};

std::optional<Wanted> on_sale(const Sale& sale, const Event& event) {
  using enum Proving::What;
  if (const auto* claim = get_if<ClaimReward>(&event);
      claim != nullptr && claim->steps > 0 && holds_alternative<RewardsPane>(sale.pane))
    return Wanted{{.what = Proving::What::claim, .reward = claim->reward, .steps = claim->steps},
                  Deed::redeem};
  if (holds_alternative<UsePoints>(event) && holds_alternative<ChoicePane>(sale.pane))
    return Wanted{{.what = use_points}, Deed::redeem};
  if (holds_alternative<OpenAgain>(event)) return Wanted{{.what = again}, Deed::see};
  return std::nullopt;
}

std::optional<Wanted> on_tender(const Event& event) {
  const auto* choice = get_if<ChooseTender>(&event);
  if (choice == nullptr) return std::nullopt;
  if (choice->kind != TenderKind::points && choice->kind != TenderKind::wallet) return std::nullopt;
  return Wanted{{.what = Proving::What::tender, .kind = choice->kind}, Deed::redeem};
}

Event event_of(Proving proving) {
  switch (proving.what) {
    case Proving::What::claim:
      return ClaimReward{std::move(proving.reward), proving.steps};
    case Proving::What::use_points:
      return UsePoints{};
    case Proving::What::tender:
      return ChooseTender{proving.kind};
    case Proving::What::again:
      break;
  }
  return OpenAgain{};
}

}  // namespace

std::optional<Proving> wants_proof(const Session& session, const Event& event, Instant now) {
  if (!session.visit.staff || session.till.customer.nobody()) return std::nullopt;
  std::optional<Wanted> wanted;
  if (const auto* sale = get_if<Sale>(&session.visit.screen)) wanted = on_sale(*sale, event);
  if (holds_alternative<Tendering>(session.visit.screen)) wanted = on_tender(event);
  if (!wanted || permits(session.till.recognised.proof, wanted->deed)) return std::nullopt;
  wanted->what.since = now;
  return std::move(wanted->what);
}

Event vouched(Turn& turn) {
  assert(turn.s.visit.staff && turn.s.visit.proving && !turn.s.till.customer.nobody());
  turn.s.till.recognised = {Proof::vouched, {}};
  return event_of(*std::exchange(turn.s.visit.proving, std::nullopt));
}

}  // namespace keepsake::flow
