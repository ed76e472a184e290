#include <algorithm>

#include "kiosk/flow/figures.hpp"
#include "kiosk/flow/turn.hpp"
#include "storage/domain/limits.hpp"

namespace keepsake::flow {
namespace {

Tendering with_kind(TenderKind kind) {
  Tendering fresh;
  fresh.kind = kind;
  return fresh;
}

/// The tender that Submit would take.
Tender tender_of(const Tendering& t, const TenderFigures& f) {
  if (t.kind == TenderKind::cash)
    return {TenderKind::cash,
            Money{f.entered.minor - f.change.minor, f.entered.currency},
            f.entered,
            {}};
  return {t.kind, f.entered, f.entered, t.reference};
}

/// nullptr when the entry may be taken, else the notice that says why not.
const char* objection(const Turn& turn, const Tendering& t, const TenderFigures& f) {
  if (!t.amount.empty() && !entered_amount(t.amount, turn.ctx.currency)) return "tender.amount";
  if (f.entered.minor == 0 && !f.enough) return "tender.amount";
  if (t.kind == TenderKind::card) {
    if (f.entered.minor > f.left.minor) return "tender.card-over";
    if (f.entered.minor == 0 && f.total.minor > 0) return "tender.amount";
    if (t.reference.empty()) return "tender.reference";
  } else if (f.entered.minor % std::max<std::int64_t>(1, turn.ctx.cash_step.minor) != 0) {
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
  const SaleContext sale{turn.now,
                         turn.s.visit.staff->id,
                         to_hex(turn.s.device.shift->id),
                         turn.s.till.customer,
                         turn.ctx.programme,
                         turn.ctx.cash_step};
  return to_purchase(turn.s.till.basket, all_tenders(turn.s.till, t, f), sale);
}

void take(Turn& turn, Tendering& t) {
  const TenderFigures f = figures(turn.s.till, t, turn.ctx);
  const bool all_paid = f.left.minor <= 0 && !turn.s.till.tenders.empty();
  if (const char* code = all_paid ? nullptr : objection(turn, t, f)) {
    if (std::string_view(code) == "tender.reference") t.editing = Field::reference;
    return turn.refuse(code,
                       turn.s.till.tenders.empty() ? Kept::basket : Kept::basket_and_payments);
  }
  if (!all_paid && !f.enough) {
    turn.s.till.tenders.push_back(tender_of(t, f));
    t = with_kind(t.kind);
    turn.play(Sound::good);
    return;
  }
  if (turn.asked(Read::scan)) return turn.refuse("scan.waiting", Kept::basket_and_payments);
  if (!turn.s.device.shift) return turn.refuse("shift.none", Kept::basket_and_payments);
  Result<Purchase> purchase = purchase_of(turn, t, f);
  if (!purchase.ok()) return turn.fail(purchase.error(), Kept::basket_and_payments);
  turn.emit(RecordFact{turn.write(Write::purchase), *std::move(purchase)});
}

void recorded(Turn& turn, const Tendering& t, const Recorded& answer) {
  if (!answer.id.ok()) return turn.fail(answer.id.error(), Kept::basket_and_payments);
  // Nothing moved while the write was under way, so the figures are those of the record.
  const TenderFigures f = figures(turn.s.till, t, turn.ctx);
  SaleDone done;
  done.id = *answer.id;
  done.total = f.total;
  done.change = f.change;
  done.cash_rounding = Money{0, turn.ctx.currency};
  std::int64_t paid = 0;
  for (const Tender& tender : all_tenders(turn.s.till, t, f)) {
    done.cash = done.cash || tender.kind == TenderKind::cash;
    paid += tender.amount.minor;
  }
  done.cash_rounding.minor = paid - f.total.minor;
  done.member = !turn.s.till.customer.nobody();
  done.earned = totals(turn.s.till, turn.ctx).points;
  if (answer.member) done.balance = answer.member->balance;
  for (const BasketLine& line : turn.s.till.basket.lines) done.warranties += line.warranty ? 1 : 0;
  turn.s.till = Till{};
  if (done.cash) turn.emit(OpenDrawer{});
  turn.play(Sound::good);
  turn.leave_to(done);
}

void typed(Turn& turn, const std::string& utf8) {
  const Editing e = editing(turn.s.visit.screen);
  if (type_into(*e.text, e.field, utf8) != Typed::taken)
    turn.refuse("field.full", Kept::basket_and_payments);
}

void scanned(Turn& turn, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::basket_and_payments);
  if (const auto* member = std::get_if<CustomerView>(&*answer.scanned))
    return attach(turn, *member);
  if (std::holds_alternative<Article>(*answer.scanned))
    return turn.refuse("scan.in-tender", Kept::basket_and_payments);
  turn.refuse("scan.unknown", Kept::basket_and_payments);
}

}  // namespace

void on(Turn& turn, Tendering& t, const Event& event) {
  std::visit(Overloaded{
                 [&](const ChooseTender& e) {
                   if (e.kind == TenderKind::unknown) return;
                   t = with_kind(e.kind);
                 },
                 [&](const Edit& e) {
                   const bool has = e.field == Field::amount ||
                                    (e.field == Field::reference && t.kind == TenderKind::card);
                   if (has) t.editing = e.field;
                 },
                 [&](const Type& e) { typed(turn, e.utf8); },
                 [&](const Erase&) { erase_last(*editing(turn.s.visit.screen).text); },
                 [&](const ClearField&) { editing(turn.s.visit.screen).text->clear(); },
                 [&](const QuickAmount& e) {
                   if (e.amount.currency == turn.ctx.currency && e.amount.minor >= 0 &&
                       e.amount.minor <= limits::amount_minor)
                     t.amount = to_decimal(e.amount);
                   t.editing = Field::amount;
                 },
                 [&](const RemoveTender& e) {
                   auto& tenders = turn.s.till.tenders;
                   if (e.index < tenders.size())
                     tenders.erase(tenders.begin() + static_cast<std::ptrdiff_t>(e.index));
                 },
                 [&](const Submit&) { take(turn, t); },
                 [&](const Recorded& answer) { recorded(turn, t, answer); },
                 [&](const CustomerFound& answer) {
                   if (answer.customer.ok() && answer.customer.value() &&
                       answer.customer.value()->ref == turn.s.till.customer)
                     attach(turn, *answer.customer.value());
                 },
                 [&](const Scan& e) { turn.resolve(e.text); },
                 [&](const ScanResolved& answer) { scanned(turn, answer); },
                 [&](const Back&) { turn.leave_to(Sale{}); },
                 [&](const Go& e) {
                   if (e.place == Place::sale || e.place == Place::start || e.place == Place::sync)
                     turn.go(e.place);
                 },
                 [](const auto&) {},
             },
             event);
}

void on(Turn& turn, SaleDone& done, const Event& event) {
  std::visit(
      Overloaded{
          [&](const PrintReceipt&) {
            if (!turn.ctx.has_printer || done.receipt == Receipt::printing) return;
            done.receipt = Receipt::printing;
            turn.emit(Print{done.id, language_of(turn.s, turn.ctx), turn.s.visit.staff->name});
          },
          [&](const Submit&) { turn.leave_to(Sale{}); },
          [&](const Back&) { turn.leave_to(Sale{}); },
          [&](const Scan& e) {  // the next customer's first article
            turn.leave_to(Sale{});
            turn.resolve(e.text);
          },
          [&](const Go& e) { turn.go(e.place); },
          [](const auto&) {},
      },
      event);
}

}  // namespace keepsake::flow
