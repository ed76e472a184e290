#include "storage/domain/loyalty/rules_changes.hpp"

#include <algorithm>

namespace keepsake::loyalty {

namespace {

using How = RulesChange::How;

template <class Entry>
const Entry* named(const std::vector<Entry>& all, const std::string& id) {
  const auto found = std::ranges::find(all, id, &Entry::id);
  return found == all.end() ? nullptr : &*found;
}

class Comparison {
 public:
  std::vector<RulesChange> changes;

  template <class Entry>
  void list(const char* what, const std::vector<Entry>& before, const std::vector<Entry>& after) {
    for (const Entry& each : after) {
      const Entry* old = named(before, each.id);
      if (old == nullptr) changes.push_back({How::added, what, each.id});
      if (old != nullptr && !(*old == each)) changes.push_back({How::changed, what, each.id});
    }
    for (const Entry& each : before)
      if (named(after, each.id) == nullptr) changes.push_back({How::removed, what, each.id});
  }
  template <class Value>
  void setting(const char* id, const Value& before, const Value& after) {
    if (!(before == after)) changes.push_back({How::changed, "setting", id});
  }
};

/// What of it is no list of named entries.
Earning settings_of(Earning earning) {
  earning.groups.clear();
  earning.rules.clear();
  earning.multipliers.clear();
  return earning;
}

Tiers settings_of(Tiers tiers) {
  tiers.levels.clear();
  return tiers;
}

}  // namespace

std::vector<RulesChange> changes_between(const Rules& before, const Rules& after) {
  Comparison comparison;
  comparison.setting("name", before.name, after.name);
  comparison.setting("currency", before.currency, after.currency);
  comparison.list("group", before.earning.groups, after.earning.groups);
  comparison.list("rule", before.earning.rules, after.earning.rules);
  comparison.list("multiplier", before.earning.multipliers, after.earning.multipliers);
  comparison.setting("earning", settings_of(before.earning), settings_of(after.earning));
  comparison.setting("expiry", before.expiry, after.expiry);
  comparison.list("level", before.tiers.levels, after.tiers.levels);
  comparison.setting("levels", settings_of(before.tiers), settings_of(after.tiers));
  comparison.setting("paying", before.redeeming, after.redeeming);
  comparison.list("reward", before.rewards, after.rewards);
  comparison.setting("discounts", before.discount_order, after.discount_order);
  comparison.setting("rounding", before.discount_rounding, after.discount_rounding);
  comparison.setting("returned points", before.returned_points_days, after.returned_points_days);
  comparison.setting("pending", before.pending_days, after.pending_days);
  comparison.setting("withdrawal", before.points_at_withdrawal, after.points_at_withdrawal);
  // The order of entries has a meaning: rules of one group, the first that matches.
  if (comparison.changes.empty() && !(before == after))
    comparison.changes.push_back({How::changed, "setting", "order"});
  return std::move(comparison.changes);
}

}  // namespace keepsake::loyalty
