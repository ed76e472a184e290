#include "storage/domain/values/limits.hpp"
#include "storage/programme/read_parts.hpp"

namespace keepsake {
namespace {

using loyalty::EarningRule;
using loyalty::EarnKind;
using loyalty::Event;

constexpr std::int64_t most_uses = 1'000'000'000;

void read_event(TableReader& reader, EarningRule& rule) {
  if (rule.kind != EarnKind::event) {
    for (const auto* key : {"event", "every_nth", "days_before", "days_after"})
      reader.refuse(key, "Only a rule of kind \"event\" has this", "Remove it, or change the kind");
    return;
  }
  rule.event = reader.word<Event>("event", Need::required).value_or(Event::none);
  if (rule.event == Event::nth_visit) {
    rule.every_nth_visit =
        static_cast<std::int32_t>(reader.whole("every_nth", Need::required, 1, 10'000).value_or(1));
  } else {
    reader.refuse("every_nth", "Only the event \"nth visit\" has this", "Remove it");
  }
  if (rule.event == Event::birthday) {
    const auto days = [&](std::string_view key) {
      return static_cast<std::int32_t>(reader.whole(key, Need::optional, 0, 180).value_or(0));
    };
    rule.days_before = days("days_before");
    rule.days_after = days("days_after");
  } else {
    reader.refuse("days_before", "Only the event \"birthday\" has this", "Remove it");
    reader.refuse("days_after", "Only the event \"birthday\" has this", "Remove it");
  }
}

}  // namespace

EarningRule read_base(TableReader& reader) {
  EarningRule rule;
  rule.id = "base";
  rule.points = reader.points("points", Need::required).value_or(Points{});
  rule.for_each_minor = reader.money("for_each", Need::required).value_or(0);
  rule.group = reader.text("group", Need::optional, limits::code_bytes).value_or("");
  reader.finish();
  return rule;
}

EarningRule read_rule(TableReader& reader) {
  EarningRule rule;
  rule.id = reader.text("id", Need::required, limits::code_bytes).value_or("");
  rule.name = reader.wording("name", Need::optional, limits::name_bytes).value_or(rule.id);
  const auto kind = reader.word<EarnKind>("kind", Need::required);
  rule.kind = kind.value_or(EarnKind::per_order);
  rule.points = reader.points("points", Need::required).value_or(Points{});
  if (rule.kind == EarnKind::per_amount) {
    rule.for_each_minor = reader.money("for_each", Need::required).value_or(0);
  } else if (kind) {
    reader.refuse("for_each", "Only a rule of kind \"per amount\" has this",
                  "Remove it, or change the kind");
  } else {
    reader.node("for_each");
  }
  if (kind) {
    read_event(reader, rule);
  } else {
    for (const auto* key : {"event", "every_nth", "days_before", "days_after"}) reader.node(key);
  }
  rule.filter = read_filter(reader);
  rule.minimum = read_minimum(reader);
  rule.caps = read_caps(reader);
  rule.group = reader.text("group", Need::optional, limits::code_bytes).value_or("");
  if (reader.flag("multiplied") == false) rule.multiplied = loyalty::Multiplied::no;
  rule.limits.by_all = reader.whole("uses", Need::optional, 1, most_uses);
  rule.limits.per_customer = reader.whole("uses_per_customer", Need::optional, 1, most_uses);
  if (const auto* table = reader.table("expiry")) {
    TableReader expiry(*table, reader.dotted("expiry"), reader.currency(), reader.mistakes());
    rule.expiry = read_expiry(expiry);
    expiry.finish();
    if (rule.expiry->kind == loyalty::ExpiryKind::inactivity)
      expiry.add_error("kind", "programme.contradiction", "Inactivity applies to all points",
                       "Write it in [expiry], or choose another kind here");
  }
  reader.finish();
  return rule;
}

loyalty::Multiplier read_multiplier(TableReader& reader) {
  loyalty::Multiplier multiplier;
  multiplier.id = reader.text("id", Need::required, limits::code_bytes).value_or("");
  multiplier.name =
      reader.wording("name", Need::optional, limits::name_bytes).value_or(multiplier.id);
  const auto times =
      reader.decimal("times", Need::required, {3, 1'000'000, "programme.range", "programme.range"});
  multiplier.millionths = times.value_or(1000) * 1000;
  if (times && *times < 0)
    reader.add_error("times", "programme.range", "The multiplier must not be negative",
                     "Write one such as \"1.5\"");
  if (times && *times == 1000)
    reader.add_error("times", "programme.contradiction", "A multiplier of 1 has no effect",
                     "Write another figure");
  multiplier.filter = read_filter(reader);
  if (!multiplier.filter.order.tenders.empty())
    reader.refuse("tenders", "A multiplier cannot depend on the tender",
                  "Write a rule with tenders instead");
  reader.finish();
  return multiplier;
}

loyalty::Tiers read_tiers(TableReader& reader) {
  using namespace loyalty;
  Tiers tiers;
  tiers.basis = reader.word<TierBasis>("basis", Need::required).value_or(TierBasis::spend);
  tiers.window = reader.word<TierWindow>("window", Need::optional).value_or(TierWindow::lifetime);
  if (tiers.window == TierWindow::rolling_months) {
    tiers.months =
        static_cast<std::int32_t>(reader.whole("months", Need::required, 1, 120).value_or(12));
  } else {
    reader.refuse("months", "Only the window \"rolling months\" has this", "Remove it");
  }
  tiers.upgrade = reader.word<Upgrade>("upgrade", Need::optional).value_or(Upgrade::at_once);
  tiers.downgrade = reader.word<Downgrade>("downgrade", Need::optional).value_or(Downgrade::none);
  if (tiers.downgrade == Downgrade::assigned) {
    tiers.assigned = reader.text("assigned", Need::required, limits::code_bytes).value_or("");
  } else {
    reader.refuse("assigned", "Only the downgrade \"assigned\" has this", "Remove it");
  }
  if (tiers.window == TierWindow::lifetime) {
    if (tiers.downgrade != Downgrade::none)
      reader.refuse("downgrade", "A lifetime window has no period after which to downgrade",
                    "Choose a window, or remove it");
    if (tiers.upgrade == Upgrade::period_end)
      reader.refuse("upgrade", "A lifetime window has no end of period",
                    "Choose a window, or remove it");
  }
  tiers.counts =
      reader.word<LevelCounts>("counts_from", Need::optional).value_or(LevelCounts::next_purchase);
  if (tiers.counts == LevelCounts::this_purchase && tiers.upgrade == Upgrade::period_end)
    reader.refuse("counts_from", "Levels that begin after a period count for no purchase in it",
                  "Remove it, or let levels begin at once");
  for (const toml::table* table : reader.tables("level")) {
    TableReader level(*table, reader.dotted("level"), reader.currency(), reader.mistakes());
    TierLevel made;
    made.id = level.text("id", Need::required, limits::code_bytes).value_or("");
    made.name = level.wording("name", Need::optional, limits::name_bytes).value_or(made.id);
    const int exponent = reader.currency().exponent();
    const int decimals = tiers.basis == TierBasis::spend    ? exponent
                         : tiers.basis == TierBasis::points ? 2
                                                            : 0;
    made.threshold =
        level
            .decimal("threshold", Need::required,
                     {decimals, limits::amount_minor, "programme.range", "programme.range"})
            .value_or(0);
    if (made.threshold < 0)
      level.add_error("threshold", "programme.range", "A threshold must be zero or more",
                      "Raise it");
    if (!tiers.levels.empty() && made.threshold <= tiers.levels.back().threshold)
      level.add_error(
          "threshold", "programme.unreachable",
          "The threshold is not above that of the level before, so that level cannot be held",
          "List the levels from the lowest to the highest, each with a higher threshold");
    level.finish();
    tiers.levels.push_back(std::move(made));
  }
  if (tiers.levels.empty() && !reader.has("level"))
    reader.add_error("level", "programme.missing", "There are no levels",
                     "Add [[tiers.level]] with id and threshold");
  reader.finish();
  return tiers;
}

}  // namespace keepsake
