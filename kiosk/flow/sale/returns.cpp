// Goods that come back: find the purchase, choose what of it, give the money back.
#include <algorithm>
#include <cassert>
#include <charconv>

#include "kiosk/flow/figure.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/refund.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {
namespace {

void type(Turn& turn, const std::string& utf8) {
  const Editing e = editing(turn.s.visit.screen);
  if (e.text == nullptr) return;
  if (type_into(*e.text, e.field, utf8) != Typed::taken) turn.refuse("field.full", Kept::form);
}

void erase(Turn& turn) {
  if (const Editing e = editing(turn.s.visit.screen); e.text != nullptr) erase_last(*e.text);
}

void clear(Turn& turn) {
  if (const Editing e = editing(turn.s.visit.screen); e.text != nullptr) e.text->clear();
}

void leave_by(Turn& turn, Place place) {
  if (place == Place::sale || place == Place::start || place == Place::sync) go_to(turn, place);
}

// ---- which purchase

void list(Turn& turn, ReturnFind& find, CustomerRef customer) {
  find.customer = customer;
  find.recent.clear();
  find.list = ReturnFind::List::asked;
  turn.forget<ListPurchases>();
  turn.ask(ListPurchases{customer});
}

void open(Turn& turn, std::variant<FactId, Seq> which) {
  if (turn.asked<OpenPurchase>()) return;
  turn.ask(OpenPurchase{which, turn.now});
}

void open_number(Turn& turn, const std::string& number) {
  Seq seq = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), seq);
  if (number.empty()) return turn.refuse("return.number", Kept::form);
  if (error != std::errc() || end != number.data() + number.size() || seq == 0)
    return turn.refuse("return.unknown-purchase", Kept::form);
  open(turn, seq);
}

void purchase_opened(Turn& turn, const PurchaseOpened& answer) {
  if (!answer.basis.ok()) return turn.fail(answer.basis.error(), Kept::form);
  turn.leave_to(opened(*answer.basis, answer.refunds));
}

void scanned(Turn& turn, ReturnFind& find, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::form);
  std::visit(Overloaded{
                 [&](const ReceiptScanned& receipt) { open_receipt(turn, receipt, Kept::form); },
                 [&](const CustomerView& member) { list(turn, find, member.ref); },
                 [&](const ItemsScanned& found) {
                   if (found.items.size() > 1) return show_items(turn, found.items, Kept::form);
                   open_receipt(turn, {found.items.front().item.purchase}, Kept::form);
                 },
                 [&](std::monostate) { turn.refuse("scan.unknown", Kept::form); },
                 [&](const auto&) { turn.refuse("return.receipt-first", Kept::form); },
             },
             *answer.scanned);
}

// ---- what of it

std::vector<ReturnedPiece> pieces_of(const Returning& r) {
  std::vector<ReturnedPiece> pieces;
  for (std::size_t i = 0; i < r.chosen.size(); ++i)
    if (r.chosen[i].thousandths > 0)
      pieces.push_back({r.sold().id, static_cast<std::uint32_t>(i), r.chosen[i]});
  return pieces;
}

/// Of what is given back onto it; none where nothing expires.
std::optional<Date> last_day_of(const Turn& turn, TenderKind kind) {
  const auto& rule = turn.ctx.stored_value;
  if (kind == TenderKind::wallet) return rule.last_day(StoredValue::wallet, turn.now.date());
  if (kind == TenderKind::gift_card) return rule.last_day(StoredValue::gift_card, turn.now.date());
  return std::nullopt;
}

Result<Return> return_of(const Turn& turn, const Returning& r, const Refund& refund) {
  assert(turn.s.visit.staff && turn.s.till.tenders.empty());
  assert(r.chosen.size() == r.sold().purchase.lines.size());
  const SaleContext sale{
      turn.now,
      turn.s.visit.staff->id,
      turn.s.device.shift ? std::optional(turn.s.device.shift->id) : std::nullopt,
      r.sold().purchase.customer,
      turn.ctx.active->programme,
      turn.ctx.cash_step};
  Refund dated = refund;
  dated.expires = last_day_of(turn, refund.kind);
  return to_return(pieces_of(r), dated, std::string(word_of(r.reason)), sale, *r.basis,
                   turn.ctx.active->rules);
}

/// The same return with its money over the tenders that paid.
Result<Return> as_paid(const Turn& turn, const Returning& r) {
  auto returned = return_of(turn, r, {TenderKind::unknown, {}});
  if (!returned.ok()) return returned;
  const Purchase& purchase = r.sold().purchase;
  auto parts = refund_over(refundable(purchase.tenders, r.refunds, purchase.customer),
                           given_by(*returned), turn.ctx.cash_step);
  if (!parts.ok()) return parts.error();
  // Coins of earlier returns may have given it already: that nothing is given now is said, too.
  if (parts->empty() && returned->total.minor > 0) parts->push_back(returned->tenders.front());
  for (Tender& part : *parts) {
    if (part.kind == TenderKind::unknown) part.kind = TenderKind::cash;
    if (part.kind == TenderKind::card) part.reference = r.reference;
    part.expires = last_day_of(turn, part.kind);
  }
  returned->tenders = *std::move(parts);
  if (const auto ok = check(*returned); !ok.ok()) return ok.error();
  return returned;
}

/// The draft anew. Only cash rounds; who takes the money otherwise is not asked yet.
void redraft(Turn& turn, Returning& r) {
  r.draft.reset();
  if (pieces_of(r).empty()) return;
  const bool cash = r.kind == TenderKind::cash;
  auto draft = r.as_paid ? as_paid(turn, r)
                         : return_of(turn, r, {cash ? TenderKind::cash : TenderKind::unknown, {}});
  if (!draft.ok()) return turn.fail(draft.error(), Kept::form);
  r.draft = *std::move(draft);
}

void choose(Turn& turn, Returning& r, std::size_t line, std::int64_t by) {
  if (line >= r.chosen.size() || by == 0) return;
  const std::int64_t left = left_of(r.sold(), line).thousandths;
  // What is weighed is one thing, like a single piece.
  const PurchaseLine& sold = r.sold().purchase.lines[line];
  const bool weighed = is_weighed(sold.sold_by, sold.quantity);
  const std::int64_t step = weighed ? left : 1000;
  const std::int64_t pieces = std::clamp<std::int64_t>(by, -1000, 1000);
  r.chosen[line].thousandths =
      std::clamp<std::int64_t>(r.chosen[line].thousandths + pieces * step, 0, left);
  redraft(turn, r);
}

void choose_all(Turn& turn, Returning& r) {
  for (std::size_t i = 0; i < r.chosen.size(); ++i) r.chosen[i] = left_of(r.sold(), i);
  redraft(turn, r);
}

/// A piece of the scanned article, of the first line that has one left.
void choose_article(Turn& turn, Returning& r, const Article& article) {
  for (std::size_t i = 0; i < r.chosen.size(); ++i) {
    if (r.sold().purchase.lines[i].article != article.code) continue;
    if (r.chosen[i] >= left_of(r.sold(), i)) continue;
    choose(turn, r, i, 1);
    return turn.play(Sound::good);
  }
  turn.refuse("return.not-on-receipt", Kept::form);
}

// ---- how the money goes

bool needs_reference(TenderKind kind) {
  return kind == TenderKind::card || kind == TenderKind::gift_card;
}

/// A part on a card needs its slip; the gift cards that paid are known.
bool needs_reference(const Returning& r) {
  if (r.as_paid) return going_by(r, TenderKind::card).minor > 0;
  return needs_reference(r.kind);
}

void choose_as_paid(Turn& turn, Returning& r) {
  if (!r.paid_in_parts()) return;
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::form);
  turn.forget<LookUpGiftCard>();
  if (!r.as_paid && r.kind != TenderKind::card) r.reference.clear();
  r.card.clear();
  r.as_paid = true;
  r.kind = TenderKind::card;  // of the one reference that may be asked for
  redraft(turn, r);
}

void choose_tender(Turn& turn, Returning& r, TenderKind kind) {
  const bool offered = kind == TenderKind::cash || needs_reference(kind) ||
                       (kind == TenderKind::wallet && !r.sold().purchase.customer.nobody());
  if (!offered) return;
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::form);
  turn.forget<LookUpGiftCard>();
  if (r.kind != kind || r.as_paid) {
    r.reference.clear();
    r.card.clear();
  }
  r.as_paid = false;
  r.kind = kind;
  if (needs_reference(kind)) r.editing = Field::reference;
  redraft(turn, r);
}

/// The line that sold or filled up this card; none when the purchase did not.
std::optional<std::size_t> line_of_card(const Returning& r, const std::string& card) {
  for (const TopUp& top_up : r.sold().purchase.top_ups)
    if (top_up.kind == StoredValue::gift_card && top_up.card == card) return top_up.line;
  return std::nullopt;
}

void know_card(Turn& turn, Returning& r, const GiftCardView& card) {
  if (const char* code = unfit(card, turn.now.date())) return turn.refuse(code, Kept::form);
  r.as_paid = false;
  r.kind = TenderKind::gift_card;
  r.card = r.reference = card.card;
  r.editing = Field::amount;
  redraft(turn, r);
  turn.play(Sound::good);
}

/// The reference was typed: a gift card is looked up by it.
void close_reference(Turn& turn, Returning& r) {
  if (r.editing != Field::reference) return;
  r.editing = Field::amount;
  if (r.as_paid || r.kind != TenderKind::gift_card || r.reference.empty()) return;
  r.card.clear();
  const auto name = card_name(r.reference);
  if (!name.ok()) return turn.fail(name.error(), Kept::form);
  if (turn.asked<LookUpGiftCard>()) return;
  turn.ask(LookUpGiftCard{*name});
}

void card_found(Turn& turn, Returning& r, const GiftCardFound& answer) {
  if (!answer.found.ok()) return turn.fail(answer.found.error(), Kept::form);
  if (!answer.found.value()) return turn.refuse("gift-card.unknown", Kept::form);
  know_card(turn, r, *answer.found.value());
}

/// Its serial number says which line comes back, where it was sold in this sale.
void choose_item(Turn& turn, Returning& r, const ItemsScanned& found) {
  for (const ItemSeen& each : found.items) {
    const ItemId& id = each.item.id;
    if (id.registration != r.sold().id || id.line < 0) continue;
    const auto line = static_cast<std::size_t>(id.line);
    if (r.chosen[line] >= left_of(r.sold(), line)) continue;
    choose(turn, r, line, 1);
    return turn.play(Sound::good);
  }
  turn.refuse("return.other-item", Kept::form);
}

void scanned(Turn& turn, Returning& r, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::form);
  std::visit(Overloaded{
                 [&](const Article& article) { choose_article(turn, r, article); },
                 [&](const GiftCardView& card) {
                   // A card that was sold here comes back like any article.
                   const auto line = line_of_card(r, card.card);
                   if (!line || r.chosen[*line] >= left_of(r.sold(), *line))
                     return know_card(turn, r, card);
                   choose(turn, r, *line, 1);
                   turn.play(Sound::good);
                 },
                 [&](const ReceiptScanned& receipt) {
                   if (r.draft || r.editing == Field::reference)
                     return turn.refuse("scan.finish-first", Kept::form);
                   open_receipt(turn, receipt, Kept::form);
                 },
                 [&](const CustomerView&) { turn.refuse("scan.not-here", Kept::form); },
                 [&](const CodeScanned&) { turn.refuse("scan.not-here", Kept::form); },
                 [&](const ItemsScanned& found) { choose_item(turn, r, found); },
                 [&](std::monostate) { turn.refuse("scan.unknown", Kept::form); },
             },
             *answer.scanned);
}

/// A card that comes back as a line cannot be what the money goes to.
bool takes_its_own_money(const Returning& r) {
  const auto comes_back = [&](const std::string& card) {
    const auto line = line_of_card(r, card);
    return line && r.chosen[*line].thousandths > 0;
  };
  if (!r.as_paid) return r.kind == TenderKind::gift_card && comes_back(r.card);
  return std::ranges::any_of(r.draft->tenders, [&](const Tender& part) {
    return part.kind == TenderKind::gift_card && comes_back(part.reference);
  });
}

/// nullptr when it can be recorded, else the notice that says what is missing.
const char* objection(const Turn& turn, const Returning& r) {
  if (!r.draft) return "return.nothing";
  if (!turn.s.device.shift) return "shift.none";
  if (turn.asked<ResolveScan>() || turn.asked<LookUpGiftCard>()) return "scan.waiting";
  if (r.draft->total.minor == 0) return nullptr;
  const bool card = r.as_paid ? needs_reference(r) : r.kind == TenderKind::card;
  if (card && r.reference.empty()) return "tender.reference";
  if (!r.as_paid && r.kind == TenderKind::gift_card && r.card.empty()) return "gift-card.number";
  return takes_its_own_money(r) ? "return.same-card" : nullptr;
}

void give_back(Turn& turn, Returning& r) {
  if (const char* code = objection(turn, r)) {
    if (r.draft && needs_reference(r) && !turn.asked<LookUpGiftCard>() &&
        !turn.asked<ResolveScan>())
      r.editing = Field::reference;
    return turn.refuse(code, Kept::form);
  }
  const std::string& reference = r.kind == TenderKind::gift_card ? r.card : r.reference;
  auto returned = r.as_paid ? as_paid(turn, r) : return_of(turn, r, {r.kind, reference});
  if (!returned.ok()) return turn.fail(returned.error(), Kept::form);
  r.draft = *returned;
  turn.ask(RecordFact{*std::move(returned)});
}

/// Of items that are back with nothing left of their line.
int covers_ended(const Returning& r) {
  int covers = 0;
  for (std::size_t i = 0; i < r.chosen.size(); ++i) {
    const bool back = r.chosen[i].thousandths > 0 && r.chosen[i] == left_of(r.sold(), i);
    covers += back && r.sold().purchase.lines[i].warranty ? 1 : 0;
  }
  return covers;
}

ReturnDone done_with(const Returning& r, const Return& returned) {
  ReturnDone done;
  done.total = returned.total;
  done.given = returned.tenders.empty() ? returned.total : given_by(returned);
  done.tenders = returned.tenders;
  done.member = !returned.customer.nobody();
  done.taken = points_taken(returned);
  if (returned.loyalty) {
    done.given_back = returned.loyalty->given_back;
    done.debt = returned.loyalty->debt_added;
  }
  done.covers_ended = covers_ended(r);
  return done;
}

void recorded(Turn& turn, Returning& r, const Recorded& answer) {
  if (!answer.id.ok()) {
    turn.fail(answer.id.error(), Kept::form);
    // What it was judged by is no more: others returned goods, or points moved meanwhile.
    const std::string_view code = answer.id.error().code;
    if (code.starts_with("return.") || code.starts_with("points.")) open(turn, r.sold().id);
    return;
  }
  if (!r.draft) return;
  ReturnDone done = done_with(r, *r.draft);
  done.id = *answer.id;
  if (answer.member) done.balance = answer.member->balance;
  if (going_by(r, TenderKind::cash).minor > 0) turn.emit(OpenDrawer{});
  turn.play(Sound::good);
  // A sale under way knows its member as they were: the next look at it asks anew.
  turn.s.till.member.reset();
  turn.s.till.state.reset();
  turn.requote();
  turn.leave_to(std::move(done));
}

}  // namespace

void to_returns(Turn& turn) {
  // What was paid with points or wallet was judged by the member as they are now.
  if (!turn.s.till.tenders.empty()) return turn.refuse("sale.paid", Kept::basket_and_payments);
  // What somebody bought is not shown for a number alone: a receipt, or everybody's purchases.
  const bool proved = permits(turn.s.till.recognised.proof, Deed::see);
  const CustomerRef customer = proved ? turn.s.till.customer : CustomerRef{};
  turn.leave_to(ReturnFind{});
  list(turn, get<ReturnFind>(turn.s.visit.screen), customer);
}

void open_receipt(Turn& turn, const ReceiptScanned& receipt, Kept kept) {
  if (!receipt.purchase) return turn.refuse("return.unknown-purchase", kept);
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", kept);
  if (!holds_alternative<ReturnFind>(turn.s.visit.screen)) to_returns(turn);
  if (holds_alternative<ReturnFind>(turn.s.visit.screen)) open(turn, *receipt.purchase);
}

void on(Turn& turn, ReturnFind& find, const Event& event) {
  handle(
      event, [&](const Type& e) { type(turn, e.utf8); }, [&](const Erase&) { erase(turn); },
      [&](const ClearField&) { clear(turn); },
      [&](const Submit& e) {
        if (counts(turn, e, find.number, false)) open_number(turn, find.number);
      },
      [&](const PickPurchase& e) {
        if (e.index < find.recent.size()) open(turn, find.recent[e.index].id);
      },
      [&](const PurchasesListed& answer) {
        find.list = answer.purchases.ok() ? ReturnFind::List::there : ReturnFind::List::failed;
        if (!answer.purchases.ok()) return turn.fail(answer.purchases.error(), Kept::form);
        find.recent = *answer.purchases;
      },
      [&](const PurchaseOpened& answer) { purchase_opened(turn, answer); },
      [&](const Scan& e) { turn.resolve(e.text); },
      [&](const ScanResolved& answer) { scanned(turn, find, answer); },
      [&](const Back&) { turn.staff_home(); }, [&](const Go& e) { leave_by(turn, e.place); });
}

void on(Turn& turn, Returning& r, const Event& event) {
  handle(
      event, [&](const ProgrammeChanged&) { redraft(turn, r); },
      [&](const ReturnPieces& e) { choose(turn, r, e.line, e.pieces); },
      [&](const ReturnAll&) { choose_all(turn, r); },
      [&](const ChooseReason& e) {
        r.reason = r.reason == e.reason ? ReturnReason::unsaid : e.reason;
        redraft(turn, r);
      },
      [&](const ChooseTender& e) { choose_tender(turn, r, e.kind); },
      [&](const RefundAsPaid&) { choose_as_paid(turn, r); },
      [&](const Edit& e) {
        if (e.field == Field::amount) close_reference(turn, r);
        if (e.field == Field::reference && needs_reference(r)) r.editing = e.field;
      },
      [&](const Type& e) { type(turn, e.utf8); }, [&](const Erase&) { erase(turn); },
      [&](const ClearField&) { clear(turn); }, [&](const Submit&) { give_back(turn, r); },
      [&](const Scan& e) { turn.resolve(e.text); },
      [&](const ScanResolved& answer) { scanned(turn, r, answer); },
      [&](const GiftCardFound& answer) { card_found(turn, r, answer); },
      [&](const PurchaseOpened& answer) { purchase_opened(turn, answer); },
      [&](const Recorded& answer) { recorded(turn, r, answer); },
      [&](const Back&) {
        if (r.editing != Field::reference) return to_returns(turn);
        r.editing = Field::amount;
      },
      [&](const Go& e) { leave_by(turn, e.place); });
}

void on(Turn& turn, ReturnDone& done, const Event& event) {
  const bool handled = handle(
      event, [&](const Submit&) { turn.staff_home(); }, [&](const Back&) { turn.staff_home(); });
  if (!handled) done_moves(turn, done.id, done.receipt, event);
}

}  // namespace keepsake::flow
