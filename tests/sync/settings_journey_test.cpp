// What head office says of the settings is in force at the tills: both ends in one process, over real TLS.

#include <doctest/doctest.h>

#include "storage/book/chain_settings.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/chain_settings.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::rebuilt;

void say(HeadOffice& office, const std::string& text, const std::string& store = {},
         std::chrono::milliseconds later = {}) {
  central::Publication publication;
  publication.what = "settings";
  publication.store = store;
  publication.made_by = "shell:anna";
  publication.at = office.clock.now() + later;
  const auto number = central::ask_to_publish(office.data(), publication, {ChainSettings{text}});
  REQUIRE_MESSAGE(number.ok(), (number.ok() ? "" : to_line(number.error())));
  REQUIRE(*number);
}

std::int64_t gift_card_months(const Till& till) {
  return till.book->settings().stored_value.gift_card_months;
}

void check_sound(Till& till) {
  CHECK(rebuilt(till) == "");
  CHECK(keepsake::test::findings_of(till.data()) == "");
}

}  // namespace

TEST_CASE("settings of head office are in force at every till, also after a restart") {
  HeadOffice office;
  Till here, elsewhere;
  here.enrol_at(office, "Lysvik");
  elsewhere.enrol_at(office, "Sunne");
  const std::int64_t own = gift_card_months(here);
  say(office, "gift_card_months = 37\n");
  say(office, "gift_card_months = 99\n", {}, std::chrono::hours(24));
  for (Till* each : {&here, &elsewhere}) {
    const Settings& before = each->book->settings();
    each->sync();
    CHECK(gift_card_months(*each) == 37);
    CHECK(before.stored_value.gift_card_months == own);  // who began with it ends with it
    check_sound(*each);
  }
  const auto data = here.data();
  here.book.reset();
  here.book = std::move(*Book::open(data, here.clock));
  CHECK(gift_card_months(here) == 37);
  const auto reading = Book::open_to_read(data, here.clock);
  REQUIRE(reading.ok());
  CHECK((*reading)->settings().stored_value.gift_card_months == 37);
  CHECK((*reading)->settings().shop == here.book->settings().shop);

  say(office, "# each till decides again\n", "Lysvik");
  for (Till* each : {&here, &elsewhere}) each->sync();
  CHECK(gift_card_months(here) == own);
  CHECK(gift_card_months(elsewhere) == 37);
}

TEST_CASE("a till that joins later begins with what is said to every store") {
  HeadOffice office;
  Till first, later;
  first.enrol_at(office, "Lysvik");
  say(office, "gift_card_months = 41\n");
  later.enrol_at(office, "Sunne");
  later.sync();
  CHECK(gift_card_months(later) == 41);
}

TEST_CASE("a till that would set for itself what head office has set is refused") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  say(office, "gift_card_months = 41\n");
  till.sync();
  const auto refused = till.book->record(ChainSettings{"gift_card_months = 1\n"});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "settings.foreign");
  CHECK(gift_card_months(till) == 41);
}

}  // namespace keepsake::sync::test
