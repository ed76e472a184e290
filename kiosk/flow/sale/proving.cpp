// What is the customer's own is neither used up nor changed on the word of somebody who knows their
// number: it takes the card, the member's PIN, or a member of staff who vouches.
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

bool is_blocked(const CustomerPage& page) {
  return page.seen && page.seen->standing &&
         page.seen->standing->overview.wallet_state == WalletState::blocked;
}

/// Before a change is begun, not when it is saved: nothing that was typed is lost to a "no". Notes
/// are the staff's own, levels the shop's to give, and whoever is told of a loss blocks a wallet at once.
std::optional<Wanted> on_page(const CustomerPage& page, const Event& event) {
  using enum Proving::What;
  if (!page.seen || page.editing) return std::nullopt;
  if (const auto* open = get_if<OpenEntry>(&event);
      open != nullptr && open->field != note_field && open->field != level_field)
    return Wanted{{.what = entry, .field = open->field, .replaces = open->replaces}, Deed::change};
  if (const auto* gone = get_if<RemoveContact>(&event))
    return Wanted{{.what = removal, .replaces = gone->tag}, Deed::change};
  if (const auto* ask = get_if<AskConsent>(&event))
    return Wanted{{.what = consent, .purpose = ask->purpose}, Deed::change};
  if (holds_alternative<AskWalletState>(event) && is_blocked(page))
    return Wanted{{.what = wallet}, Deed::change};
  return std::nullopt;
}

Event event_of(Proving proving) {
  switch (proving.what) {
    case Proving::What::claim:
      return ClaimReward{std::move(proving.reward), proving.steps};
    case Proving::What::use_points:
      return UsePoints{};
    case Proving::What::tender:
      return ChooseTender{proving.kind};
    case Proving::What::entry:
      return OpenEntry{std::move(proving.field), proving.replaces};
    case Proving::What::removal:
      return RemoveContact{*proving.replaces};
    case Proving::What::consent:
      return AskConsent{proving.purpose};
    case Proving::What::wallet:
      return AskWalletState{};
    case Proving::What::again:
      break;
  }
  return OpenAgain{};
}

/// What was asked is answered, and what was begun goes on.
Event go_on(Turn& turn, Recognition how) {
  assert(turn.s.visit.staff && turn.s.visit.proving);
  Proving proving = *std::exchange(turn.s.visit.proving, std::nullopt);
  if (proving.customer == turn.s.till.customer)
    turn.s.till.recognised = std::move(how);
  else
    turn.s.visit.proved = Proved{proving.customer, std::move(how)};
  return event_of(std::move(proving));
}

}  // namespace

std::optional<Proving> wants_proof(const Session& session, const Event& event, Instant now) {
  if (!session.visit.staff) return std::nullopt;
  CustomerRef customer = session.till.customer;
  std::optional<Wanted> wanted;
  if (const auto* sale = get_if<Sale>(&session.visit.screen)) wanted = on_sale(*sale, event);
  if (holds_alternative<Tendering>(session.visit.screen)) wanted = on_tender(event);
  if (const auto* page = get_if<CustomerPage>(&session.visit.screen)) {
    customer = page->customer;
    wanted = on_page(*page, event);
  }
  if (!wanted || customer.nobody() ||
      permits(recognition_of(session, customer).proof, wanted->deed))
    return std::nullopt;
  wanted->what.customer = customer;
  wanted->what.since = now;
  return std::move(wanted->what);
}

Event vouched(Turn& turn) { return go_on(turn, {Proof::vouched, {}}); }

void prove_by_pin(Turn& turn) {
  Proving& proving = *turn.s.visit.proving;
  if (proving.pin->size() < 4) return turn.refuse("pin.short", turn.kept());
  // A PIN is not kept a moment longer than it takes to ask.
  std::string pin = std::exchange(*proving.pin, {});
  turn.ask(CheckMemberPin{.pin = std::move(pin), .customer = proving.customer});
}

std::optional<Event> proved_by_pin(Turn& turn, const MemberProved& answer) {
  if (!answer.customer.ok()) {
    turn.refuse(notice_code(answer.customer.error()), turn.kept(), answer.tries_left);
    return std::nullopt;
  }
  turn.play(Sound::good);
  return go_on(turn, by_pin(answer.proof));
}

}  // namespace keepsake::flow
