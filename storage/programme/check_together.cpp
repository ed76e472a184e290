#include <algorithm>
#include <map>
#include <set>

#include "storage/programme/read_parts.hpp"

namespace keepsake {
namespace {

using loyalty::EarningRule;
using loyalty::EarnKind;

class Together {
 public:
  Together(const toml::table& root, const loyalty::Rules& programme, Mistakes& mistakes)
      : root_(root), programme_(programme), mistakes_(mistakes) {}

  void run() {
    ids();
    levels();
    groups();
    for (std::size_t i = 0; i < rules().size(); ++i) gives_something(i);
    codes();
    loads();
    pools();
    lone_choices();
    endless_events();
    pending();
  }

 private:
  const std::vector<EarningRule>& rules() const { return programme_.earning.rules; }

  // [earn] is the first rule when it is there.
  bool has_base() const { return root_.contains("earn"); }

  static const toml::table* item(const toml::table& in, std::string_view list, std::size_t index) {
    const toml::array* array = in[list].as_array();
    return array == nullptr || index >= array->size() ? nullptr : array->get_as<toml::table>(index);
  }
  const toml::table* item(std::string_view list, std::size_t index) const {
    return item(root_, list, index);
  }
  const toml::table* rule_table(std::size_t index) const {
    if (has_base() && index == 0) return root_["earn"].as_table();
    return item("rule", index - (has_base() ? 1 : 0));
  }

  std::string where(const toml::table* table) const {
    return mistakes_.where(table == nullptr ? Place{} : place_of(*table));
  }

  void add_error(const toml::table* table, std::string_view key, std::string_view code,
                 std::string what, std::string remedy) {
    if (table == nullptr) return;
    const toml::node* value = table->get(key);
    mistakes_.add_error(place_of(value == nullptr ? *table : *value), key, code, std::move(what),
                        std::move(remedy));
  }

  void unknown(const toml::table* table, std::string_view key, const std::string& word,
               const std::vector<std::string_view>& known, const std::string& what) {
    const auto near = nearest(word, known);
    add_error(table, key, "programme.unknown", what,
              near.empty() ? "Define it, or use one that is defined"
                           : "Did you mean \"" + std::string(near) + "\"?");
  }

  void ids();
  void levels();
  void tier_names(const toml::table* table, const loyalty::Filter& filter,
                  const std::vector<std::string_view>& known);
  void groups();
  void gives_something(std::size_t index);
  void codes();
  void loads();
  void pools();
  void lone_choices();
  void endless_events();
  void pending();
  void outlives_pending(const toml::table* table, const loyalty::Expiry& expiry);
  void warn(const toml::table* table, std::string_view key, std::string_view code, std::string what,
            std::string remedy);
  void warn_of_loads(const toml::table* table, const loyalty::Filter& filter, std::string what);

  const toml::table& root_;
  const loyalty::Rules& programme_;
  Mistakes& mistakes_;
};

// Rules, multipliers and rewards share one set of ids, because uses are counted by id.
void Together::ids() {
  std::map<std::string_view, const toml::table*> seen;
  const auto once = [&](std::string_view id, const toml::table* table) {
    if (id.empty() || seen.emplace(id, table).second) return;
    add_error(table, "id", "programme.twice",
              "This id is already used by another rule or reward, at " + where(seen.at(id)),
              "Choose another");
  };
  for (std::size_t i = 0; i < rules().size(); ++i) once(rules()[i].id, rule_table(i));
  for (std::size_t i = 0; i < programme_.earning.multipliers.size(); ++i)
    once(programme_.earning.multipliers[i].id, item("multiplier", i));
  for (std::size_t i = 0; i < programme_.rewards.size(); ++i)
    once(programme_.rewards[i].id, item("reward", i));
}

void Together::tier_names(const toml::table* table, const loyalty::Filter& filter,
                          const std::vector<std::string_view>& known) {
  for (const std::string& tier : filter.order.tiers) {
    if (std::ranges::find(known, tier) == known.end())
      unknown(table, "tiers", tier, known, "Unknown level");
  }
  for (const std::string& tier : filter.order.not_tiers) {
    if (std::ranges::find(known, tier) == known.end())
      unknown(table, "not_tiers", tier, known, "Unknown level");
  }
}

void Together::levels() {
  const auto& tiers = programme_.tiers;
  const toml::table* table = root_["tiers"].as_table();
  std::vector<std::string_view> known;
  for (const auto& level : tiers.levels) {
    if (std::ranges::find(known, level.id) != known.end())
      add_error(item(*table, "level", known.size()), "id", "programme.twice",
                "Two levels have the same id", "Rename one");
    known.push_back(level.id);
  }
  if (!tiers.assigned.empty() && std::ranges::find(known, tiers.assigned) == known.end())
    unknown(table, "assigned", tiers.assigned, known, "Unknown level");
  for (std::size_t i = 0; i < rules().size(); ++i)
    tier_names(rule_table(i), rules()[i].filter, known);
  for (std::size_t i = 0; i < programme_.earning.multipliers.size(); ++i)
    tier_names(item("multiplier", i), programme_.earning.multipliers[i].filter, known);
  for (std::size_t i = 0; i < programme_.rewards.size(); ++i)
    tier_names(item("reward", i), programme_.rewards[i].filter, known);
}

void Together::groups() {
  std::vector<std::string_view> known;
  const auto& all = programme_.earning.groups;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::ranges::find(known, all[i].id) != known.end())
      add_error(item("group", i), "id", "programme.twice", "There is already a group with this id",
                "Rename one");
    known.push_back(all[i].id);
    if (std::ranges::none_of(rules(), [&](const auto& rule) { return rule.group == all[i].id; }))
      add_error(item("group", i), "id", "programme.unused", "No rule belongs to this group",
                "Name it in a rule, or remove it");
  }
  for (std::size_t i = 0; i < rules().size(); ++i) {
    const std::string& group = rules()[i].group;
    if (!group.empty() && std::ranges::find(known, group) == known.end())
      unknown(rule_table(i), "group", group, known, "Unknown group");
  }
}

// Rules that can never give a point, although each key of them is right.
void Together::gives_something(std::size_t index) {
  const EarningRule& rule = rules()[index];
  const auto& earning = programme_.earning;
  const std::int64_t unit = loyalty::quantum(earning.rounding.decimals);
  const bool once = rule.kind == EarnKind::per_order || rule.kind == EarnKind::event;
  const bool multiplied =
      rule.multiplied == loyalty::Multiplied::yes && !earning.multipliers.empty();
  if (once && !multiplied && earning.rounding.mode == loyalty::RoundingMode::down &&
      rule.points.hundredths > 0 && rule.points.hundredths < unit)
    add_error(rule_table(index), "points", "programme.contradiction",
              "So few points are always rounded down to none",
              "Give more, or raise decimals in [rounding]");
  const auto& tenders = rule.filter.order.tenders;
  const bool only_points = !tenders.empty() && std::ranges::all_of(tenders, [](auto kind) {
    return kind == TenderKind::points;
  });
  if (only_points && rule.kind == EarnKind::per_amount &&
      earning.paid_with_points == loyalty::Counts::no)
    add_error(rule_table(index), "tenders", "programme.contradiction",
              "What is paid with points earns nothing in this programme",
              "Name other tenders, or write points_paid = \"ignore\" in [counting]");
  for (const auto* list :
       {&rule.filter.lines.labels, &rule.filter.lines.categories, &rule.filter.lines.articles}) {
    const auto& never = earning.never;
    const auto& out = list == &rule.filter.lines.labels       ? never.not_labels
                      : list == &rule.filter.lines.categories ? never.not_categories
                                                              : never.not_articles;
    const bool all_out = !list->empty() && std::ranges::all_of(*list, [&](const auto& word) {
      return std::ranges::find(out, word) != out.end();
    });
    if (all_out)
      add_error(rule_table(index), "id", "programme.contradiction",
                "[counting] excludes everything that this rule is about",
                "Remove it there, or remove the rule");
  }
}

void Together::codes() {
  std::map<std::string_view, std::size_t> owners;
  for (std::size_t i = 0; i < programme_.rewards.size(); ++i) {
    for (const auto& coupon : programme_.rewards[i].codes) {
      if (!owners.emplace(coupon.code, i).second)
        add_error(item("reward", i), "codes", "programme.twice", "A code is given twice",
                  "Give each reward its own codes");
    }
    std::set<std::string_view> pool;
    for (const auto& code : programme_.rewards[i].pool) {
      if (!pool.insert(code).second)
        add_error(item("reward", i), "pool", "programme.twice", "A code appears twice in the pool",
                  "Remove one");
    }
  }
}

void Together::warn_of_loads(const toml::table* table, const loyalty::Filter& filter,
                             std::string what) {
  if (table == nullptr || !loyalty::names_loads(filter.lines)) return;
  const toml::node* value = table->get("labels");
  mistakes_.warn(place_of(value == nullptr ? *table : *value), "labels", "programme.loads",
                 std::move(what),
                 "Remove gift-card and wallet from labels, unless this is what you want");
}

// Money paid in is owed to the customer: an owner may have it earn or cost less, with open eyes.
void Together::loads() {
  for (std::size_t i = 0; i < rules().size(); ++i)
    warn_of_loads(rule_table(i), rules()[i].filter,
                  "Earns when money is paid in to a gift card or wallet, and again when it is "
                  "spent");
  for (std::size_t i = 0; i < programme_.earning.multipliers.size(); ++i)
    warn_of_loads(item("multiplier", i), programme_.earning.multipliers[i].filter,
                  "Multiplies points for money that is paid in to a gift card or wallet");
  for (std::size_t i = 0; i < programme_.rewards.size(); ++i)
    warn_of_loads(item("reward", i), programme_.rewards[i].filter,
                  loyalty::is_discount(programme_.rewards[i].kind)
                      ? "Sells gift cards or wallet money below what they hold"
                      : "Is given for money that is paid in to a gift card or wallet");
}

// Each till hands the codes out by what it knows of their use itself.
void Together::pools() {
  for (std::size_t i = 0; i < programme_.rewards.size(); ++i) {
    const toml::table* table = item("reward", i);
    if (table == nullptr || programme_.rewards[i].pool.empty()) continue;
    const toml::node* value = table->get("pool");
    mistakes_.warn(place_of(value == nullptr ? *table : *value), "pool", "programme.pool",
                   "Each till hands out these codes by itself: two tills give the same code",
                   "Publish this reward at one till only");
  }
}

void Together::warn(const toml::table* table, std::string_view key, std::string_view code,
                    std::string what, std::string remedy) {
  if (table == nullptr) return;
  const toml::node* value = table->get(key);
  mistakes_.warn(place_of(value == nullptr ? *table : *value), key, code, std::move(what),
                 std::move(remedy));
}

// The best of one is that one: mostly a slip of the pen.
void Together::lone_choices() {
  std::map<std::string_view, int> members;
  for (const auto& reward : programme_.rewards) ++members[reward.best_of];
  for (std::size_t i = 0; i < programme_.rewards.size(); ++i) {
    const std::string& word = programme_.rewards[i].best_of;
    if (!word.empty() && members[word] == 1)
      warn(item("reward", i), "best_of", "programme.lone", "No other reward has this word",
           "Write the same word at each reward of which only the best should apply");
  }
}

// Anybody can answer surveys, bring friends and register what was bought elsewhere.
void Together::endless_events() {
  using loyalty::Event;
  for (std::size_t i = 0; i < rules().size(); ++i) {
    const EarningRule& rule = rules()[i];
    const bool by_themselves = rule.event == Event::survey || rule.event == Event::referrer ||
                               rule.event == Event::warranty_registered;
    const auto& caps = rule.caps;
    const auto& all = programme_.earning.caps;
    const bool bounded = caps.per_day || caps.per_customer || rule.limits.per_customer ||
                         rule.limits.by_all || all.per_day || all.per_customer;
    if (by_themselves && !bounded)
      warn(rule_table(i), "event", "programme.uncapped",
           "One member can earn this without end, and without buying anything",
           "Add cap_per_day, cap_per_customer or uses_per_customer");
  }
}

// At the shortest, from the day that earns them.
std::optional<std::int64_t> shortest_life(const loyalty::Expiry& expiry) {
  constexpr std::int64_t shortest_month = 28;
  switch (expiry.kind) {
    case loyalty::ExpiryKind::never:
      return std::nullopt;
    case loyalty::ExpiryKind::days:
      return expiry.count;
    case loyalty::ExpiryKind::months:
    case loyalty::ExpiryKind::inactivity:
    case loyalty::ExpiryKind::end_of_month:
      return shortest_month * expiry.count;
    case loyalty::ExpiryKind::end_of_year:
      return std::int64_t{365} * expiry.count;
  }
  return std::nullopt;
}

// By the calendar some points live long enough and others do not; that only surprises.
void Together::outlives_pending(const toml::table* table, const loyalty::Expiry& expiry) {
  const auto life = shortest_life(expiry);
  if (table == nullptr || !life || *life >= programme_.pending_days) return;
  const std::string days = std::to_string(programme_.pending_days);
  const bool calendar = expiry.kind == loyalty::ExpiryKind::end_of_month ||
                        expiry.kind == loyalty::ExpiryKind::end_of_year;
  if (calendar)
    warn(table, "count", "programme.pending",
         "Points earned less than " + days + " days before they expire can never be spent",
         "Raise count, or lower days of [pending]");
  else
    add_error(table, "count", "programme.pending", "The points expire while they are still pending",
              "Let them live for at least " + days + " days, or lower days of [pending]");
}

void Together::pending() {
  if (programme_.pending_days == 0) return;
  outlives_pending(root_["expiry"].as_table(), programme_.expiry);
  for (std::size_t i = 0; i < rules().size(); ++i) {
    const toml::table* table = rule_table(i);
    if (table != nullptr && rules()[i].expiry)
      outlives_pending((*table)["expiry"].as_table(), *rules()[i].expiry);
  }
}

}  // namespace

void check_together(const toml::table& root, const loyalty::Rules& programme, Mistakes& mistakes) {
  Together(root, programme, mistakes).run();
}

}  // namespace keepsake
