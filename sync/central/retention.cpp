#include "sync/central/retention.hpp"

#include <algorithm>
#include <limits>

#include "storage/book/chain_settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/customers/obligations.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/erasing.hpp"
#include "sync/central/publishing.hpp"
#include "sync/central/register.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::size_t together = 50;
constexpr std::string_view idle_reason = "retention";
constexpr std::string_view rest_reason = "request";

struct Rule {
  std::int64_t months = 0;
  KeepingTerms keeping;
};

Rule rule_of(Database& database, const std::string& store) {
  const Settings said = chain_word(records::chain_settings(database, store)).values;
  return {said.retention.customers_inactive_months, said.retention.keeping};
}

Instant idle_before(Date today, std::int64_t months) {
  const Date day = add_months(today, -static_cast<int>(months));
  return {std::int64_t{to_days(day)} * 86'400'000};
}

CustomerErasure erasure_of(Database& database, const CustomerRef& kept, std::string_view reason,
                           const KeepingTerms& keeping, Date today, Instant now) {
  return {records::references_of(database, kept),
          std::string(reason),
          {},
          {now, 0},
          restrictions(records::obligations_of(database, kept, today), keeping, today)};
}

/// `rest`: of whom a part is erased already.
void add_rest(Database& reader, const std::vector<LeftOver>& rest, const KeepingTerms& keeping,
              Instant now, StoreRetention& into) {
  for (const LeftOver& each : rest) {
    if (each.store != into.store) continue;
    CustomerErasure erasure =
        erasure_of(reader, each.customer, rest_reason, keeping, into.today, now);
    std::erase_if(erasure.customers,
                  [&](const CustomerRef& ref) { return records::is_erased(reader, ref); });
    into.due.push_back(std::move(erasure));
  }
}

StoreRetention idle_in(Database& reader, const std::string& store,
                       const std::vector<LeftOver>& rest, Instant now) {
  const Rule rule = rule_of(reader, store);
  StoreRetention found{store, records::day_of_store(reader, store, now), rule.months, {}};
  add_rest(reader, rest, rule.keeping, now, found);
  if (rule.months == 0) return found;
  for (const CustomerRef& each :
       records::idle_customers(reader, idle_before(found.today, rule.months), found.today,
                               std::numeric_limits<std::size_t>::max(), store))
    found.due.push_back(erasure_of(reader, each, idle_reason, rule.keeping, found.today, now));
  return found;
}

}  // namespace

std::vector<StoreRetention> find_idle(Database& reader, std::optional<std::string_view> store,
                                      Instant now) {
  const auto rest = left_over(reader);
  std::vector<StoreRetention> found;
  for (const std::string& each : stores(reader))
    if (!store || *store == each) found.push_back(idle_in(reader, each, rest, now));
  return found;
}

std::vector<std::vector<Fact>> publications_of(const StoreRetention& retention) {
  std::vector<std::vector<Fact>> all;
  for (const CustomerErasure& each : retention.due) {
    if (all.empty() || all.back().size() == together) all.emplace_back();
    all.back().emplace_back(each);
  }
  return all;
}

std::vector<StoreRetention> Retention::look(Database& reader) {
  const Transaction moment(reader);
  const Instant now = clock_.now();
  const auto rest = left_over(reader);
  std::vector<StoreRetention> all;
  for (const std::string& store : stores(reader)) {
    const Date today = records::day_of_store(reader, store, now);
    if (round_.is_done(store, today)) continue;
    all.push_back(idle_in(reader, store, rest, now));
  }
  return all;
}

Result<Done> Retention::publish(const StoreRetention& store, const Result<Done>& believed) {
  StoreRetention still = store;
  const Instant before = idle_before(store.today, store.months);
  std::erase_if(still.due, [&](const CustomerErasure& each) {
    return each.reason == idle_reason &&
           !records::is_idle(database_, each.customers.front(), before, store.today);
  });
  if (still.due.empty()) return Done{};
  if (!believed) return believed;
  if (still.due.size() > unasked)
    return Error{Failure::refused, "retention.many",
                 std::to_string(still.due.size()) +
                     " customers are due to be erased, too many to do it unasked",
                 store.store, "See how many and say yes: keepsake-central retention --yes"};
  for (const auto& facts : publications_of(still)) {
    const auto number = publishing_.publish({0,
                                             "retention",
                                             store.store,
                                             "keepsake-central",
                                             {},
                                             clock_.now(),
                                             PublicationState::waiting},
                                            facts);
    if (!number) return number.error();
  }
  return Done{};
}

Result<Done> Retention::publish(const std::vector<StoreRetention>& all) {
  try {
    const auto believed = expect_believed_clock(database_, clock_.now());
    Result<Done> outcome = Done{};
    for (const StoreRetention& each : all) {
      const auto done = publish(each, believed);
      // One store's trouble keeps no other from being done.
      if (done)
        round_.done(each.store, each.today);
      else
        outcome = done;
    }
    return outcome;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
