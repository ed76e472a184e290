// A sale put aside and taken up again; and the last basket of a member, once more. Also the way
// into gift cards, which stands in the same pane.
#include <algorithm>

#include "kiosk/flow/sale/handlers.hpp"

namespace keepsake::flow {
namespace {

void park(Turn& turn) {
  const Till& till = turn.s.till;
  if (till.basket.lines.empty()) return turn.refuse("sale.empty");
  if (!till.tenders.empty()) return turn.refuse("sale.paid", Kept::basket_and_payments);
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket);
  if (turn.s.device.parked.size() >= parked_at_once) return turn.refuse("park.full", Kept::basket);
  ParkedBasket basket;
  basket.at = turn.now;
  basket.staff = turn.s.visit.staff->name;
  basket.lines = wanted_of(till.basket);
  basket.total = till.quote ? till.quote->gross : Money{0, turn.ctx.currency};
  turn.ask(Park{std::move(basket)});
}

void take_up(Turn& turn, std::size_t index) {
  const auto& parked = turn.s.device.parked;
  if (index >= parked.size()) return;
  if (!turn.s.till.basket.lines.empty()) return turn.refuse("park.basket", turn.kept());
  turn.ask(TakeUp{parked[index].id});
}

void open_again(Turn& turn, Sale& sale) {
  const auto& member = turn.s.till.member;
  if (!member || member->last_purchases.empty()) return;
  if (turn.asked<LoadLines>()) return;
  if (turn.ask(LoadLines{member->last_purchases.front().id})) sale.pane = AgainPane{};
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
    if (!line.wanted.load) continue;
    ValueLoad& load = *line.wanted.load;
    const bool wallet = load.kind == StoredValue::wallet;
    load.expires = turn.ctx.stored_value.last_day(load.kind, turn.now.date());
    line.article.reset();
    if (wallet && turn.s.till.customer.nobody()) continue;
    line.article = wallet ? turn.ctx.wallet : turn.ctx.gift_card;
    line.article->price = UnitPrice::from_minor(line.wanted.load->amount.minor);
  }
}

/// The lines at today's prices, as far as they are sold; false when nothing could be put in.
bool put_in(Turn& turn, Sale& sale, std::vector<FoundLine> lines,
            std::vector<FoundLine>& left_out) {
  name_loads(turn, lines);
  Till next = turn.s.till;
  if (next.basket.lines.empty()) next.basket.currency = turn.ctx.currency;
  const std::size_t before = next.basket.lines.size();
  Refilled refilled = refill(std::move(next.basket), lines, turn.now.date());
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

bool open_parking(Turn& turn, Sale& sale, const Event& event) {
  return std::visit(Overloaded{
                        [&](const ParkSale&) {
                          park(turn);
                          return true;
                        },
                        [&](const OpenParked&) {
                          sale.pane = ParkedPane{};
                          return true;
                        },
                        [&](const TakeUpParked& e) {
                          take_up(turn, e.index);
                          return true;
                        },
                        [&](const OpenAgain&) {
                          open_again(turn, sale);
                          return true;
                        },
                        [&](const OpenGiftCard& e) {
                          open_gift_card(turn, sale, e.kind);
                          return true;
                        },
                        [](const auto&) { return false; },
                    },
                    event);
}

void parked(Turn& turn, Sale& sale, const Parked& answer) {
  if (!answer.parked.ok()) return turn.fail(answer.parked.error(), turn.kept());
  turn.s.device.parked = *answer.parked;
  turn.s.till = Till{};
  sale = Sale{};
  turn.say(Tone::good, "park.parked");
}

void lines_found(Turn& turn, Sale& sale, const LinesFound& answer) {
  if (answer.parked) turn.s.device.parked = *answer.parked;
  auto* again = std::get_if<AgainPane>(&sale.pane);
  if (!answer.lines.ok()) {
    if (again != nullptr) sale.pane = Lines{};
    return turn.fail(answer.lines.error(), turn.kept());
  }
  if (!answer.parked) {
    if (again == nullptr) return;
    again->lines = *answer.lines;
    again->loaded = true;
    return;
  }
  std::vector<FoundLine> left_out;
  sale.pane = Lines{};
  put_in(turn, sale, *answer.lines, left_out);
  if (!left_out.empty()) sale.pane = AgainPane{AgainPane::Of::parked, std::move(left_out), true};
}

void submit(Turn& turn, Sale& sale, AgainPane& pane) {
  if (!pane.loaded) return;
  if (pane.of == AgainPane::Of::parked) {
    sale.pane = Lines{};
    return;
  }
  const std::vector<FoundLine> lines = std::move(pane.lines);
  sale.pane = Lines{};
  std::vector<FoundLine> left_out;
  if (!put_in(turn, sale, lines, left_out) && !turn.s.visit.notice)
    turn.refuse("again.none", turn.kept());
}

}  // namespace keepsake::flow
