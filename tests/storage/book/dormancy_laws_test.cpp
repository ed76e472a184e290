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
    for (Till& each : tills) {
      for (const char* name : {"Kari", "Ola"}) {
        Profile profile;
        profile.name = name;
        auto& customers = each.day.customers;
        customers.push_back(
            each.shop.enrol(profile, each.day.cards + std::to_string(customers.size())));
      }
      order.push(each, everything);
    }
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
  /// A copy of head office is younger than whoever left a store (sync/central/CENTRAL.md, Customers who leave a store).
  std::size_t last_enrolment() const {
    std::size_t last = 0;
    for (std::size_t n = 0; n < order.facts.size(); ++n)
      if (order.facts[n].record.type == static_cast<std::uint16_t>(FactType::customer_enrolled))
        last = n + 1;
    return last;
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
  void begin_with_snapshot_of(Till& till, FeedPosition position) {
    OfficeRecords office;
    office.follow(order, position);
    const auto offer = office.offer(order, till);
    // Head office gives nobody's key who is dormant by then.
    RC_ASSERT(why(office.give(till, offer)) == "");
    RC_ASSERT(rebuilt(till.shop) == "");
  }
  void begin_with_snapshot(Till& till) {
    const FeedCursor cursor = till.shop.book->feed_cursor().value();
    const auto least = cursor.generation == order.generation ? cursor.position : 0;
    begin_with_snapshot_of(till, *rc::gen::inRange<FeedPosition>(
                                     least, static_cast<FeedPosition>(order.facts.size()) + 1));
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
          order.restore(*rc::gen::inRange<std::size_t>(last_enrolment(), order.facts.size() + 1));
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
  /// Of a person, by the reference that is kept.
  static bool has_name_at(Till& till, const CustomerRef& customer) {
    return !till.shop.reader()->customer(customer).value()->profile.name.empty();
  }
  static CustomerRef kept_at(Till& till, const CustomerRef& customer) {
    return till.shop.reader()->customer(customer).value()->ref;
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
  constexpr int lived_of = 4;  // each makes records anew again and again
  std::size_t left = 0;
  const bool holds = rc::check([&] {
    if (*rc::gen::inRange(0, lived_of) != 0) return;
    LeavingChain chain;
    for (int n = 0; n < 40; ++n) chain.step();
    chain.exchange();
    const auto dormant = chain.order.dormant();
    left += dormant.size();
    for (Till& each : chain.tills) {
      for (const CustomerRef& who : chain.people()) {
        if (chain.is_erased(who)) continue;
        RC_ASSERT(has_key(each, who) != dormant.contains(who));
        RC_ASSERT(chain.has_name_at(each, who) != dormant.contains(chain.kept_at(each, who)));
      }
      RC_ASSERT(migrated_otherwise(each.shop.data() / "keepsake.db") == "");
      RC_ASSERT(records_of_store(each.shop.data()) ==
                records_of_store(chain.tills.front().shop.data()));
    }
    chain.say(StorePresence::back, {dormant.begin(), dormant.end()});
    chain.exchange();
    for (Till& each : chain.tills)
      for (const CustomerRef& who : chain.people())
        if (!chain.is_erased(who)) RC_ASSERT(chain.has_name_at(each, who));
  });
  CHECK(holds);
  CHECK(left > 0);
}

TEST_CASE("a key that comes later than the enrolment opens it, once and for every search") {
  LeavingChain chain;
  const auto others = static_cast<FeedPosition>(chain.tills[0].pushed);
  Till& till = chain.tills[1];
  const CustomerRef ola = till.day.customers.back();
  chain.exchange();
  chain.say(StorePresence::dormant, {ola});
  chain.exchange();
  REQUIRE_FALSE(has_key(till, ola));
  // Head office is put back to a copy that has not heard of him, and the till begins with what it has.
  chain.order.restore(static_cast<std::size_t>(others));
  chain.begin_with_snapshot_of(till, others);
  REQUIRE_FALSE(chain.has_name_at(till, ola));
  chain.order.push(till, everything);
  bool waits = false;
  SUBCASE("with a page that is placed at once") {}
  SUBCASE("with a page that waits for the next") { waits = true; }
  auto page = chain.order.page(till, others, everything);
  page.complete = !waits;
  CHECK(till.shop.book->take_in(page).value() == true);
  CHECK(has_key(till, ola));
  CHECK(chain.has_name_at(till, ola));
  CHECK(rebuilt(till.shop) == "");
  chain.exchange();
  CHECK(chain.has_name_at(till, ola));
}
