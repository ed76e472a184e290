// Gift cards and wallets sold and filled up in a sale.
#include <algorithm>
#include <cassert>

#include "kiosk/flow/sale/handlers.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::flow {
namespace {

bool in_basket(const Till& till, const std::string& card) {
  return std::ranges::any_of(till.basket.lines, [&](const BasketLine& line) {
    return line.top_up && line.top_up->kind == StoredValue::gift_card && line.top_up->card == card;
  });
}

bool pays(const Till& till, const std::string& card) {
  return std::ranges::any_of(till.tenders, [&](const Tender& tender) {
    return tender.kind == TenderKind::gift_card && tender.reference == card;
  });
}

void ask_for(Turn& turn, GiftCardPane& pane) {
  const auto name = card_name(pane.card);
  if (!name.ok()) return turn.fail(name.error(), turn.kept());
  if (in_basket(turn.s.till, *name)) return turn.refuse("gift-card.twice", turn.kept());
  if (turn.asked<LookUpGiftCard>()) return;
  turn.ask(LookUpGiftCard{*name});
}

void know(Turn& turn, GiftCardPane& pane, const std::string& card,
          const std::optional<GiftCardView>& known) {
  if (in_basket(turn.s.till, card)) return turn.refuse("gift-card.twice", turn.kept());
  if (!known)
    if (const auto ok = expect_new_card(card, turn.ctx.stored_value.form); !ok.ok())
      return turn.fail(ok.error(), turn.kept());
  const bool blocked = known && known->state == GiftCardState::blocked;
  if (blocked && !turn.s.visit.staff->manager) return turn.refuse("gift-card.blocked", turn.kept());
  pane.card = card;
  pane.known = known;
  pane.checked = true;
  pane.asking = blocked;  // nothing else can be done with it
  pane.editing = Field::amount;
}

void put_in(Turn& turn, Sale& sale, const GiftCardPane& pane) {
  const auto amount = entered_amount(pane.amount, turn.ctx.currency);
  if (!amount || amount->minor == 0) return turn.refuse("tender.amount", turn.kept());
  const bool wallet = pane.kind == StoredValue::wallet;
  Article article = wallet ? turn.ctx.wallet : turn.ctx.gift_card;
  article.price = UnitPrice::from_minor(amount->minor);
  Till next = turn.s.till;
  if (next.basket.lines.empty()) next.basket.currency = turn.ctx.currency;
  auto basket = with_article(next.basket, article, Quantity::pieces(1));
  if (!basket.ok()) return turn.fail(basket.error(), turn.kept());
  const std::size_t line = basket->lines.size() - 1;  // lines that pay in take nothing up
  assert(line == next.basket.lines.size());
  TopUp top_up;
  top_up.line = line;
  top_up.kind = pane.kind;
  top_up.card = wallet ? std::string() : pane.card;
  top_up.amount = *amount;
  top_up.expires = turn.ctx.stored_value.last_day(pane.kind, turn.now.date());
  auto loaded = with_top_up(*std::move(basket), line, top_up);
  if (!loaded.ok()) return turn.fail(loaded.error(), turn.kept());
  if (const auto sums = keepsake::totals(*loaded); !sums.ok())
    return turn.fail(sums.error(), turn.kept());
  next.basket = *std::move(loaded);
  if (!turn.accept(std::move(next))) return;
  sale.pane = Lines{};
  sale.touched = line;
  turn.play(Sound::good);
}

/// Cards are blocked by whoever is told of a loss, and freed by a manager.
void change_state(Turn& turn, const GiftCardPane& pane) {
  assert(pane.known && turn.s.visit.staff);  // only a card that was found is asked about
  const bool blocked = pane.known->state == GiftCardState::blocked;
  GiftCardChange change;
  change.at = turn.now;
  change.staff = turn.s.visit.staff->id;
  change.card = pane.known->card;
  change.state = blocked ? GiftCardState::active : GiftCardState::blocked;
  turn.ask(RecordFact{std::move(change)});
}

}  // namespace

void ask_card_state(Turn& turn, GiftCardPane& pane) {
  if (!pane.known) return;
  // What the sale pays with or fills up stays as it is until the sale is over.
  if (in_basket(turn.s.till, pane.known->card) || pays(turn.s.till, pane.known->card))
    return turn.refuse("gift-card.twice", turn.kept());
  pane.asking = true;
}

void card_changed(Turn& turn, Sale& sale) {
  const auto* pane = get_if<GiftCardPane>(&sale.pane);
  if (pane == nullptr || !pane->known) return;
  const bool was_blocked = pane->known->state == GiftCardState::blocked;
  sale.pane = Lines{};
  turn.notify(Tone::good, was_blocked ? "gift-card.freed" : "gift-card.stopped");
  turn.play(Sound::good);
}

const char* unfit(const GiftCardView& card, Date today) {
  if (card.state == GiftCardState::blocked) return "gift-card.blocked";
  if (card.expires && *card.expires < today) return "gift-card.expired";
  return nullptr;
}

const char* unfit(const loyalty::Member& member, Date today) {
  if (member.wallet_state == WalletState::blocked) return "wallet.blocked";
  if (member.wallet_until && *member.wallet_until < today) return "wallet.expired";
  return nullptr;
}

const char* unfit_to_pay(const GiftCardView& card, Date today) {
  if (const char* code = unfit(card, today)) return code;
  return card.balance.minor <= 0 ? "gift-card.empty" : nullptr;
}

bool fills_wallet(const Till& till) {
  return std::ranges::any_of(till.basket.lines, [](const BasketLine& line) {
    return line.top_up && line.top_up->kind == StoredValue::wallet;
  });
}

bool uses_wallet(const Till& till) {
  return fills_wallet(till) ||
         std::ranges::find(till.tenders, TenderKind::wallet, &Tender::kind) != till.tenders.end();
}

bool fills_blocked_wallet(const Till& till) {
  return till.state && till.state->wallet_state == WalletState::blocked && fills_wallet(till);
}

void submit(Turn& turn, Sale& sale, GiftCardPane& pane) {
  if (pane.asking) return change_state(turn, pane);
  if (pane.checked) return put_in(turn, sale, GiftCardPane(pane));
  ask_for(turn, pane);
}

void gift_card_scanned(Turn& turn, Sale& sale, const std::string& card,
                       const std::optional<GiftCardView>& known) {
  auto* pane = get_if<GiftCardPane>(&sale.pane);
  if (pane == nullptr || pane->kind == StoredValue::wallet) return;
  const auto name = card_name(card);
  if (!name.ok()) return turn.fail(name.error(), turn.kept());
  know(turn, *pane, *name, known);
}

void gift_card_found(Turn& turn, Sale& sale, const GiftCardFound& answer) {
  auto* pane = get_if<GiftCardPane>(&sale.pane);
  if (pane == nullptr || pane->checked) return;
  if (!answer.found.ok()) return turn.fail(answer.found.error(), turn.kept());
  know(turn, *pane, answer.card, answer.found.value());
}

}  // namespace keepsake::flow
