#include "kiosk/cli/loyalty/quote_output.hpp"

#include <ostream>

#include "storage/domain/loyalty/enum_names.hpp"

namespace keepsake::cli {
namespace {

using namespace loyalty;

Json to_json_date(const std::optional<Date>& date) {
  return date ? Json(to_iso(*date)) : Json(nullptr);
}

Json to_json_why(const Why& why) {
  Json figures = Json::object();
  for (const Figure& figure : why.figures) figures[std::string(figure.name)] = to_text(figure);
  return {{"code", why.code}, {"rule", why.rule}, {"figures", figures}, {"text", sentence(why)}};
}

template <class Items, class Map>
Json to_json_list(const Items& items, Map map) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(map(item));
  return list;
}

Json to_json_use(const LotUse& use) {
  return {{"lot", use.lot}, {"points", to_decimal(use.points)}};
}

Json to_json_lot(const IssuedLot& lot) {
  return {{"points", to_decimal(lot.points)},
          {"expires", to_json_date(lot.expires)},
          {"spendable_from", to_json_date(lot.spendable_from)}};
}

Json to_json_earned(const RuleEarned& rule) {
  return {{"rule", rule.rule},
          {"points", to_decimal(rule.points)},
          {"before_caps", to_decimal(rule.before_caps)},
          {"lines",
           to_json_list(rule.lines,
                        [](const PointsOnLine& part) {
                          return Json{{"line", part.line}, {"points", to_decimal(part.points)}};
                        })},
          {"expires", to_json_date(rule.expires)},
          {"why", to_json_why(rule.why)}};
}

Json to_json_discount(const DiscountTaken& taken) {
  return {{"reward", taken.reward},
          {"code", taken.code},
          {"steps", taken.steps},
          {"amount", to_decimal(taken.amount)},
          {"cost", to_decimal(taken.cost)},
          {"lines",
           to_json_list(taken.lines,
                        [](const MoneyOnLine& part) {
                          return Json{{"line", part.line}, {"amount", to_decimal(part.amount)}};
                        })},
          {"why", to_json_why(taken.why)}};
}

Json to_json_issued(const RewardIssued& issued) {
  return {{"reward", issued.reward},
          {"kind", name_of(issued.kind)},
          {"steps", issued.steps},
          {"cost", to_decimal(issued.cost)},
          {"value", to_decimal(issued.value)},
          {"article", issued.article},
          {"codes", issued.codes},
          {"code", issued.code},
          {"why", to_json_why(issued.why)}};
}

std::string still_pending(const Pending& pending) {
  if (!pending.until) return {};
  return ", " + to_decimal(pending.points) + " of them pending until " + to_iso(*pending.until);
}

Json to_json_lines(const Quote& quote, const Basket& basket) {
  Json lines = Json::array();
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    const QuotedLine& line = quote.lines[i];
    lines.push_back({{"article", basket.lines[i].article},
                     {"gross", to_decimal(line.gross)},
                     {"discount", to_decimal(line.discount)},
                     {"net", to_decimal(line.net)},
                     {"tax", to_decimal(line.tax)},
                     {"by_points", to_decimal(line.by_points)},
                     {"earning", to_decimal(line.earning)},
                     {"points", to_decimal(line.points)}});
  }
  return lines;
}

}  // namespace

Json to_json(const Quote& quote, const Basket& basket, const std::vector<Why>& why) {
  Json answer = {
      {"lines", to_json_lines(quote, basket)},
      {"discounts", to_json_list(quote.discounts, to_json_discount)},
      {"issued", to_json_list(quote.issued, to_json_issued)},
      {"earned", to_json_list(quote.earned, to_json_earned)},
      {"refused",
       to_json_list(quote.refused,
                    [](const Refusal& refusal) {
                      return Json{{"asked", refusal.asked}, {"why", to_json_why(refusal.why)}};
                    })},
      {"not_applied",
       to_json_list(quote.not_applied,
                    [](const Refusal& refusal) {
                      return Json{{"id", refusal.asked}, {"why", to_json_why(refusal.why)}};
                    })},
      {"gross", to_decimal(quote.gross)},
      {"discount", to_decimal(quote.discount)},
      {"total", to_decimal(quote.total)},
      {"tax", to_decimal(quote.tax)},
      {"paid", to_decimal(quote.paid)},
      {"paid_with_points", to_decimal(quote.paid_with_points)},
      {"due", to_decimal(quote.due)},
      {"points_earned", to_decimal(quote.points_earned)},
      {"points_spent", to_decimal(quote.points_spent)},
      {"debt_settled", to_decimal(quote.debt_settled)},
      {"debt_after", to_decimal(quote.debt_after)},
      {"balance_before", to_decimal(quote.balance_before)},
      {"balance_after", to_decimal(quote.balance_after)},
      {"pending_before", to_decimal(quote.pending_before)},
      {"pending_after", to_decimal(quote.pending_after.points)},
      {"pending_until", to_json_date(quote.pending_after.until)},
      {"lots_used", to_json_list(quote.lots_used, to_json_use)},
      {"new_lots", to_json_list(quote.new_lots, to_json_lot)},
      {"tier_before", quote.tier_before},
      {"tier_after", quote.tier_after}};
  if (quote.next_tier) answer["next_tier"] = quote.next_tier->next;
  answer["why"] = to_json_list(why, to_json_why);
  return answer;
}

Json to_json(const PurchaseLedger& ledger) {
  return {{"lines", to_json_list(ledger.lines,
                                 [](const SoldLine& line) {
                                   return Json{{"quantity", to_decimal(line.quantity)},
                                               {"paid", to_decimal(line.net)},
                                               {"earned", to_decimal(line.earned)},
                                               {"spent", to_decimal(line.spent)}};
                                 })},
          {"lots", ledger.lots},
          {"lapsed", to_decimal(ledger.expired)},
          {"spent_lots", to_json_list(ledger.spent, [](const SpentLot& spent) {
             return Json{{"lot", spent.lot},
                         {"points", to_decimal(spent.points)},
                         {"expires", to_json_date(spent.expires)}};
           })}};
}

Json to_json(const ReturnQuote& quote) {
  return {{"lines", to_json_list(quote.lines,
                                 [](const ReturnedLine& line) {
                                   return Json{{"line", line.line},
                                               {"quantity", to_decimal(line.quantity)},
                                               {"amount", to_decimal(line.amount)},
                                               {"reversed", to_decimal(line.reversed)},
                                               {"given_back", to_decimal(line.given_back)}};
                                 })},
          {"amount", to_decimal(quote.amount)},
          {"reversed", to_decimal(quote.reversed)},
          {"given_back", to_decimal(quote.given_back)},
          {"restored", to_json_list(quote.restored, to_json_use)},
          {"new_lots", to_json_list(quote.new_lots, to_json_lot)},
          {"taken", to_json_list(quote.taken, to_json_use)},
          {"debt_before", to_decimal(quote.debt_before)},
          {"debt_after", to_decimal(quote.debt_after)},
          {"balance_before", to_decimal(quote.balance_before)},
          {"balance_after", to_decimal(quote.balance_after)},
          {"pending_after", to_decimal(quote.pending_after.points)},
          {"pending_until", to_json_date(quote.pending_after.until)},
          {"why", to_json_list(quote.why, to_json_why)}};
}

Json to_json(const Member& member, Currency currency, Date as_of) {
  const auto optional = [](Json& into, const char* key, const std::optional<Date>& date) {
    if (date) into[key] = to_iso(*date);
  };
  const auto uses_of = [&](const Uses& uses) {
    Json all = Json::object();
    for (const auto& [id, use] : uses) {
      all[id] = {{"times", use.times},
                 {"points", to_decimal(use.points)},
                 {"points_today", to_decimal(use.points_today)}};
      optional(all[id], "last_on", use.last_on);
      if (use.times_today > 0) all[id]["times_today"] = use.times_today;
    }
    return all;
  };
  Json answer = {{"lots", to_json_list(member.lots,
                                       [&](const Lot& lot) {
                                         Json one = {{"id", lot.id},
                                                     {"issued", to_decimal(lot.issued)},
                                                     {"remaining", to_decimal(lot.remaining)},
                                                     {"earned_on", to_iso(lot.earned_on)}};
                                         optional(one, "expires", lot.expires);
                                         optional(one, "spendable_from", lot.spendable_from);
                                         return one;
                                       })},
                 {"debt", to_decimal(member.debt)},
                 {"wallet", to_decimal(Money{member.wallet_minor, currency})},
                 {"tier", member.tier},
                 {"spend_in_window", to_decimal(Money{member.window.spend_minor, currency})},
                 {"points_in_window", to_decimal(Points{member.window.points_hundredths})},
                 {"visits_in_window", member.window.visits},
                 {"visits", member.visits},
                 {"segments", member.segments},
                 {"earned_today", to_decimal(member.earned_today)},
                 {"uses", uses_of(member.uses)},
                 {"uses_by_all", uses_of(member.uses_by_all)},
                 {"as_of", to_iso(as_of)}};
  optional(answer, "tier_since", member.tier_since);
  if (member.given) {
    answer["earned_tier"] = member.given->earned;
    optional(answer, "earned_since", member.given->earned_since);
    optional(answer, "given_until", member.given->until);
  }
  optional(answer, "last_activity", member.last_activity);
  optional(answer, "birthday", member.birthday);
  return answer;
}

void describe(std::ostream& out, const Quote& quote, const Basket& basket,
              const std::vector<Why>& why) {
  for (std::size_t i = 0; i < quote.lines.size(); ++i)
    out << basket.lines[i].article << ": " << to_decimal(quote.lines[i].net) << ", "
        << to_decimal(quote.lines[i].points) << " points\n";
  for (const auto& each : quote.discounts)
    out << "  " << sentence(each.why) << ": -" << to_decimal(each.amount) << '\n';
  for (const auto& each : quote.issued) out << "  " << sentence(each.why) << '\n';
  for (const auto& each : quote.earned)
    out << "  " << sentence(each.why) << ": +" << to_decimal(each.points) << '\n';
  for (const auto& each : quote.refused)
    out << "  not " << each.asked << ": " << sentence(each.why) << '\n';
  for (const auto& each : quote.not_applied)
    out << "  not " << each.asked << ": " << sentence(each.why) << '\n';
  out << "Total " << to_decimal(quote.total) << ", due " << to_decimal(quote.due) << "; points "
      << to_decimal(quote.balance_before) << " - " << to_decimal(quote.points_spent) << " + "
      << to_decimal(quote.points_earned) << " = " << to_decimal(quote.balance_after)
      << still_pending(quote.pending_after) << '\n';
  for (const Why& each : why) out << "  " << sentence(each) << '\n';
}

void describe(std::ostream& out, const ReturnQuote& quote) {
  out << "To refund " << to_decimal(quote.amount) << "; points " << to_decimal(quote.balance_before)
      << " to " << to_decimal(quote.balance_after) << still_pending(quote.pending_after) << '\n';
  for (const Why& why : quote.why) out << "  " << sentence(why) << '\n';
}

}  // namespace keepsake::cli
