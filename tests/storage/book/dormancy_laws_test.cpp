// Customers who leave a store and come back: a till's records are what head office's order gives, with
// the keys and without them; nothing personal is left of whoever is dormant, and nothing of the others
// is lost.

#include <deque>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/profile.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/records/customers/dormancy.hpp"
#include "tests/support/office_records.hpp"
#include "tests/support/older_records.hpp"
#include "tests/support/same_records.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

struct LeavingChain {
  LeavingChain() {
    for (std::uint32_t number = 1; number <= 2; ++number) {
      tills.emplace_back(number);
      tills.back().day.cards = "T" + std::to_string(number) + "-";
    }
    vault = Vault::create(folder.path()).value();
    order.vault = vault.get();
  }

  /// Everybody of whom head office has heard, once.
  std::vector<CustomerRef> people() const {
    std::vector<CustomerRef> found;
    for (const auto& [from, record] : order.facts)
      if (record.type == static_cast<std::uint16_t>(FactType::customer_enrolled))
        for (const CustomerRef& each : keys_of_fact(record.type, record.body))
          if (std::ranges::count(found, each) == 0) found.push_back(each);
    return found;
  }
  void say(StorePresence presence, std::vector<CustomerRef> customers) {
    if (!customers.empty()) order.say(DormancyChange{{}, presence, std::move(customers)});
  }
  void somebody_leaves_or_is_back() {
    const auto all = people();
    if (all.empty()) return;
    const CustomerRef who = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    say(order.dormant().contains(who) ? StorePresence::back : StorePresence::dormant, {who});
  }
  void pull_some(Till& till, std::size_t most) {
    RC_ASSERT(why(pull(till, order, most)) == "");
    RC_ASSERT(rebuilt(till.shop) == "");
  }
  static void start_again(Till& till) {
    till.shop.book.reset();
    till.shop.book = Book::open(till.shop.data(), till.shop.clock).value();
  }
  void begin_with_snapshot(Till& till) {
    const FeedCursor cursor = till.shop.book->feed_cursor().value();
    const auto least = cursor.generation == order.generation ? cursor.position : 0;
    OfficeRecords office;
    office.follow(order, *rc::gen::inRange<FeedPosition>(
                             least, static_cast<FeedPosition>(order.facts.size()) + 1));
    const auto offer = office.offer(order, till);
    // Head office gives nobody's key who is dormant by then.
    RC_ASSERT(why(office.give(till, offer)) == "");
    RC_ASSERT(rebuilt(till.shop) == "");
  }
  void step() {
    Till& till = tills[*rc::gen::inRange<std::size_t>(0, tills.size())];
    switch (*rc::gen::inRange(0, 12)) {
      case 0:
      case 1:
        return somebody_leaves_or_is_back();
      case 2:
        return order.push(till, *rc::gen::inRange<std::size_t>(1, 8));
      case 3:
      case 4:
        return pull_some(till, *rc::gen::inRange<std::size_t>(1, 8));
      case 5:
        return start_again(till);
      case 6:
        if (*rc::gen::inRange(0, 3) == 0)
          order.restore(*rc::gen::inRange<std::size_t>(0, order.facts.size() + 1));
        return;
      case 7:
        return begin_with_snapshot(till);
      default:
        till.day.step();
    }
  }
  void exchange() {
    for (Till& each : tills) order.push(each, everything);
    for (Till& each : tills) {
      pull_some(each, everything);
      RC_ASSERT(findings_of(each.shop.data()) == "");
    }
  }
  bool is_erased(const CustomerRef& customer) {
    const auto profile = tills[0].shop.reader()->customer_profile(customer).value();
    return profile && profile->erased;
  }
  std::string name_at(Till& till, const CustomerRef& customer) {
    return till.shop.reader()->customer(customer).value()->profile.name;
  }

  std::deque<Till> tills;
  Order order{tills};
  TemporaryFolder folder;
  std::unique_ptr<Vault> vault;
};

bool has_key(Till& till, const CustomerRef& customer) {
  return till.shop.book->vault().has_key(customer).value();
}

}  // namespace

TEST_CASE("customers leave a store and come back, and its tills hold what they should") {
  std::size_t left = 0;
  const bool holds = rc::check([&] {
    LeavingChain chain;
    const int steps = *rc::gen::inRange(0, 80);
    for (int n = 0; n < steps; ++n) chain.step();
    chain.exchange();
    const auto dormant = chain.order.dormant();
    left += dormant.size();
    for (Till& each : chain.tills) {
      for (const CustomerRef& who : chain.people()) {
        if (chain.is_erased(who)) continue;
        RC_ASSERT(has_key(each, who) != dormant.contains(who));
        RC_ASSERT(chain.name_at(each, who).empty() == dormant.contains(who));
      }
      RC_ASSERT(migrated_otherwise(each.shop.data() / "keepsake.db") == "");
      RC_ASSERT(records_of_store(each.shop.data()) ==
                records_of_store(chain.tills.front().shop.data()));
    }
    chain.say(StorePresence::back, {dormant.begin(), dormant.end()});
    chain.exchange();
    for (Till& each : chain.tills)
      for (const CustomerRef& who : chain.people())
        if (!chain.is_erased(who)) RC_ASSERT(!chain.name_at(each, who).empty());
  });
  CHECK(holds);
  CHECK(left > 0);
}
