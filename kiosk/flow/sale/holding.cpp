// A sale put on hold and recalled; and the last basket of a member, once more. Also the way
// into gift cards, which stands in the same pane.
#include <algorithm>
#include <cassert>

#include "kiosk/flow/sale/handlers.hpp"
#include "storage/domain/values/handle.hpp"

namespace keepsake::flow {
namespace {

void hold(Turn& turn) {
  const Till& till = turn.s.till;
  if (till.basket.lines.empty()) return turn.refuse("sale.empty");
  if (!till.tenders.empty()) return turn.refuse("sale.paid", Kept::basket_and_payments);
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket);
  if (turn.s.device.held.size() >= held_at_once) return turn.refuse("hold.full", Kept::basket);
  assert(turn.s.visit.staff);
  HeldSale basket;
  basket.at = turn.now;
  basket.staff = turn.s.visit.staff->name;
  basket.lines = wanted_of(till.basket);
  basket.total = till.quote ? till.quote->gross : Money{0, turn.ctx.currency};
  turn.ask(PutOnHold{std::move(basket)});
}

void recall(Turn& turn, std::size_t index) {
  const auto& held = turn.s.device.held;
  if (index >= held.size()) return;
  if (!turn.s.till.basket.lines.empty()) return turn.refuse("hold.basket", turn.kept());
  turn.ask(Recall{held[index].id});
}

void open_again(Turn& turn, Sale& sale) {
  const auto& member = turn.s.till.member;
  if (!member || member->last_purchases.empty()) return;
  if (turn.asked<LoadLines>()) return;
  const FactId last = member->last_purchases.front().id;
  if (turn.s.till.again_of == last && !turn.s.till.basket.lines.empty())
    return turn.refuse("again.twice", turn.kept());
  if (!turn.ask(LoadLines{last})) return;
  AgainPane pane;
  pane.purchase = last;
  sale.pane = std::move(pane);
}

void open_gift_card(Turn& turn, Sale& sale, StoredValue kind) {
  GiftCardPane pane;
  pane.kind = kind;
  if (kind == StoredValue::wallet) {
    if (turn.s.till.customer.nobody()) return turn.refuse("wallet.member", turn.kept());
    if (turn.s.till.state && turn.s.till.state->wallet_state == WalletState::blocked)
      return turn.refuse("wallet.blocked", turn.kept());
    pane.checked = true;
    pane.editing = Field::amount;
  }
  sale.pane = pane;
}

/// What pays in to a card or wallet is no article of the catalogue. A wallet needs its member.
void name_loads(const Turn& turn, std::vector<FoundLine>& lines) {
  for (FoundLine& line : lines) {
    if (!line.wanted.top_up) continue;
    TopUp& top_up = *line.wanted.top_up;
    const bool wallet = top_up.kind == StoredValue::wallet;
    top_up.expires = turn.ctx.stored_value.last_day(top_up.kind, turn.now.date());
    line.article.reset();
    if (wallet && turn.s.till.customer.nobody()) continue;
    line.article = wallet ? turn.ctx.wallet : turn.ctx.gift_card;
    line.article->price = UnitPrice::from_minor(line.wanted.top_up->amount.minor);
  }
}

/// The lines at today's prices, as far as they are sold; false when nothing could be put in.
bool put_in(Turn& turn, Sale& sale, std::vector<FoundLine> lines,
            std::vector<FoundLine>& left_out) {
  name_loads(turn, lines);
  Till next = turn.s.till;
  if (next.basket.lines.empty()) next.basket.currency = turn.ctx.currency;
  const std::size_t before = next.basket.lines.size();
  Refilled refilled =
      refill(std::move(next.basket), lines, turn.now.date(), statutory_of(turn.ctx));
  left_out = std::move(refilled.left_out);
  const bool any = refilled.basket != turn.s.till.basket && !refilled.basket.lines.empty();
  if (const auto sums = keepsake::totals(refilled.basket); !sums.ok()) {
    turn.fail(sums.error(), turn.kept());
    return false;
  }
  next.basket = std::move(refilled.basket);
  if (!any || !turn.accept(std::move(next))) return false;
  if (turn.s.till.basket.lines.size() > before) sale.touched = before;
  turn.play(Sound::good);
  return true;
}

}  // namespace

bool open_held_sales(Turn& turn, Sale& sale, const Event& event) {
  return handle(
      event, [&](const HoldSale&) { hold(turn); },
      [&](const OpenHeldSales&) { sale.pane = HeldSalesPane{}; },
      [&](const RecallSale& e) { recall(turn, e.index); },
      [&](const OpenAgain&) { open_again(turn, sale); },
      [&](const OpenGiftCard& e) { open_gift_card(turn, sale, e.kind); });
}

void held(Turn& turn, Sale& sale, const OnHold& answer) {
  if (!answer.held.ok()) return turn.fail(answer.held.error(), turn.kept());
  turn.s.device.held = *answer.held;
  turn.s.till = Till{};
  sale = Sale{};
  turn.notify(Tone::good, "hold.held");
}

void lines_found(Turn& turn, Sale& sale, const LinesFound& answer) {
  if (answer.held) turn.s.device.held = *answer.held;
  auto* again = get_if<AgainPane>(&sale.pane);
  if (!answer.lines.ok()) {
    if (again != nullptr) sale.pane = Lines{};
    return turn.fail(answer.lines.error(), turn.kept());
  }
  if (!answer.held) {
    if (again == nullptr) return;
    again->lines = *answer.lines;
    again->loaded = true;
    return;
  }
  std::vector<FoundLine> left_out;
  sale.pane = Lines{};
  put_in(turn, sale, *answer.lines, left_out);
  if (!left_out.empty()) sale.pane = AgainPane{AgainPane::Of::held, std::move(left_out), true};
}

void submit(Turn& turn, Sale& sale, AgainPane& pane) {
  if (!pane.loaded) return;
  if (pane.of == AgainPane::Of::held) {
    sale.pane = Lines{};
    return;
  }
  const std::vector<FoundLine> lines = std::move(pane.lines);
  const std::optional<FactId> purchase = pane.purchase;
  sale.pane = Lines{};
  std::vector<FoundLine> left_out;
  if (put_in(turn, sale, lines, left_out))
    turn.s.till.again_of = purchase;
  else if (!turn.s.visit.notice)
    turn.refuse("again.none", turn.kept());
}

}  // namespace keepsake::flow
