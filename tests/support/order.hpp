#pragma once
// Tills that pull from a head office that is nothing but its order of facts.

#include <algorithm>
#include <deque>
#include <doctest/doctest.h>
#include <set>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/record.hpp"
#include "storage/facts/codec.hpp"
#include "storage/facts/keys_of_fact.hpp"
#include "storage/journal/journal.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::test {

inline constexpr std::size_t everything = 1'000'000;

inline Enrolment enrolled_as(std::uint32_t number) {
  return {{number}, {1}, "Lysvik", "https://localhost", std::string(32, 's'), std::string(32, 'b')};
}

struct Till {
  explicit Till(std::uint32_t as) : number(as) {
    REQUIRE(shop.book->set_enrolment(enrolled_as(number)).ok());
  }

  std::uint32_t number;
  Shop shop;
  Day day{shop};
  Seq pushed = 0;
};

/// Head office as far as its order of facts goes.
struct Order {
  struct Fact {
    Till* from;
    Record record;
  };
  std::deque<Till>& tills;
  std::vector<Fact> facts{};
  std::int64_t generation = 7;
  Seq said = 0;
  Vault* vault =
      nullptr;  ///< of head office; without one, keys come from where somebody was enrolled

  void push(Till& till, std::size_t count) {
    const auto records = till.shop.reader()->read(till.pushed + 1, count, everything).value();
    for (const Record& record : records) {
      facts.push_back({&till, record});
      till.pushed = record.seq;
      if (vault == nullptr) continue;
      const auto keys = till.shop.book->vault().seal_keys_for(
          keys_of_fact(record.type, record.body), vault->box_public());
      REQUIRE(vault->accept_keys(*keys).ok());
    }
  }

  /// Whom head office has said last to be dormant.
  std::set<CustomerRef> dormant() const {
    std::set<CustomerRef> found;
    for (const auto& [from, record] : facts) {
      if (record.type != static_cast<std::uint16_t>(FactType::dormancy_changed)) continue;
      const auto fact = decode(FactType::dormancy_changed, record.body).value();
      const auto& change = get<DormancyChange>(fact);
      for (const CustomerRef& each : change.customers)
        change.presence == StorePresence::dormant ? void(found.insert(each))
                                                  : void(found.erase(each));
    }
    return found;
  }

  /// Head office itself says something.
  void say(const keepsake::Fact& fact) {
    const FactId id = FactId::make({}, {0}, {0}, ++said);
    facts.push_back(
        {nullptr, {said, id, static_cast<std::uint16_t>(type_of(fact)), *encode(fact), {}}});
  }

  /// Head office is restored from an older copy: its order goes on from there as another one, and
  /// terminals send again what it lost.
  void restore(std::size_t held) {
    facts.resize(std::min(held, facts.size()), {nullptr, {}});
    ++generation;
    for (Till& each : tills) {
      each.pushed = 0;
      for (const auto& [from, record] : facts)
        if (from == &each) each.pushed = record.seq;
    }
  }

  FeedPage page(const Till& to, FeedPosition after, std::size_t most) const {
    FeedPage page;
    page.generation = generation;
    page.after = page.head = after;
    for (std::size_t n = static_cast<std::size_t>(after); n < facts.size(); ++n) {
      if (page.entries.size() == most) {
        page.complete = false;
        break;
      }
      const auto& [from, record] = facts[n];
      page.head = static_cast<FeedPosition>(n) + 1;
      const bool own = from == &to;
      page.entries.push_back({page.head, record.id, record.type, own, own ? "" : record.body});
      if (vault == nullptr && !own &&
          record.type == static_cast<std::uint16_t>(FactType::customer_enrolled))
        add_key(page, *from, to, record);
    }
    if (vault != nullptr) add_keys(page, to, after);
    return page;
  }

  /// As head office does: nobody's who is dormant by now.
  void add_keys(FeedPage& page, const Till& to, FeedPosition after) const {
    const auto away = dormant();
    std::vector<CustomerRef> customers;
    for (auto n = static_cast<std::size_t>(after); n < static_cast<std::size_t>(page.head); ++n)
      for (const CustomerRef& each : keys_of_fact(facts[n].record.type, facts[n].record.body))
        if (!away.contains(each)) customers.push_back(each);
    page.keys = vault->seal_keys_for(customers, to.shop.book->vault().box_public()).value();
  }

  static void add_key(FeedPage& page, const Till& from, const Till& to, const Record& record) {
    const auto fact = decode(FactType::customer_enrolled, record.body).value();
    const CustomerRef customer = get<CustomerEnrolment>(fact).customer;
    auto keys =
        from.shop.book->vault().seal_keys_for({&customer, 1}, to.shop.book->vault().box_public());
    if (keys) std::ranges::move(*keys, std::back_inserter(page.keys));
  }
};

/// One page of at most so many facts.
inline Result<bool> pull(Till& till, const Order& order, std::size_t most = everything) {
  FeedCursor cursor = till.shop.book->feed_cursor().value();
  if (cursor.generation != 0 && cursor.generation != order.generation) {
    REQUIRE(till.shop.book->begin_feed(order.generation).ok());
    cursor = till.shop.book->feed_cursor().value();
  }
  return till.shop.book->take_in(order.page(till, cursor.position, most));
}

}  // namespace keepsake::test
