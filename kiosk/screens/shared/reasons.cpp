#include "kiosk/screens/shared/reasons.hpp"

#include <algorithm>

#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/locale/timeline_words.hpp"

namespace keepsake::screens {
namespace {

const loyalty::Figure* figure(const loyalty::Why& why, std::string_view name) {
  const auto found = std::ranges::find(why.figures, name, &loyalty::Figure::name);
  return found == why.figures.end() ? nullptr : &*found;
}

struct InLanguage {
  const Locale& locale;
  std::string operator()(std::int64_t value) const { return locale.number(value); }
  std::string operator()(Points value) const { return locale.points_words(value); }
  std::string operator()(const Money& value) const { return locale.amount(value); }
  std::string operator()(Quantity value) const { return locale.quantity(value); }
  std::string operator()(Date value) const { return locale.date_short(value); }
  std::string operator()(const std::string& value) const { return value; }
};

std::string said(const Scene& s, const loyalty::Why& why, std::string_view name) {
  const loyalty::Figure* found = figure(why, name);
  return found == nullptr ? std::string() : std::visit(InLanguage{s.locale()}, found->value);
}

std::string event_words(const Scene& s, const loyalty::Why& why) {
  const std::string event = said(s, why, "event");
  if (event == "birthday") return s.tr("for the birthday");
  if (event == "first purchase") return s.tr("for the first purchase");
  if (event == "nth visit") return s.tr("for repeat visits");
  if (event == "warranty registered") return s.tr("for registering a warranty");
  return s.tr("for a special event");
}

/// `name` in the reader's language; `otherwise` where it has no text.
std::string called(const Scene& s, const LocalizedText& name, const std::string& otherwise) {
  const std::string& words = name.in(code_of(s.locale().language()));
  return words.empty() ? otherwise : words;
}

/// "Silver members \u00D7 1.25" of each id in "silver-bonus, light-week".
std::string multiplier_names(const Scene& s, std::string_view ids) {
  std::string words;
  const auto& all = s.programme().rules.earning.multipliers;
  while (!ids.empty()) {
    const std::size_t end = std::min(ids.find(", "), ids.size());
    const auto found = std::ranges::find(all, ids.substr(0, end), &loyalty::Multiplier::id);
    ids.remove_prefix(std::min(end + 2, ids.size()));
    if (found == all.end()) continue;
    if (!words.empty()) words += ", ";
    words += called(s, found->name, found->id) + " \u00D7 " +
             s.locale().points(Points{found->millionths / 10'000});
  }
  return words;
}

std::string rate_words(const Scene& s, const loyalty::Why& why) {
  if (why.code == "earn.per-amount")
    return s.tr("{points} per {step} on {amount}", {{"points", said(s, why, "points")},
                                                    {"step", said(s, why, "for_each")},
                                                    {"amount", said(s, why, "amount")}});
  if (why.code == "earn.per-item")
    return s.tr("{quantity} × {points} each",
                {{"points", said(s, why, "points")}, {"quantity", said(s, why, "quantity")}});
  if (why.code == "earn.event") return event_words(s, why);
  return s.tr("for this purchase");
}

}  // namespace

std::string earned_because(const Scene& s, const loyalty::Why& why) {
  std::string words = rate_words(s, why);
  if (const auto by = said(s, why, "multiplied_by"); !by.empty())
    words += ", " + multiplier_names(s, by);
  if (figure(why, "cap") != nullptr) words += ", " + s.tr("up to the maximum");
  return words;
}

std::string refused_because(const Scene& s, const loyalty::Why& why) {
  if (why.code == "refuse.points-short") {
    const auto* cost = figure(why, "cost");
    const auto* balance = figure(why, "balance");
    const auto* wanted = cost == nullptr ? nullptr : std::get_if<Points>(&cost->value);
    const auto* there = balance == nullptr ? nullptr : std::get_if<Points>(&balance->value);
    if (wanted != nullptr && there != nullptr)
      return s.tr(
          "{points} more",
          {{"points", s.locale().points_words(Points{wanted->hundredths - there->hundredths})}});
  }
  if (why.code == "refuse.minimum")
    return s.tr("from {amount}", {{"amount", said(s, why, "minimum")}});
  if (why.code == "refuse.minimum-quantity")
    return s.tr("from {quantity} items", {{"quantity", said(s, why, "minimum")}});
  if (why.code == "refuse.no-member") return s.tr("members only");
  if (why.code == "refuse.not-alone") return s.tr("cannot be combined");
  if (why.code == "refuse.steps" || why.code == "refuse.used" || why.code == "refuse.code-used")
    return s.tr("already used");
  if (why.code == "refuse.code-spent" || why.code == "refuse.code-spent-by")
    return s.tr("already used");
  if (why.code == "refuse.no-list") return s.tr("no codes at this till");
  if (why.code == "refuse.nothing-fits") return s.tr("no matching items");
  if (why.code == "refuse.incomplete") return s.tr("items still missing");
  if (why.code == "refuse.better") return s.tr("a better discount applies");
  if (why.code == "refuse.stock") return s.tr("none left");
  return s.tr("not available now");
}

std::string rule_name(const Scene& s, const std::string& id) {
  if (auto words = adjustment_name(s.locale(), id); !words.empty()) return words;
  const loyalty::EarningRule* rule = loyalty::find_rule(s.programme().rules, id);
  if (rule == nullptr) return id;
  // The programme's basic rule has no name of its own.
  const std::string& programme = s.programme().rules.name;
  return called(s, rule->name, programme.empty() ? s.tr("Points") : programme);
}

std::string reward_name(const Scene& s, const std::string& id) {
  return keepsake::reward_name(s.locale(), s.programme().rules, id);
}

std::string pending_words(const Scene& s, const loyalty::Pending& pending) {
  if (!pending.until) return {};
  return s.tr("{points} of these are pending, usable from {date}",
              {{"points", s.locale().points(pending.points)},
               {"date", s.locale().date_long(*pending.until)}});
}

std::string tier_name(const Scene& s, const std::string& id) {
  const auto& levels = s.programme().rules.tiers.levels;
  const auto level = std::ranges::find(levels, id, &loyalty::TierLevel::id);
  return level == levels.end() ? std::string() : called(s, level->name, id);
}

std::string counted_reward(const Scene& s, const RewardUse& use) {
  const std::string name = reward_name(s, use.reward);
  if (use.steps == 1) return name;
  return s.tr("{count} × {name}", {{"count", s.locale().number(use.steps)}, {"name", name}});
}

}  // namespace keepsake::screens
