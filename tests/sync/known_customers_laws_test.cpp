// Stores that share customers, by chance and over real TLS: every till holds of a customer what head
// office holds, whatever was done where and came when.

#include <deque>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "sync/agent/look_up.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/same_records.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

struct ChainTill {
  ChainTill(HeadOffice& office, const std::string& store, const std::string& name) {
    till.enrol_at(office, store);
    day.cards = name + "-";
  }
  Till till;
  keepsake::test::Day day{till};
  std::vector<CustomerRef> joined() const {
    return {day.customers.begin() + 1, day.customers.end()};
  }
};

std::unique_ptr<Database> reading(const std::filesystem::path& file) {
  return sqlite::open(file, {.mode = sqlite::Mode::reader}).value();
}

bool is_known(ChainTill& at, const CustomerRef& customer) {
  return at.till.reader()->customer(customer)->has_value();
}

/// From now on its days are about them, too.
void meet(ChainTill& at, std::deque<ChainTill>& all) {
  for (ChainTill& other : all)
    for (const CustomerRef& each : other.joined())
      if (std::ranges::find(at.day.customers, each) == at.day.customers.end() && is_known(at, each))
        at.day.customers.push_back(each);
}

void look_somebody_up(ChainTill& at, const ChainTill& other) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 6);
  const auto found =
      LookUps(*at.till.book).ask({ContactKind::card, other.day.cards + std::to_string(n)});
  RC_ASSERT(keepsake::test::why(found) == "");
}

ChainTill& any_of(std::deque<ChainTill>& tills) {
  return tills[*rc::gen::inRange<std::size_t>(0, tills.size())];
}

void step(std::deque<ChainTill>& tills) {
  ChainTill& at = any_of(tills);
  switch (*rc::gen::inRange(0, 10)) {
    case 0:
    case 1:
      at.till.sync();
      meet(at, tills);
      break;
    case 2:
      look_somebody_up(at, any_of(tills));
      break;
    default:
      at.day.step();
  }
}

}  // namespace

TEST_CASE("what is known of a customer is the same at every till that knows them") {
  constexpr int lived_of = 20;  // each enrols four tills and speaks TLS: a second or two
  int cases = 0;
  std::size_t shared = 0;
  const bool holds = rc::check([&] {
    if (++cases % lived_of != 0) return;
    HeadOffice office;
    std::deque<ChainTill> tills;
    tills.emplace_back(office, "Lysvik", "L1");
    tills.emplace_back(office, "Lysvik", "L2");
    tills.emplace_back(office, "Sunne", "S1");
    tills.emplace_back(office, "Torsby", "T1");
    for (int n = 0; n < 120; ++n) step(tills);
    for (int round = 0; round < 2; ++round)
      for (ChainTill& each : tills) RC_ASSERT(!each.till.sync().last_error);
    const auto centre = reading(office.data() / "central.db");
    for (ChainTill& each : tills) {
      RC_ASSERT(keepsake::test::rebuilt(each.till) == "");
      RC_ASSERT(keepsake::test::findings_of(each.till.data()) == "");
      const auto here = reading(each.till.data() / "keepsake.db");
      for (ChainTill& other : tills)
        for (const CustomerRef& customer : other.joined()) {
          if (!is_known(each, customer)) continue;
          shared += &each != &other;
          RC_ASSERT(keepsake::test::known_of(*here, customer) ==
                    keepsake::test::known_of(*centre, customer));
        }
    }
  });
  CHECK(holds);
  CHECK(shared > 0);
}

}  // namespace keepsake::sync::test
