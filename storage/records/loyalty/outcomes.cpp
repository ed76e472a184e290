#include "storage/records/loyalty/outcomes.hpp"

#include <algorithm>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/rewards.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/loyalty/member_stats.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/loyalty/reward_codes.hpp"
#include "storage/records/till/shifts.hpp"
#include "storage/records/value/lots.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/records/value/wallets.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_head{"outcome-of.put",
                       "INSERT INTO outcome_of (fact, debt_settled, to_wallet_minor, tier_before,"
                       " tier_after, tier_since_day, paid_out_minor, store)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql put_rule{"outcome-of.put-rule",
                       "INSERT INTO outcome_rule (fact, n, rule, hundredths, store)"
                       " VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql put_reward{
    "outcome-of.put-reward",
    "INSERT INTO outcome_reward (fact, n, reward, coupon, steps, cost, value_minor, store)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql put_voucher{"outcome-of.put-voucher",
                          "INSERT INTO outcome_voucher (fact, n, m, code, store)"
                          " VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql put_line{"outcome-of.put-line",
                       "INSERT INTO outcome_line (fact, line, net_minor, earned, spent, store)"
                       " VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql put_used{"outcome-of.put-lot",
                       "INSERT INTO outcome_lot (fact, n, lot_fact, lot_n, hundredths, store)"
                       " VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql read_head{"outcome-of.read",
                        "SELECT debt_settled, to_wallet_minor, tier_before, tier_after,"
                        " tier_since_day, paid_out_minor FROM outcome_of WHERE fact = $1"};
constexpr Sql read_rules{"outcome-of.rules",
                         "SELECT rule, hundredths FROM outcome_rule WHERE fact = $1 ORDER BY n"};
constexpr Sql read_rewards{"outcome-of.rewards",
                           "SELECT reward, coupon, steps, cost, value_minor FROM outcome_reward"
                           " WHERE fact = $1 ORDER BY n"};
constexpr Sql read_vouchers{"outcome-of.vouchers",
                            "SELECT n, code FROM outcome_voucher WHERE fact = $1 ORDER BY n, m"};
constexpr Sql read_lines{"outcome-of.lines",
                         "SELECT net_minor, earned, spent FROM outcome_line WHERE fact = $1"
                         " ORDER BY line"};
constexpr Sql read_used{"outcome-of.lots",
                        "SELECT lot_fact, lot_n, hundredths FROM outcome_lot WHERE fact = $1"
                        " ORDER BY n"};
constexpr Sql same_cause{"event.same-cause",
                         "SELECT 1 FROM loyalty_event WHERE about = $1 AND cause = $2"
                         " AND cause <> ''"};
constexpr Sql steps_of_day{
    "outcome-of.steps-of-day",
    "SELECT coalesce(sum(o.steps), 0) FROM outcome_reward o LEFT JOIN purchase p ON p.id = o.fact"
    " LEFT JOIN loyalty_event e ON e.id = o.fact WHERE o.fact >= $1 AND o.reward = $2"
    " AND coalesce(p.store, e.store) = $3 AND coalesce(p.day, e.day) = $4"
    " AND ($5 = 0 OR p.returned_by IS NULL)"};
constexpr Sql put_event{
    "event.put",
    "INSERT INTO loyalty_event (id, store, at_ms, offset_minutes, day, staff, customer, currency,"
    " programme, event, points_hundredths, cause, about, shift, spend_minor)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"};

/// Nobody: nothing says that it may happen once only.
CustomerRef whose(const LoyaltyEvent& event) {
  if (event.cause.empty()) return event.about;
  return event.about.nobody() ? event.customer : event.about;
}

void put_outcome_head(Applying& applying, const LoyaltyResult& outcome) {
  auto row = applying.database.query(put_head);
  row->bind_blob(1, view(applying.id));
  row->bind(2, outcome.debt_settled.hundredths);
  row->bind(3, outcome.to_wallet.minor);
  row->bind_text(4, outcome.tier_before);
  row->bind_text(5, outcome.tier_after);
  if (outcome.tier_since)
    row->bind(6, to_days(*outcome.tier_since));
  else
    row->bind_null(6);
  row->bind(7, outcome.paid_out.minor);
  row->bind_text(8, applying.header.store);
  row->step();
}

void put_rewards(Applying& applying, const LoyaltyResult& outcome) {
  for (std::size_t n = 0; n < outcome.rewards.size(); ++n) {
    const RewardUse& use = outcome.rewards[n];
    {
      auto row = applying.database.query(put_reward);
      row->bind_blob(1, view(applying.id));
      row->bind(2, static_cast<std::int64_t>(n));
      row->bind_text(3, use.reward);
      row->bind_text(4, use.coupon);
      row->bind(5, use.steps);
      row->bind(6, use.cost.hundredths);
      row->bind(7, use.value.minor);
      row->bind_text(8, applying.header.store);
      row->step();
    }
    for (std::size_t m = 0; m < use.vouchers.size(); ++m) {
      auto row = applying.database.query(put_voucher);
      row->bind_blob(1, view(applying.id));
      row->bind(2, static_cast<std::int64_t>(n));
      row->bind(3, static_cast<std::int64_t>(m));
      row->bind_text(4, use.vouchers[m]);
      row->bind_text(5, applying.header.store);
      row->step();
    }
  }
}

void read_rewards_into(Database& database, FactId fact, Currency currency, LoyaltyResult& outcome) {
  {
    auto row = database.query(read_rewards);
    bind_id(*row, 1, fact);
    while (row->step())
      outcome.rewards.push_back({std::string(row->text(0)),
                                 std::string(row->text(1)),
                                 row->integer(2),
                                 {row->integer(3)},
                                 {row->integer(4), currency},
                                 {}});
  }
  auto row = database.query(read_vouchers);
  bind_id(*row, 1, fact);
  while (row->step()) {
    const auto n = static_cast<std::size_t>(row->integer(0));
    if (n >= outcome.rewards.size()) throw_damaged("a voucher's reward");
    outcome.rewards[n].vouchers.emplace_back(row->text(1));
  }
}

}  // namespace

void put_outcome(Applying& applying, const LoyaltyResult& outcome) {
  put_outcome_head(applying, outcome);
  if (!outcome.rules.empty()) {
    auto row = applying.database.query(put_rule);
    row->bind_blob(1, view(applying.id));
    row->bind_text(5, applying.header.store);
    for (std::size_t n = 0; n < outcome.rules.size(); ++n) {
      row->bind(2, static_cast<std::int64_t>(n));
      row->bind_text(3, outcome.rules[n].rule);
      row->bind(4, outcome.rules[n].points.hundredths);
      row->step();
    }
  }
  put_rewards(applying, outcome);
  if (!outcome.lines.empty()) {
    auto row = applying.database.query(put_line);
    row->bind_blob(1, view(applying.id));
    row->bind_text(6, applying.header.store);
    for (std::size_t n = 0; n < outcome.lines.size(); ++n) {
      row->bind(2, static_cast<std::int64_t>(n));
      row->bind(3, outcome.lines[n].net.minor);
      row->bind(4, outcome.lines[n].earned.hundredths);
      row->bind(5, outcome.lines[n].spent.hundredths);
      row->step();
    }
  }
  if (!outcome.used.empty()) {
    auto row = applying.database.query(put_used);
    row->bind_blob(1, view(applying.id));
    row->bind_text(6, applying.header.store);
    for (std::size_t n = 0; n < outcome.used.size(); ++n) {
      row->bind(2, static_cast<std::int64_t>(n));
      bind_id(*row, 3, outcome.used[n].lot.fact);
      row->bind(4, outcome.used[n].lot.n);
      row->bind(5, outcome.used[n].points.hundredths);
      row->step();
    }
  }
}

std::optional<LoyaltyResult> outcome_of(Database& database, FactId fact, Currency currency) {
  LoyaltyResult found;
  {
    auto row = database.query(read_head);
    bind_id(*row, 1, fact);
    if (!row->step()) return std::nullopt;
    found.debt_settled = {row->integer(0)};
    found.to_wallet = {row->integer(1), currency};
    found.tier_before = row->text(2);
    found.tier_after = row->text(3);
    if (!row->is_null(4)) found.tier_since = from_days(static_cast<std::int32_t>(row->integer(4)));
    found.paid_out = {row->integer(5), currency};
  }
  {
    auto row = database.query(read_rules);
    bind_id(*row, 1, fact);
    while (row->step()) found.rules.push_back({std::string(row->text(0)), {row->integer(1)}});
  }
  read_rewards_into(database, fact, currency, found);
  {
    auto row = database.query(read_lines);
    bind_id(*row, 1, fact);
    while (row->step())
      found.lines.push_back({{row->integer(0), currency}, {row->integer(1)}, {row->integer(2)}});
  }
  {
    auto row = database.query(read_used);
    bind_id(*row, 1, fact);
    while (row->step())
      found.used.push_back(
          {{fact_id(*row, 0), static_cast<std::uint32_t>(row->integer(1))}, {row->integer(2)}});
  }
  found.issued = lots_issued_by(database, fact);
  return found;
}

namespace {

/// Facts of the day have ids from here on: an id begins with its time, and the shop's day within
/// fourteen hours of UTC's.
Bytes16 first_id_on(Date day) {
  constexpr std::int64_t earliest_ms = 14 * 3'600'000;
  const std::int64_t ms =
      std::max<std::int64_t>(0, to_days(day) * std::int64_t{86'400'000} - earliest_ms);
  Bytes16 id{};
  for (std::size_t i = 0; i < 6; ++i)
    id[i] = static_cast<std::uint8_t>((ms >> (8 * (5 - i))) & 0xFF);
  return id;
}

}  // namespace

std::int64_t steps_on(Database& database, std::string_view store, const loyalty::Reward& reward,
                      Date day) {
  auto row = database.query(steps_of_day);
  row->bind_blob(1, view(first_id_on(day)));
  row->bind_text(2, reward.id);
  row->bind_text(3, store);
  row->bind(4, to_days(day));
  row->bind(5, loyalty::use_comes_back(reward) ? 1 : 0);
  return row->step() ? row->integer(0) : 0;
}

bool has_earned(Database& database, const CustomerRef& whose, std::string_view cause) {
  for (const CustomerRef& each : references_of(database, canonical(database, whose))) {
    auto row = database.query(same_cause);
    row->bind_blob(1, view(each.bytes));
    row->bind_text(2, cause);
    if (row->step()) return true;
  }
  return false;
}

Result<Done> apply(Applying& applying, const LoyaltyEvent& event) {
  if (auto ok = expect_known(applying, event.customer); !ok) return ok;
  if (!event.cause.empty() && has_earned(applying.database, whose(event), event.cause)) {
    auto ok = applying.contradict("event.twice", "The points for this are already earned",
                                  "Nothing to do.");
    // Two tills may each have given them: the first stands. Cash that was paid out is gone.
    return ok ? count_paid_out(applying, event.shift, event.loyalty.paid_out) : ok;
  }
  if (!knows_programme(applying.database, applying.header.store, event.programme_version))
    if (auto ok = applying.contradict("programme.unknown",
                                      "The programme under which it earned is not known here",
                                      "Publish the programme first.");
        !ok)
      return ok;
  {
    auto row = applying.database.query(put_event);
    row->bind_blob(1, view(applying.id));
    row->bind_text(2, applying.header.store);
    bind_time(*row, 3, event.at);
    row->bind(5, to_days(event.at.date()));
    row->bind_text(6, event.staff);
    row->bind_blob(7, view(event.customer.bytes));
    row->bind_text(8, event.currency.code());
    row->bind(9, event.programme_version);
    row->bind_text(10, event.event);
    row->bind(11, event.points_earned.hundredths);
    row->bind_text(12, event.cause);
    bind_customer(*row, 13, whose(event));
    bind_shift(*row, 14, event.shift);
    row->bind(15, event.spend_brought_minor);
    row->step();
  }
  put_outcome(applying, event.loyalty);
  if (auto ok = use_codes(applying, event.loyalty); !ok) return ok;
  const Date day = event.at.date();
  const CustomerRef customer = canonical(applying.database, event.customer);
  Ledger ledger(applying);
  if (auto ok = post_outcome(ledger, customer, event.loyalty, event.points_earned, day); !ok)
    return ok;
  reward_wallet(ledger, customer, event.loyalty.to_wallet);
  ledger.close();
  count_standing(applying, event.customer, day, event.points_earned, Visit::no, &event.loyalty);
  return count_paid_out(applying, event.shift, event.loyalty.paid_out);
}

}  // namespace keepsake::records
