// What head office publishes is in force at the tills: both ends in one process, over real TLS, the
// running centre asked through its control socket.

#include <doctest/doctest.h>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/services/staff.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::rebuilt;
using namespace std::chrono_literals;

Article kettle(std::int64_t minor) {
  Article article;
  article.code = "KET-01";
  article.name = "Kettle";
  article.price = UnitPrice::from_minor(minor);
  article.tax = {2500};
  return article;
}

std::int64_t asked(HeadOffice& office, const Fact& fact, std::chrono::milliseconds later = 0ms) {
  central::Publication publication;
  publication.what = "catalogue";
  publication.made_by = "shell:anna";
  publication.at = office.clock.now() + later;
  const auto number = central::ask_to_publish(office.data(), publication, {fact});
  REQUIRE_MESSAGE(number.ok(), (number.ok() ? "" : to_line(number.error())));
  REQUIRE(*number);
  return **number;
}

std::int64_t price_at(const Till& till) {
  const auto article = till.reader()->article_by_code("KET-01");
  REQUIRE(article.ok());
  return *article ? (*article)->price.milli_minor / 1000 : 0;
}

}  // namespace

TEST_CASE("prices and rules that head office publishes are in force at the tills of every store") {
  HeadOffice office;
  Till here, elsewhere;
  here.enrol_at(office, "Lysvik");
  elsewhere.enrol_at(office, "Sunne");
  here.record(keepsake::test::programme());
  here.sync();
  asked(office, CatalogueChange{{kettle(49900)}, {}});
  Programme rules = keepsake::test::programme();
  rules.name = "Of head office";
  asked(office, rules);
  for (Till* each : {&here, &elsewhere}) {
    each->sync();
    CHECK(price_at(*each) == 49900);
    CHECK(each->reader()->programme()->name == "Of head office");
    CHECK(each->reader()->programme()->version == 2);
    each->sell(2);
    each->sync();
    CHECK(rebuilt(*each) == "");
    CHECK(keepsake::test::findings_of(each->data()) == "");
  }
}

TEST_CASE("staff taken on at one till sign in at the next, and are nobody there once they left") {
  HeadOffice office;
  Till first, second, elsewhere;
  first.enrol_at(office, "Lysvik");
  second.enrol_at(office, "Lysvik");
  elsewhere.enrol_at(office, "Sunne");
  const auto who_signs_in = [](Till& till, std::string_view pin) {
    const auto member =
        sign_in(*till.reader(), till.book->vault(), pin, PinPlace::stand, till.clock.now());
    return member ? member->name : member.error().code;
  };
  const auto exchange = [&] {
    for (Till* each : {&first, &second, &elsewhere, &first}) each->sync();
  };
  REQUIRE(
      put_staff(*first.book, {"anna", "Anna Berg", true}, "4711", "kari", first.clock.local_now())
          .ok());
  exchange();
  CHECK(who_signs_in(second, "4711") == "Anna Berg");
  CHECK(who_signs_in(elsewhere, "4711") == "pin.wrong");
  CHECK(put_staff(*second.book, {"ola", "Ola", false}, "4711", "anna", second.clock.local_now())
            .error()
            .code == "pin.taken");
  // A new PIN at the second is the one at the first.
  REQUIRE(put_staff(*second.book, {"anna", "Anna Berg", true}, "60912", "anna",
                    second.clock.local_now())
              .ok());
  exchange();
  CHECK(who_signs_in(first, "60912") == "Anna Berg");
  CHECK(who_signs_in(first, "4711") == "pin.wrong");
  REQUIRE(remove_staff(*first.book, "anna", "kari", first.clock.local_now()).ok());
  exchange();
  CHECK(who_signs_in(second, "60912") == "pin.wrong");
  for (Till* each : {&first, &second}) {
    CHECK(rebuilt(*each) == "");
    CHECK(keepsake::test::findings_of(each->data()) == "");
  }
}

TEST_CASE("a till that was alone brings its staff along when it joins a chain") {
  HeadOffice office;
  Till alone, other;
  REQUIRE(
      put_staff(*alone.book, {"anna", "Anna Berg", true}, "4711", "kari", alone.clock.local_now())
          .ok());
  alone.enrol_at(office, "Lysvik");
  alone.sync();
  other.enrol_at(office, "Lysvik");
  other.sync();
  CHECK(sign_in(*other.reader(), other.book->vault(), "4711", PinPlace::stand, other.clock.now())
            ->name == "Anna Berg");
}

TEST_CASE(
    "what a till did off line stays on top until head office has it, then head office's holds") {
  HeadOffice office;
  Till till;
  till.enrol_at(office, "Lysvik");
  till.sync();
  till.record(CatalogueChange{{kettle(100)}, {}});
  asked(office, CatalogueChange{{kettle(49900)}, {}});
  till.sync();
  // Head office took the till's change after its own: the order that both have.
  CHECK(price_at(till) == 100);
  asked(office, CatalogueChange{{kettle(39900)}, {}});
  till.sync();
  CHECK(price_at(till) == 39900);
  CHECK(rebuilt(till) == "");
}

TEST_CASE(
    "a running centre brings into force on time what waits, and withdraws what does not yet") {
  HeadOffice office;
  Till till;
  till.enrol_at(office, "Lysvik");
  asked(office, CatalogueChange{{kettle(49900)}, {}}, 1h);
  const auto gone = asked(office, CatalogueChange{{kettle(1)}, {}}, 2h);
  till.sync();
  CHECK(price_at(till) == 0);
  CHECK(central::ask_to_withdraw(office.data(), gone, "shell:kari").value().has_value());
  CHECK(central::ask_to_withdraw(office.data(), gone, "shell:kari").error().code ==
        "publication.unknown");
  office.clock.advance(3h);
  for (int tries = 0; price_at(till) == 0 && tries < 100; ++tries) {
    std::this_thread::sleep_for(50ms);
    till.sync();
  }
  CHECK(price_at(till) == 49900);
}

}  // namespace keepsake::sync::test
