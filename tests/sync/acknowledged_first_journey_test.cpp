// An acknowledgement says that facts are kept, and is there before they are applied: both ends in one
// process, over real TLS on loopback.

#include <doctest/doctest.h>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/services/customers.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/puller.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::item;
using keepsake::test::line;
using std::chrono::steady_clock;

/// More than head office applies in the time of a question.
constexpr int many = 500;

void sell_item(Till& till, const std::string& serial) {
  auto sold = line("TV-1", 1, 100000);
  sold.warranty = item(serial);
  till.record(keepsake::test::purchase(till.clock, {sold}));
}

constexpr Sql newest_waits_again{"test.waits-again",
                                 "UPDATE central_fact SET state = 4"
                                 " WHERE rowid = (SELECT max(rowid) FROM central_fact)"};

}  // namespace

TEST_CASE("a till that syncs once ends with what head office found of the facts that it took") {
  HeadOffice office;
  Till lysvik, sunne;
  lysvik.enrol_at(office, "Lysvik");
  sunne.enrol_at(office, "Sunne");
  sell_item(lysvik, "SN12345");
  lysvik.sync();
  sunne.sell(1);
  sunne.sync();  // from here on its pulls are short
  sunne.sell(many - 1);
  sell_item(sunne, "SN12345");
  const SyncState state = sunne.sync();
  CHECK(state.waiting == 0);
  CHECK(state.up_to_date);
  CHECK(state.exceptions == 1);
  CHECK(sunne.reader()->outcomes(10)->size() == 1);
}

TEST_CASE("what is asked behind an acknowledgement finds applied what was acknowledged") {
  HeadOffice office;
  Till lysvik, sunne;
  lysvik.enrol_at(office, "Lysvik");
  sunne.enrol_at(office, "Sunne");
  lysvik.sell(many - 1);
  Profile kari;
  kari.name = "Kari Nordmann";
  kari.phone = "+4791234567";
  lysvik.enrol(kari, "C-1");
  LookUps questions(*sunne.book);
  CHECK(questions.ask({ContactKind::phone, "+4600000000"}).value() == false);  // connects
  lysvik.push();
  CHECK(questions.ask({ContactKind::phone, kari.phone}).value() == true);
}

TEST_CASE("facts that head office cannot apply now keep no pull waiting for long") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(2);
  till.sync();
  const auto puller = Puller::open(*till.book, till.clock);
  REQUIRE(puller.ok());
  const auto other = sqlite::open(office.data() / "central.db");
  REQUIRE(other.ok());
  (*other)->query(newest_waits_again)->step();
  (*other)->begin();  // nobody else writes
  const auto began = steady_clock::now();
  CHECK((*puller)->pull(std::chrono::seconds(0))->has_all);
  const auto took = steady_clock::now() - began;
  (*other)->rollback();
  CHECK(took >= std::chrono::seconds(2));
  CHECK(took < std::chrono::seconds(5));
}

}  // namespace keepsake::sync::test
