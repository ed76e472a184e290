#include <algorithm>
#include <cassert>
#include <utility>

#include "kiosk/flow/figure.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::flow {
namespace {

Tendering with_kind(TenderKind kind) {
  Tendering fresh;
  fresh.kind = kind;
  return fresh;
}

/// The tender that Submit would take.
Tender tender_of(const Tendering& t, const TenderFigures& f) {
  switch (t.kind) {
    case TenderKind::cash:
      return {t.kind, Money{f.entered.minor - f.change.minor, f.entered.currency}, f.entered, {}};
    case TenderKind::gift_card:
      return {t.kind, f.entered, f.entered, t.card ? t.card->card : std::string()};
    case TenderKind::points:
    case TenderKind::wallet:
      return {t.kind, f.entered, f.entered, {}};
    default:
      return {t.kind, f.entered, f.entered, t.reference};
  }
}

/// There is more on the card, and head office would have to be asked for it.
bool is_for_the_line(const Tendering& t, const TenderFigures& f) {
  if (!t.card || !t.card->offline || t.card->offline->minor >= t.card->balance.minor) return false;
  return f.entered.minor > f.most.minor || (f.most.minor == 0 && f.left.minor > 0);
}

/// Of money that was paid in before: nullptr when it covers the entry.
const char* short_of(const Tendering& t, const TenderFigures& f) {
  if (t.kind == TenderKind::gift_card && !t.card) return "gift-card.number";
  if (is_for_the_line(t, f)) return "spend.offline";
  if (f.most.minor == 0) {
    if (t.kind == TenderKind::points) return "points.none";
    return t.kind == TenderKind::wallet ? "wallet.empty" : "gift-card.empty";
  }
  if (f.entered.minor <= f.most.minor) return nullptr;
  if (t.kind == TenderKind::points) return "points.over";
  return t.kind == TenderKind::wallet ? "wallet.over" : "gift-card.over";
}

/// nullptr when the entry may be taken, else the notice that says why not.
const char* objection(const Turn& turn, const Tendering& t, const TenderFigures& f) {
  if (!t.amount.empty() && !entered_amount(t.amount, turn.ctx.currency)) return "tender.amount";
  const bool paid_in = t.kind == TenderKind::points || t.kind == TenderKind::wallet ||
                       t.kind == TenderKind::gift_card;
  if (t.kind == TenderKind::wallet && turn.s.till.state)
    if (const char* code = unfit(*turn.s.till.state, turn.now.date())) return code;
  if (paid_in)
    if (const char* code = short_of(t, f)) return code;
  if (f.entered.minor == 0 && (paid_in || !f.enough)) return "tender.amount";
  if (t.kind == TenderKind::card) {
    if (f.entered.minor > f.left.minor) return "tender.card-over";
    if (f.entered.minor == 0 && f.total.minor > 0) return "tender.amount";
    if (t.reference.empty()) return "tender.reference";
  } else if (t.kind == TenderKind::cash &&
             f.entered.minor % std::max<std::int64_t>(1, turn.ctx.cash_step.minor) != 0) {
    return "tender.coins";
  }
  if (turn.s.till.tenders.size() >= limits::tenders_per_purchase) return "tenders.limit";
  return nullptr;
}

/// With what is taken and, unless all is paid, what is entered.
std::vector<Tender> all_tenders(const Till& till, const Tendering& t, const TenderFigures& f) {
  std::vector<Tender> tenders = till.tenders;
  if (f.left.minor > 0 || tenders.empty()) tenders.push_back(tender_of(t, f));
  return tenders;
}

Result<Purchase> purchase_of(const Turn& turn, const Tendering& t, const TenderFigures& f) {
  const Till& till = turn.s.till;
  assert(turn.s.visit.staff && turn.s.device.shift);
  assert(till.customer.nobody() || till.state);
  const ActiveProgramme& by = *programme_of(till, turn.ctx);
  const SaleContext sale{
      turn.now,     turn.s.visit.staff->id, turn.s.device.shift->id, till.customer,
      by.programme, turn.ctx.cash_step,     statutory_of(turn.ctx)};
  return to_purchase(till.basket, all_tenders(till, t, f), sale, honoured(till, turn.ctx), by.rules,
                     member_of(till));
}

void refuse_entry(Turn& turn, Tendering& t, const TenderFigures& f, std::string_view code) {
  if (code == "tender.reference" || code == "gift-card.number") t.editing = Field::reference;
  turn.refuse(code, turn.kept());
  if (code == "spend.offline" && turn.s.visit.notice)
    turn.s.visit.notice->shortage = Shortage{
        {card_of(t.card->card, f.most.currency), std::max<std::int64_t>(f.entered.minor, 1)},
        f.most.minor};
}

/// A part: the sale stays open. The quote may bounce what points were to pay.
void take_part(Turn& turn, Tendering& t, const TenderFigures& f) {
  Till next = turn.s.till;
  next.tenders.push_back(tender_of(t, f));
  if (t.card &&
      std::ranges::find(next.cards, t.card->card, &GiftCardView::card) == next.cards.end())
    next.cards.push_back(*t.card);
  if (!turn.accept(std::move(next))) return;
  t = with_kind(t.kind);
  turn.play(Sound::good);
}

void take(Turn& turn, Tendering& t) {
  if (!turn.s.till.customer.nobody() && !turn.s.till.state) {
    turn.load_member();
    return turn.refuse("member.loading", turn.kept());
  }
  // Hours and days of the programme may have passed since the basket was quoted.
  const Money before = totals(turn.s.till, turn.ctx).total;
  turn.requote();
  if (totals(turn.s.till, turn.ctx).total != before)
    return turn.refuse("sale.requoted", turn.kept());
  const TenderFigures f = figures(turn.s.till, t, turn.ctx);
  const bool all_paid = f.left.minor <= 0 && !turn.s.till.tenders.empty();
  if (const char* code = all_paid ? nullptr : objection(turn, t, f))
    return refuse_entry(turn, t, f, code);
  if (!all_paid && !f.enough) return take_part(turn, t, f);
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket_and_payments);
  if (!turn.s.device.shift) return turn.refuse("shift.none", Kept::basket_and_payments);
  Result<Purchase> purchase = purchase_of(turn, t, f);
  if (!purchase.ok()) return turn.fail(purchase.error(), Kept::basket_and_payments);
  if (purchase->loyalty && !in_coins(purchase->loyalty->paid_out, turn.ctx.cash_step))
    return turn.refuse("cash-out.coins", Kept::basket_and_payments);
  assert(!t.recording);
  t.recording = std::make_shared<const Purchase>(*purchase);
  turn.ask(RecordFact{*std::move(purchase)});
}

std::vector<CardLeft> cards_after(const Till& till, const Tendering& t, const Purchase& purchase) {
  std::vector<CardLeft> cards;
  const auto entry = [&](const std::string& card, Money had) -> Money& {
    const auto found = std::ranges::find(cards, card, &CardLeft::card);
    if (found != cards.end()) return found->left;
    return cards.emplace_back(CardLeft{card, had}).left;
  };
  const Money none{0, purchase.currency};
  const auto balance = [&](const std::string& card) {
    if (card.empty()) return Money{till.state ? till.state->wallet_minor : 0, purchase.currency};
    if (t.card && t.card->card == card) return t.card->balance;
    const auto known = std::ranges::find(till.cards, card, &GiftCardView::card);
    return known == till.cards.end() ? none : known->balance;
  };
  for (const Tender& tender : purchase.tenders)
    if (tender.kind == TenderKind::gift_card || tender.kind == TenderKind::wallet)
      entry(tender.reference, balance(tender.reference)).minor -= tender.amount.minor;
  for (const TopUp& top_up : purchase.top_ups)
    entry(top_up.card, balance(top_up.card)).minor += top_up.amount.minor;
  return cards;
}

/// What loyalty did, as the record has it.
void tell_loyalty(const LoyaltyResult& outcome, const loyalty::Rules& rules, SaleDone& done) {
  done.spent = spent_by(outcome);
  done.rules = outcome.rules;
  done.in_hand = outcome.paid_out;
  done.to_wallet = outcome.to_wallet;
  for (const RewardUse& use : outcome.rewards) {
    done.vouchers.insert(done.vouchers.end(), use.vouchers.begin(), use.vouchers.end());
    const loyalty::Reward* reward = loyalty::find_reward(rules, use.reward);
    if (reward != nullptr && is_given(reward->kind)) done.given.push_back(use);
  }
}

SaleDone done_with(const Turn& turn, const Tendering& t, const Purchase& purchase) {
  SaleDone done;
  done.total = purchase.total;
  done.change = done.saved = Money{0, purchase.currency};
  for (const Tender& tender : purchase.tenders) {
    done.cash = done.cash || tender.kind == TenderKind::cash;
    done.change.minor += tender.tendered.minor - tender.amount.minor;
  }
  done.cash_rounding = purchase.cash_rounding;
  done.member = !purchase.customer.nobody();
  done.earned = purchase.points_earned;
  for (const PurchaseLine& line : purchase.lines) {
    done.warranties += line.warranty ? 1 : 0;
    for (const Discount& discount : line.discounts) done.saved.minor += discount.amount.minor;
  }
  if (purchase.loyalty)
    tell_loyalty(*purchase.loyalty, programme_of(turn.s.till, turn.ctx)->rules, done);
  if (done.member && turn.s.till.quote) {
    const loyalty::Quote& quote = *turn.s.till.quote;
    done.pending = quote.pending_after;
    if (quote.tier_after != quote.tier_before) done.reached = quote.tier_after;
  }
  done.cards = cards_after(turn.s.till, t, purchase);
  return done;
}

void recorded(Turn& turn, Tendering& t, const Recorded& answer) {
  const std::shared_ptr<const Purchase> purchase = std::exchange(t.recording, nullptr);
  if (!answer.id.ok()) return turn.fail(answer, Kept::basket_and_payments);
  if (!purchase) return;
  SaleDone done = done_with(turn, t, *purchase);
  done.id = *answer.id;
  if (answer.member) done.balance = answer.member->balance;
  turn.s.till = Till{};
  if (done.cash || done.in_hand.minor > 0) turn.emit(OpenDrawer{});
  turn.play(Sound::good);
  turn.leave_to(done);
}

// ---- the gift card that pays ----

void know_card(Turn& turn, Tendering& t, const GiftCardView& card) {
  if (const char* code = unfit_to_pay(card, turn.now.date())) return turn.refuse(code, turn.kept());
  t = with_kind(TenderKind::gift_card);
  t.card = card;
  if (turn.s.device.sync.link == LinkState::online) t.card->offline.reset();
  t.reference = card.card;
  turn.play(Sound::good);
}

void look_up(Turn& turn, const Tendering& t) {
  const auto name = card_name(t.reference);
  if (!name.ok()) return turn.fail(name.error(), turn.kept());
  if (turn.asked<LookUpGiftCard>()) return;
  turn.ask(LookUpGiftCard{*name});
}

void card_found(Turn& turn, Tendering& t, const GiftCardFound& answer) {
  if (!answer.found.ok()) return turn.fail(answer.found.error(), turn.kept());
  if (!answer.found.value()) return turn.refuse("gift-card.unknown", turn.kept());
  know_card(turn, t, *answer.found.value());
}

void take_back(Turn& turn, std::size_t index) {
  Till next = turn.s.till;
  if (index >= next.tenders.size()) return;
  next.tenders.erase(next.tenders.begin() + static_cast<std::ptrdiff_t>(index));
  turn.accept(std::move(next));
}

void choose(Turn& turn, Tendering& t, TenderKind kind) {
  const bool members = kind == TenderKind::points || kind == TenderKind::wallet;
  if (kind == TenderKind::unknown || (members && turn.s.till.customer.nobody())) return;
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket_and_payments);
  if (kind == TenderKind::wallet && turn.s.till.state)
    if (const char* code = unfit(*turn.s.till.state, turn.now.date()))
      return turn.refuse(code, turn.kept());
  turn.forget<LookUpGiftCard>();
  t = with_kind(kind);
  if (kind == TenderKind::gift_card) t.editing = Field::reference;
}

void edit(Turn& turn, Tendering& t, Field field) {
  const bool has_reference = t.kind == TenderKind::card || t.kind == TenderKind::gift_card;
  if (field == Field::reference && has_reference) {
    t.editing = field;
    if (t.kind == TenderKind::gift_card) t.card.reset();
  } else if (field == Field::amount) {
    const bool asks = t.editing == Field::reference && t.kind == TenderKind::gift_card && !t.card;
    t.editing = Field::amount;
    if (asks && !t.reference.empty()) look_up(turn, t);
  }
}

void submit(Turn& turn, Tendering& t, const Submit& how) {
  // A slow scanner's reference, or a gift card's number, is still to be looked at.
  if (t.editing == Field::reference && !how.burst.empty()) return edit(turn, t, Field::amount);
  const TenderFigures f = figures(turn.s.till, t, turn.ctx);
  const bool much = t.kind == TenderKind::cash && is_much_cash(f.entered, f.left_cash);
  if (counts(turn, how, t.amount, much)) take(turn, t);
}

void typed(Turn& turn, const std::string& utf8) {
  const Editing e = editing(turn.s.visit.screen);
  assert(e.text != nullptr);  // paying always has a field
  if (type_into(*e.text, e.field, utf8) != Typed::taken)
    turn.refuse("field.full", Kept::basket_and_payments);
}

void scanned(Turn& turn, Tendering& t, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::basket_and_payments);
  if (const auto* member = std::get_if<CustomerView>(&*answer.scanned))
    return attach(turn, *member, by_card(answer.text));
  if (const auto* card = std::get_if<GiftCardView>(&*answer.scanned))
    return know_card(turn, t, *card);
  if (const auto* code = std::get_if<CodeScanned>(&*answer.scanned))
    return show_listed(turn, *code);
  if (std::holds_alternative<ItemsScanned>(*answer.scanned))
    return turn.remark("scan.finish-first", Kept::basket_and_payments);
  if (std::holds_alternative<Article>(*answer.scanned))
    return turn.remark("scan.in-tender", Kept::basket_and_payments);
  turn.remark("scan.unknown", Kept::basket_and_payments);
}

}  // namespace

void on(Turn& turn, Tendering& t, const Event& event) {
  handle(
      event, [&](const ChooseTender& e) { choose(turn, t, e.kind); },
      [&](const Edit& e) { edit(turn, t, e.field); }, [&](const Type& e) { typed(turn, e.utf8); },
      [&](const Erase&) { erase_last(*editing(turn.s.visit.screen).text); },
      [&](const ClearField&) { editing(turn.s.visit.screen).text->clear(); },
      [&](const QuickAmount& e) {
        if (e.amount.currency == turn.ctx.currency && e.amount.minor >= 0 &&
            e.amount.minor <= limits::amount_minor)
          t.amount = to_decimal(e.amount);
        t.editing = Field::amount;
      },
      [&](const RemoveTender& e) { take_back(turn, e.index); },
      [&](const Submit& e) { submit(turn, t, e); },
      [&](const Recorded& answer) { recorded(turn, t, answer); },
      [&](const CustomerFound& answer) {
        if (answer.customer.ok() && answer.customer.value() &&
            answer.customer.value()->ref == turn.s.till.customer)
          attach(turn, *answer.customer.value(), {});
      },
      [&](const MemberLoaded& answer) { member_loaded(turn, answer); },
      [&](const GiftCardFound& answer) { card_found(turn, t, answer); },
      [&](const Scan& e) {
        if (!show_code(turn, e.text)) turn.resolve(e.text);
      },
      [&](const ScanResolved& answer) { scanned(turn, t, answer); },
      [&](const Back&) { turn.leave_to(Sale{}); },
      [&](const Go& e) {
        if (e.place == Place::sale || e.place == Place::start || e.place == Place::sync)
          go_to(turn, e.place);
      });
}

void done_moves(Turn& turn, const FactId& fact, Receipt& receipt, const Event& event) {
  handle(
      event,
      [&](const PrintReceipt&) {
        if (!turn.ctx.has_printer || receipt == Receipt::printing) return;
        receipt = Receipt::printing;
        assert(turn.s.visit.staff);
        turn.emit(Print{fact, language_of(turn.s.visit, turn.ctx), turn.s.visit.staff->name});
      },
      [&](const Scan& e) {  // the next customer's first article
        turn.leave_to(Sale{});
        turn.resolve(e.text);
      },
      [&](const Go& e) { go_to(turn, e.place); });
}

void on(Turn& turn, SaleDone& done, const Event& event) {
  const bool handled = handle(
      event, [&](const Submit&) { turn.leave_to(Sale{}); },
      [&](const Back&) { turn.leave_to(Sale{}); });
  if (!handled) done_moves(turn, done.id, done.receipt, event);
}

}  // namespace keepsake::flow
