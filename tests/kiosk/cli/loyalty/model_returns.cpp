#include <tuple>

#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/cli/loyalty/model_recount.hpp"

namespace keepsake::cli::loyalty_model {
namespace {

/// What falls on `part` of `all`, half up.
Int share_of(Int whole, Int part, Int all) { return (whole * part * 2 + all) / (2 * all); }

std::vector<FactId> purchases_in(const Return& returned) {
  std::vector<FactId> named;
  for (const ReturnLine& line : returned.lines)
    if (line.purchase && std::ranges::find(named, *line.purchase) == named.end())
      named.push_back(*line.purchase);
  return named;
}

Int day_of_refund(const Tender& tender) {
  return tender.expires ? to_days(*tender.expires) : never;
}

}  // namespace

Recount::Part Recount::share(const Return& returned, const FactId& id, Sold& sold) {
  Part all;
  Int reversed = 0, given_back = 0;  // with what came before
  bool whole = true, whole_before = true;
  for (std::size_t i = 0; i < sold.lines.size(); ++i) {
    Int now = 0;
    for (const ReturnLine& line : returned.lines)
      if (line.purchase == id && line.line_no == i) now += line.quantity.thousandths;
    const Int of = sold.lines[i].thousandths, before = sold.returned[i];
    const Int paid = sold.lines[i].net - sold.lines[i].by_points;
    all.amount += share_of(paid, before + now, of) - share_of(paid, before, of);
    reversed += share_of(sold.earned[i], before + now, of);
    given_back += share_of(sold.spent[i], before + now, of);
    all.reversed_before += share_of(sold.earned[i], before, of);
    all.given_before += share_of(sold.spent[i], before, of);
    sold.returned[i] += now;
    whole = whole && before + now == of;
    whole_before = whole_before && before == of;
  }
  // Parts count whole points; what that leaves goes with the last piece.
  const auto counted = [](Int points, bool all_back) {
    return all_back ? points : points - points % 100;
  };
  all.reversed_before = counted(all.reversed_before, whole_before);
  all.given_before = counted(all.given_before, whole_before);
  all.reversed = counted(reversed, whole) - all.reversed_before;
  all.given_back = counted(given_back, whole) - all.given_before;
  return all;
}

/// To where they came from, the last spent first; for what has expired since, a fresh lot.
void Recount::give_back(Person& person, const Sold& sold, const Part& part, Int day,
                        std::vector<Lot>& fresh) {
  Int skip = part.given_before, left = part.given_back;
  for (auto last = sold.used.rbegin(); last != sold.used.rend(); ++last) {
    const Int skipped = std::min(skip, last->second);
    skip -= skipped;
    const Int points = std::min(left, last->second - skipped);
    left -= points;
    if (points == 0) continue;
    const auto lot = std::ranges::find(person.lots, last->first, &Lot::id);
    if (lot->last_day >= day) {
      lot->left += points;
      ++tally["points restored"];
    } else {
      fresh.push_back({{}, day, day + 20, points});
      ++tally["points given back anew"];
    }
  }
}

void Recount::take_back(Person& person, const FactId& id, const Sold& sold, const Part& part,
                        Int day, std::vector<Lot>& fresh) {
  const Int gone = std::min(sold.expired, part.reversed_before + part.reversed) -
                   std::min(sold.expired, part.reversed_before);
  if (gone > 0) ++tally["points back that had expired"];
  expired -= gone;
  Int need = part.reversed - gone + person.debt;
  const auto take = [&](Lot& lot) {
    const Int points = std::min(need, lot.left);
    lot.left -= points;
    need -= points;
  };
  std::ranges::sort(person.lots, {}, &Lot::id);
  for (Lot& lot : person.lots)
    if (lot.id.fact == id) take(lot);
  std::ranges::sort(person.lots, {}, [](const Lot& lot) {
    return std::tuple(lot.last_day, lot.earned_day, lot.id);
  });
  for (Lot& lot : person.lots)
    if (lot.last_day >= day) take(lot);
  for (Lot& lot : fresh) take(lot);
  std::erase_if(fresh, [](const Lot& lot) { return lot.left == 0; });
  if (need > person.debt) ++tally["debts made"];
  if (need < person.debt) ++tally["debt settled by a return"];
  person.debt = need;
}

/// As if it had never been bought; a code stays used and so does what was handed over.
void Recount::undo_whole(Person& person, const FactId& id, Sold& sold) {
  for (std::size_t i = 0; i < sold.lines.size(); ++i)
    if (sold.returned[i] < sold.lines[i].thousandths) return;
  if (std::exchange(sold.whole, true)) return;
  ++tally["whole purchases back"];
  if (has_goods(sold.lines)) --person.visits;
  for (Uses* uses : {&person.uses, &uses_by_all}) {
    for (auto& [name, all] : *uses) {
      const bool handed_over =
          name == "pocket" || name == "tote" || name == "voucher" || name == "charity";
      if (handed_over || name == "spring" || name.starts_with("code:")) continue;
      std::erase_if(all, [&](const Use& use) { return use.by == id; });
    }
  }
}

void Recount::brought_back(const FactId& id, const Return& returned) {
  if (returned.customer.nobody()) return;
  ++tally["returns"];
  Person& person = people[returned.customer];
  const Int day = to_days(returned.at.date());
  std::vector<Lot> issued_now;
  Int reversed = 0, given_back = 0, amount = 0;
  for (const FactId& purchase : purchases_in(returned)) {
    Sold& sold = sold_.at(purchase);
    const Part part = share(returned, purchase, sold);
    std::vector<Lot> fresh;
    this->give_back(person, sold, part, day, fresh);
    take_back(person, purchase, sold, part, day, fresh);
    issued_now.insert(issued_now.end(), fresh.begin(), fresh.end());
    reversed += part.reversed;
    given_back += part.given_back;
    amount += part.amount;
    undo_whole(person, purchase, sold);
  }
  same(id, "points reversed", returned.points_reversed.hundredths, reversed);
  same(id, "points given back", returned.loyalty->given_back.hundredths, given_back);
  // An imported return says itself what was given for the goods.
  if (returned.origin.empty()) same(id, "given for the goods", returned.total.minor, amount);
  for (std::uint32_t n = 0; n < issued_now.size(); ++n) {
    issued_now[n].id = {id, n};
    person.lots.push_back(issued_now[n]);
  }
  issued += reversed;
  redeemed -= given_back;
  Int of_goods = 0;
  for (const ReturnLine& line : returned.lines)
    if (!line.purchase || !sold_.at(*line.purchase).lines[*line.line_no].load)
      of_goods += line.amount.minor;
  person.spend.emplace_back(day, -of_goods);
  for (const Tender& tender : returned.tenders) {
    if (tender.kind == TenderKind::wallet) person.wallet += tender.amount.minor;
    if (tender.kind == TenderKind::gift_card)
      cards[tender.reference].push_back({day_of_refund(tender), tender.amount.minor, false});
  }
}

}  // namespace keepsake::cli::loyalty_model
