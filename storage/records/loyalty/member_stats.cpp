#include "storage/records/loyalty/member_stats.hpp"

#include "storage/records/loyalty/reward_codes.hpp"

namespace keepsake::records {

namespace {

constexpr Sql count_member{
    "standing.count",
    "INSERT INTO member_standing (customer, visits, active_day, earned_day, earned_then, tier)"
    " VALUES ($1, $2, $3, $3, $4, '') ON CONFLICT (customer) DO UPDATE SET"
    " visits = member_standing.visits + excluded.visits,"
    " active_day = CASE WHEN member_standing.active_day > excluded.active_day"
    "   THEN member_standing.active_day ELSE excluded.active_day END,"
    " earned_then = CASE WHEN member_standing.earned_day > excluded.earned_day"
    "   THEN member_standing.earned_then WHEN member_standing.earned_day = excluded.earned_day"
    "   THEN member_standing.earned_then + excluded.earned_then ELSE excluded.earned_then END,"
    " earned_day = CASE WHEN member_standing.earned_day > excluded.earned_day"
    "   THEN member_standing.earned_day ELSE excluded.earned_day END"};
constexpr Sql set_tier{
    "standing.tier",
    "UPDATE member_standing SET tier = $2, tier_since_day = $3 WHERE customer = $1"
    " AND (tier <> $2 OR tier_since_day IS NOT $3)"};
constexpr Sql read_standing{"standing.read",
                            "SELECT visits, active_day, earned_day, earned_then, tier,"
                            " tier_since_day FROM member_standing WHERE customer = $1"};
constexpr Sql count_use{
    "rule-use.count",
    "INSERT INTO rule_use (store, owner, name, times, hundredths, day, day_hundredths)"
    " VALUES ($1, $2, $3, $4, $5, $6, $5) ON CONFLICT (owner, store, name) DO UPDATE SET"
    " times = rule_use.times + excluded.times,"
    " hundredths = rule_use.hundredths + excluded.hundredths,"
    " day_hundredths = CASE WHEN rule_use.day > excluded.day THEN rule_use.day_hundredths"
    "   WHEN rule_use.day = excluded.day THEN rule_use.day_hundredths + excluded.day_hundredths"
    "   ELSE excluded.day_hundredths END,"
    " day = CASE WHEN rule_use.day > excluded.day THEN rule_use.day ELSE excluded.day END"};
#define USES                                            \
  "SELECT name, sum(times), sum(hundredths), max(day)," \
  " sum(CASE WHEN day = $1 THEN day_hundredths ELSE 0 END) FROM rule_use"
constexpr Sql uses_by_all{"rule-use.by-all",
                          USES " WHERE owner = CAST($2 AS BLOB) AND store = $2 GROUP BY name"};
// What a member used counts wherever it was.
constexpr Sql uses_by_member{"rule-use.by-member", USES " WHERE owner = $2 GROUP BY name"};
#undef USES

void count(Applying& applying, const CustomerRef& customer, std::string_view name,
           std::int64_t times, Points points, Date day) {
  // By the member, and by everybody together.
  for (const bool by_all : {false, true}) {
    if (!by_all && customer.nobody()) continue;
    auto row = applying.database.query(count_use);
    row->bind_text(1, applying.header.store);
    row->bind_blob(2, by_all ? applying.header.store : view(customer.bytes));
    row->bind_text(3, name);
    row->bind(4, times);
    row->bind(5, points.hundredths);
    row->bind(6, to_days(day));
    row->step();
  }
}

void count_uses(Applying& applying, const CustomerRef& customer, Date day,
                const LoyaltyResult& outcome) {
  // What a list holds, it counts itself: a hundred thousand codes make no longer question here.
  const auto count_code = [&](const RewardUse& use, const std::string& code) {
    if (!is_listed(applying.database, applying.header.store, use.reward, code))
      count(applying, customer, "code:" + code, 1, {}, day);
  };
  for (const RulePoints& rule : outcome.rules)
    count(applying, customer, rule.rule, 1, rule.points, day);
  for (const RewardUse& use : outcome.rewards) {
    count(applying, customer, use.reward, use.steps, use.cost, day);
    if (!use.coupon.empty()) count_code(use, use.coupon);
    for (const std::string& code : use.vouchers) count_code(use, code);
  }
}

}  // namespace

void count_uses_by_all(Applying& applying, Date day, const LoyaltyResult& outcome) {
  count_uses(applying, {}, day, outcome);
}

void count_standing(Applying& applying, const CustomerRef& customer, Date day, Points earned,
                    Visit visit, const LoyaltyResult* outcome) {
  {
    auto row = applying.database.query(count_member);
    row->bind_blob(1, view(customer.bytes));
    row->bind(2, visit == Visit::yes ? 1 : 0);
    row->bind(3, to_days(day));
    row->bind(4, earned.hundredths);
    row->step();
  }
  if (outcome == nullptr) return;
  if (outcome->tier_since || !outcome->tier_after.empty()) {
    auto row = applying.database.query(set_tier);
    row->bind_blob(1, view(customer.bytes));
    row->bind_text(2, outcome->tier_after);
    if (outcome->tier_since)
      row->bind(3, to_days(*outcome->tier_since));
    else
      row->bind_null(3);
    row->step();
  }
  count_uses(applying, customer, day, *outcome);
}

Standing standing(Database& database, const CustomerRef& customer) {
  Standing found;
  auto row = database.query(read_standing);
  row->bind_blob(1, view(customer.bytes));
  if (!row->step()) return found;
  found.visits = row->integer(0);
  found.active_on = day_at(*row, 1);
  found.earned_on = day_at(*row, 2);
  found.earned_then = {row->integer(3)};
  found.tier = row->text(4);
  found.tier_since = day_at(*row, 5);
  return found;
}

loyalty::Uses uses_of(Database& database, std::string_view store, std::string_view owner,
                      Date today) {
  loyalty::Uses uses;
  auto row = database.query(owner.empty() ? uses_by_all : uses_by_member);
  row->bind(1, to_days(today));
  owner.empty() ? row->bind_text(2, store) : row->bind_blob(2, owner);
  while (row->step())
    uses[std::string(row->text(0))] = {
        row->integer(1), {row->integer(2)}, {row->integer(4)}, day_at(*row, 3)};
  return uses;
}

}  // namespace keepsake::records
