#include "storage/records/customers/members.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/consent.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/consents.hpp"
#include "storage/records/loyalty/level_grants.hpp"
#include "storage/records/loyalty/member_stats.hpp"
#include "storage/records/loyalty/outcomes.hpp"
#include "storage/records/loyalty/reward_codes.hpp"
#include "storage/records/sales/purchases.hpp"
#include "storage/records/sales/returns.hpp"
#include "storage/records/value/lots.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/records/value/wallets.hpp"

namespace keepsake::records {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr int reviews_most = 1200;  // periods looked back over: a century of months

constexpr Sql read_birthday{"member.birthday", "SELECT birthday FROM customer WHERE ref = $1"};
constexpr Sql read_tags{"member.tags",
                        "SELECT value FROM customer_contact WHERE customer = $1 AND kind = $2"
                        " ORDER BY fact, n"};
constexpr Sql first_day_of{"member.first",
                           "SELECT day FROM purchase WHERE customer = $1 AND goods > 0"
                           " ORDER BY at_ms LIMIT 1"};
// at_ms is in the index and a day's purchases lie within a day of its midnight UTC.
constexpr Sql bought{
    "member.bought",
    "SELECT coalesce(sum(p.spend_minor), 0), coalesce(sum(p.points_hundredths), 0),"
    " coalesce(sum(CASE WHEN p.returned_by IS NULL AND p.goods > 0 THEN 1 ELSE 0 END), 0)"
    " FROM purchase p WHERE p.customer = $1 AND p.at_ms >= $2 AND p.at_ms <= $3"
    " AND p.day >= $4 AND p.day <= $5"};
constexpr Sql brought_back{
    "member.brought-back",
    "SELECT coalesce(sum(total_minor - load_minor), 0), coalesce(sum(points_hundredths), 0)"
    " FROM goods_return WHERE customer = $1 AND at_ms >= $2 AND at_ms <= $3"
    " AND day >= $4 AND day <= $5"};
constexpr Sql happened{"member.events",
                       "SELECT coalesce(sum(points_hundredths), 0), coalesce(sum(spend_minor), 0)"
                       " FROM loyalty_event"
                       " WHERE customer = $1 AND at_ms >= $2 AND at_ms <= $3"
                       " AND day >= $4 AND day <= $5"};
constexpr Sql expired_of{"member.expired",
                         "SELECT coalesce(sum(amount), 0) FROM posting"
                         " WHERE lot_fact = $1 AND kind = 5"};

struct Days {
  std::optional<Date> first;
  Date last;
};

void bind_days(Query& row, const CustomerRef& customer, const Days& days) {
  const std::int64_t last = to_days(days.last);
  row.bind_blob(1, view(customer.bytes));
  row.bind(2, days.first ? (to_days(*days.first) - 1) * day_ms
                         : std::numeric_limits<std::int64_t>::min());
  row.bind(3, (last + 2) * day_ms);
  row.bind(4, days.first ? to_days(*days.first) : std::numeric_limits<std::int32_t>::min());
  row.bind(5, last);
}

/// A person's references, the kept one first.
using References = std::vector<CustomerRef>;

void add_figures(Database& database, const CustomerRef& customer, const Days& days,
                 loyalty::WindowFigures& sums) {
  {
    auto row = database.query(bought);
    bind_days(*row, customer, days);
    if (row->step()) {
      sums.spend_minor += row->integer(0);
      sums.points_hundredths += row->integer(1);
      sums.visits += row->integer(2);
    }
  }
  {
    auto row = database.query(brought_back);
    bind_days(*row, customer, days);
    if (row->step()) {
      sums.spend_minor -= row->integer(0);
      sums.points_hundredths -= row->integer(1);
    }
  }
  auto row = database.query(happened);
  bind_days(*row, customer, days);
  if (row->step()) {
    sums.points_hundredths += row->integer(0);
    sums.spend_minor += row->integer(1);  // before the customer came here
  }
}

/// Net of what came back; never below zero.
loyalty::WindowFigures figures(Database& database, const References& person, const Days& days) {
  loyalty::WindowFigures sums;
  for (const CustomerRef& each : person) add_figures(database, each, days, sums);
  sums.spend_minor = std::max<std::int64_t>(sums.spend_minor, 0);
  sums.points_hundredths = std::max<std::int64_t>(sums.points_hundredths, 0);
  return sums;
}

std::optional<Date> first_purchase(Database& database, const References& person) {
  std::optional<Date> first;
  for (const CustomerRef& each : person) {
    auto row = database.query(first_day_of);
    row->bind_blob(1, view(each.bytes));
    if (!row->step()) continue;
    const Date day = from_days(static_cast<std::int32_t>(row->integer(0)));
    if (!first || day < *first) first = day;
  }
  return first;
}

struct HeldTier {
  std::string tier;
  std::optional<Date> since;
};

/// The tier as the ends of periods since have left it. A review needs no fact: it follows from the
/// facts before it.
HeldTier reviewed(Database& database, const References& person, const loyalty::Tiers& tiers,
                  Date today, HeldTier held) {
  auto since = held.since ? held.since : first_purchase(database, person);
  for (int n = 0; since && n < reviews_most; ++n) {
    const auto end = loyalty::period_end(tiers, *since);
    if (!end || *end >= today) break;
    const Days period{loyalty::window_start(tiers, *end), *end};
    const std::int64_t reached = loyalty::figure(tiers.basis, figures(database, person, period));
    held.tier = loyalty::after_period(tiers, held.tier, reached);
    since = from_days(to_days(*end) + 1);
    held.since = since;
  }
  return held;
}

/// Where the level stands among the tiers; 0 for none.
std::ptrdiff_t height(const loyalty::Tiers& tiers, std::string_view level) {
  const auto at = std::ranges::find(tiers.levels, level, &loyalty::TierLevel::id);
  return at == tiers.levels.end() ? 0 : at - tiers.levels.begin() + 1;
}

/// A person with several references has the highest tier that one of them holds, and of two equal
/// ones the one that lasts longer: merging takes nothing away.
void take_higher(const loyalty::Tiers& tiers, const HeldTier& held, loyalty::Member& member) {
  const auto rank = [&](std::string_view tier, const std::optional<Date>& since) {
    return std::tuple(height(tiers, tier), !tier.empty(), since);
  };
  if (rank(held.tier, held.since) <= rank(member.tier, member.tier_since)) return;
  member.tier = held.tier;
  member.tier_since = held.since;
}

/// A level that somebody gave stands above what was earned, until its last day and only where it is
/// higher.
void add_given(Database& database, const References& person, const loyalty::Tiers& tiers,
               Date today, loyalty::Member& member) {
  for (const CustomerRef& each : person) {
    const auto granted = level_granted(database, each);
    if (!granted || (granted->until && *granted->until < today)) continue;
    if (height(tiers, granted->level) <= height(tiers, member.tier)) continue;
    member.given = {member.earned_tier(), member.earned_since(), granted->until};
    member.tier = granted->level;
    member.tier_since = granted->at.date();
  }
}

void add_uses(loyalty::Uses more, loyalty::Uses& uses) {
  for (auto& [name, use] : more) {
    loyalty::Use& sum = uses[name];
    sum.times += use.times;
    sum.points.hundredths += use.points.hundredths;
    sum.points_today.hundredths += use.points_today.hundredths;
    sum.last_on = std::max(sum.last_on, use.last_on);
  }
}

/// Steps of the rewards that are limited on a day, on this one.
void add_today(Database& database, std::string_view store, const loyalty::Rules& rules, Date today,
               loyalty::Member& member) {
  for (const loyalty::Reward& reward : rules.rewards) {
    if (!reward.per_day) continue;
    const std::int64_t times = steps_on(database, store, reward, today);
    if (times == 0) continue;
    loyalty::Use& use = member.uses_by_all[reward.id];
    use.last_on = today;
    use.times_today = times;
  }
}

std::optional<Date> birthday_of(Database& database, const References& person) {
  for (const CustomerRef& each : person) {
    auto row = database.query(read_birthday);
    row->bind_blob(1, view(each.bytes));
    if (row->step() && !row->is_null(0))
      return from_days(static_cast<std::int32_t>(row->integer(0)));
  }
  return std::nullopt;
}

/// A customer's marks are the segments that programmes name.
std::vector<std::string> segments_of(Database& database, const References& person) {
  std::vector<std::string> segments;
  for (const CustomerRef& each : person) {
    auto row = database.query(read_tags);
    row->bind_blob(1, view(each.bytes));
    row->bind(2, static_cast<std::int64_t>(ContactKind::label));
    while (row->step())
      if (std::ranges::find(segments, row->text(0)) == segments.end())
        segments.emplace_back(row->text(0));
  }
  return segments;
}

constexpr Sql ever_withdrawn{
    "member.ever-withdrawn",
    "SELECT 1 FROM consent WHERE customer = $1 AND purpose = 0 AND granted = 0 LIMIT 1"};

bool withdrew(Database& database, const CustomerRef& customer) {
  auto row = database.query(ever_withdrawn);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

/// Few ever withdraw: what stands is only worked out for them.
bool has_left(Database& database, const References& person) {
  if (std::ranges::none_of(person, [&](const auto& each) { return withdrew(database, each); }))
    return false;
  std::vector<ConsentEvent> events;
  for (const CustomerRef& each : person) read_consents(database, each, events);
  return left_membership(keepsake::standing(events));
}

/// Habits under all references, as if everything had happened under one.
void add_habits(Database& database, std::string_view store, const References& person,
                const loyalty::Tiers& tiers, Date today, loyalty::Member& member) {
  for (const CustomerRef& each : person) {
    const Standing habits = standing(database, each);
    member.visits += habits.visits;
    member.last_activity = std::max(member.last_activity, habits.active_on);
    if (habits.earned_on == today) member.earned_today.hundredths += habits.earned_then.hundredths;
    HeldTier held{habits.tier, habits.tier_since};
    if (!tiers.levels.empty()) held = reviewed(database, person, tiers, today, std::move(held));
    take_higher(tiers, held, member);
    add_uses(uses_of(database, store, view(each.bytes), today), member.uses);
  }
}

/// The shares of a purchase that was recorded without an outcome: by what each line cost.
Result<loyalty::PurchaseLedger> plain_ledger(const Purchase& purchase) {
  loyalty::PurchaseLedger ledger;
  std::vector<std::int64_t> weights;
  for (const PurchaseLine& line : purchase.lines) {
    weights.push_back(line.amount.minor);
    ledger.lines.push_back({line.quantity, line.amount, {}, {}});
  }
  const auto parts =
      allocate_or_evenly({purchase.points_earned.hundredths, {}}, std::move(weights));
  if (!parts) return parts.error();
  for (std::size_t i = 0; i < ledger.lines.size(); ++i)
    ledger.lines[i].earned = {(*parts)[i].minor};
  return ledger;
}

std::vector<loyalty::SpentLot> spent_lots(Database& database, const LoyaltyResult& outcome) {
  std::vector<loyalty::SpentLot> spent;
  Points left;
  for (const LineStake& stake : outcome.lines) left.hundredths += stake.spent.hundredths;
  for (const LotPoints& use : outcome.used) {
    const Points part = std::min(left, use.points);
    if (part.hundredths == 0) break;
    left.hundredths -= part.hundredths;
    const auto found = lot(database, use.lot);
    spent.push_back({to_text(use.lot), part, found ? found->expires : std::nullopt});
  }
  return spent;
}

Points expired(Database& database, FactId purchase) {
  auto row = database.query(expired_of);
  bind_id(*row, 1, purchase);
  return row->step() ? Points{row->integer(0)} : Points{};
}

void add_lot(Database& database, std::string_view text, loyalty::Member& member) {
  if (std::ranges::find(member.lots, text, &loyalty::Lot::id) != member.lots.end()) return;
  const auto id = parse_lot_id(text);
  if (!id) return;
  if (auto found = lot(database, *id)) member.lots.push_back(std::move(*found));
}

}  // namespace

loyalty::Member member(Database& database, std::string_view store, const CustomerRef& customer,
                       const loyalty::Rules& rules, LocalTime at,
                       std::optional<TerminalNumber> dealt_to) {
  loyalty::Member found;
  const Date today = at.date();
  found.uses_by_all = uses_of(database, store, "", today);
  add_today(database, store, rules, today, found);
  add_next_codes(database, store, dealt_to, rules, found);
  if (customer.nobody()) return found;
  found.lots = lots_of(database, customer);
  found.debt = debt(database, customer);
  const WalletView purse = wallet(database, customer, rules.currency, today);
  found.wallet_minor = purse.balance.minor;
  found.wallet_state = purse.state;
  found.wallet_until = purse.expires;
  const References person = references_of(database, customer);
  found.known = !has_left(database, person);
  add_habits(database, store, person, rules.tiers, today, found);
  add_given(database, person, rules.tiers, today, found);
  found.birthday = birthday_of(database, person);
  found.segments = segments_of(database, person);
  if (!rules.tiers.levels.empty())
    found.window = figures(database, person, {loyalty::window_start(rules.tiers, today), today});
  return found;
}

std::optional<SoldPurchase> sold(Database& database, FactId purchase_id) {
  auto found = purchase(database, purchase_id);
  if (!found) return std::nullopt;
  SoldPurchase sold;
  sold.id = purchase_id;
  if (found->loyalty) {
    for (std::size_t i = 0; i < found->lines.size(); ++i) {
      if (i >= found->loyalty->lines.size()) throw_damaged("what a line has at stake");
      const LineStake& stake = found->loyalty->lines[i];
      sold.ledger.lines.push_back({found->lines[i].quantity, stake.net, stake.earned, stake.spent});
    }
    sold.ledger.spent = spent_lots(database, *found->loyalty);
  } else if (auto plain = plain_ledger(*found)) {
    sold.ledger = std::move(*plain);
  }
  const auto count = static_cast<std::uint32_t>(lots_issued_by(database, purchase_id).size());
  for (std::uint32_t n = 0; n < count; ++n)
    sold.ledger.lots.push_back(to_text(LotId{purchase_id, n}));
  sold.ledger.expired = expired(database, purchase_id);
  const auto back = returned_so_far(database, purchase_id);
  for (std::size_t line = 0; line < back.size(); ++line)
    if (back[line].thousandths > 0) sold.returned.push_back({line, back[line]});
  sold.rounded_minor = rounded_so_far(database, purchase_id);
  sold.purchase = std::move(*found);
  return sold;
}

void add_lots_of(Database& database, const std::vector<SoldPurchase>& purchases,
                 loyalty::Member& member) {
  for (const SoldPurchase& sold : purchases) {
    for (const loyalty::SpentLot& spent : sold.ledger.spent) add_lot(database, spent.lot, member);
  }
}

}  // namespace keepsake::records
