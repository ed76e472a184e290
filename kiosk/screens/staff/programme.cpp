// What the programme in force says, for managers: to read. It is published by head office, or by the
// command where there is none.
#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct RuleRow {
  std::string name;
  std::string detail;
};

NameAndDetail words_of(const RuleRow& row) {
  return {row.name,
          row.detail,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

std::string called(const Scene& s, const LocalizedText& name, const std::string& otherwise) {
  const std::string& words = name.in(code_of(s.locale().language()));
  return words.empty() ? otherwise : words;
}

std::string money(const Scene& s, std::int64_t minor) {
  return s.locale().unit_money(UnitPrice::from_minor(minor), s.context.currency);
}

std::string points_for(const Scene& s, const loyalty::EarningRule& rule) {
  const std::string points = s.locale().points_words(rule.points);
  switch (rule.kind) {
    case loyalty::EarnKind::per_amount:
      return s.tr("{points} for each {money}",
                  {{"points", points}, {"money", money(s, rule.for_each_minor)}});
    case loyalty::EarnKind::per_item:
      return s.tr("{points} for each item", {{"points", points}});
    case loyalty::EarnKind::per_order:
      return s.tr("{points} for each purchase", {{"points", points}});
    case loyalty::EarnKind::event:
      break;
  }
  return points;
}

/// What a rule asks beside the purchase itself is in the programme's file; that it asks is said.
std::string with_conditions(const Scene& s, std::string words, bool conditions) {
  return conditions ? s.tr("{rule}, with conditions", {{"rule", words}}) : words;
}

bool has_conditions(const loyalty::EarningRule& rule) {
  return !(rule.filter == loyalty::Filter{}) || !(rule.minimum == loyalty::Minimum{});
}

void earning(const Scene& s, const loyalty::Rules& rules, std::vector<RuleRow>& rows) {
  for (const loyalty::EarningRule& each : rules.earning.rules)
    rows.push_back({called(s, each.name, s.tr("Points")),
                    with_conditions(s, points_for(s, each), has_conditions(each))});
  for (const loyalty::Multiplier& each : rules.earning.multipliers) {
    const std::string times = to_decimal(Quantity{each.millionths / 1000});
    rows.push_back({called(s, each.name, each.id),
                    with_conditions(s, s.tr("Points") + " × " + typed_amount(s.locale(), times),
                                    !(each.filter == loyalty::Filter{}))});
  }
}

void paying(const Scene& s, const loyalty::Rules& rules, std::vector<RuleRow>& rows) {
  const std::int64_t worth = rules.redeeming.point_value_milli_minor;
  if (worth > 0)
    rows.push_back({s.tr("Paying with points"),
                    s.locale().points_words(Points{100}) + " = " +
                        s.locale().unit_money(UnitPrice{worth}, s.context.currency)});
}

std::string expiry_words(const Scene& s, const loyalty::Expiry& expiry) {
  using loyalty::ExpiryKind;
  switch (expiry.kind) {
    case ExpiryKind::never:
      break;
    case ExpiryKind::days:
      return s.trn("after {n} day", "after {n} days", expiry.count);
    case ExpiryKind::months:
      return s.trn("after {n} month", "after {n} months", expiry.count);
    case ExpiryKind::end_of_month:
      if (expiry.count == 0) return s.tr("at the end of the month");
      return s.trn("at the end of the month, {n} month later",
                   "at the end of the month, {n} months later", expiry.count);
    case ExpiryKind::end_of_year:
      if (expiry.count == 0) return s.tr("at the end of the year");
      return s.trn("at the end of the year, {n} year later",
                   "at the end of the year, {n} years later", expiry.count);
    case ExpiryKind::inactivity:
      return s.trn("after {n} month without a purchase", "after {n} months without a purchase",
                   expiry.count);
  }
  return s.tr("never");
}

std::string threshold_words(const Scene& s, loyalty::TierBasis basis, std::int64_t threshold) {
  switch (basis) {
    case loyalty::TierBasis::spend:
      return s.tr("from {figure}", {{"figure", money(s, threshold)}});
    case loyalty::TierBasis::points:
      return s.tr("from {figure}", {{"figure", s.locale().points_words(Points{threshold})}});
    case loyalty::TierBasis::visits:
      break;
  }
  return s.tr("from {figure}", {{"figure", s.trn("{n} visit", "{n} visits", threshold)}});
}

std::vector<RuleRow> rows_of(const Scene& s, const ActiveProgramme& active) {
  const loyalty::Rules& rules = active.rules;
  std::vector<RuleRow> rows;
  rows.push_back({rules.name.empty() ? s.tr("Programme") : rules.name,
                  s.tr("version {n}", {{"n", s.locale().number(active.programme.version)}})});
  earning(s, rules, rows);
  paying(s, rules, rows);
  rows.push_back({s.tr("Points expire"), expiry_words(s, rules.expiry)});
  for (const loyalty::TierLevel& each : rules.tiers.levels)
    rows.push_back({s.tr("Level: {name}", {{"name", called(s, each.name, each.id)}}),
                    threshold_words(s, rules.tiers.basis, each.threshold)});
  for (const loyalty::Reward& each : rules.rewards)
    rows.push_back({s.tr("Reward: {name}", {{"name", called(s, each.name, each.id)}}),
                    each.cost.hundredths > 0 ? s.locale().points_words(each.cost) : s.tr("Free")});
  return rows;
}

}  // namespace

void draw(Scene& s, const flow::ProgrammePage&) {
  Rect body = staff_frame(s, {.title = s.tr("Programme"), .detail = {}, .back = s.tr("Back")});
  const ActiveProgramme& active = *s.context.active;
  if (active.programme.version == 0) {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, ui::Icon::star, s.tr("No programme is published."));
    ui::end_card(s.ui);
    return;
  }
  const std::vector<RuleRow> rows = rows_of(s, active);
  const float words = ui::row_width(s.ui, body.w) - 2 * s.metrics().pad;
  std::vector<float> heights;
  heights.reserve(rows.size());
  for (const RuleRow& each : rows)
    heights.push_back(
        std::max(s.metrics().target, name_and_detail_height(s, words, words_of(each)) + 2.5f));
  body.h = std::min(
      body.h, std::accumulate(heights.begin(), heights.end(), 2 * s.ui.theme().card_border_mm));
  card_list(s,
            {.id = "rules", .at = body, .count = rows.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& row) {
              name_and_detail(s, row.inset(s.metrics().pad, 1), words_of(rows[i]));
            });
}

}  // namespace keepsake::screens
