// Tills that were copied or put back, and a head office that was, with both ends over TLS.

#include <doctest/doctest.h>

#include "storage/domain/views/reports.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

namespace fs = std::filesystem;

void close(Till& till) { till.book.reset(); }

void open(Till& till) {
  auto book = Book::open(till.data(), till.clock);
  REQUIRE_MESSAGE(book.ok(), (book.ok() ? "" : to_line(book.error())));
  till.book = std::move(*book);
}

/// The whole data folder, as somebody copies it from one machine to another.
void copy_folder(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

/// `to` gets what `from` has; both go on.
void copy(Till& from, Till& to) {
  close(from);
  close(to);
  copy_folder(from.data(), to.data());
  open(from);
  open(to);
  // Two tills do not sell in the same millisecond.
  to.clock.advance(std::chrono::milliseconds(1234));
}

Enrolment enrol_copy(Till& till, HeadOffice& office, bool& told) {
  told = false;
  const auto enrolment = enrol(*till.book, office.url(), office.code(), [&] { told = true; });
  REQUIRE_MESSAGE(enrolment.ok(), (enrolment.ok() ? "" : to_line(enrolment.error())));
  return *enrolment;
}

void check_both(HeadOffice& office, Till& one, Till& other, std::int64_t purchases) {
  for (int i = 0; i < 2; ++i) {  // what one sends second is news to the other
    for (Till* till : {&one, &other}) {
      const SyncState state = till->sync();
      CHECK(state.link == LinkState::online);
      CHECK(state.waiting == 0);
      REQUIRE_MESSAGE(!state.pull_error, (state.pull_error ? to_line(*state.pull_error) : ""));
    }
  }
  CHECK(office.store().purchases == purchases);
  for (Till* till : {&one, &other}) {
    CHECK(till->totals().purchases == purchases);
    CHECK(till->totals().purchase_minor == office.store().purchase_minor);
    CHECK(till->reader()->outcomes(10)->empty());
    const auto verified = verify(till->data(), [](Seq) {});
    REQUIRE(verified.ok());
    CHECK(verified->findings.empty());
  }
}

}  // namespace

TEST_CASE("a prepared folder on two tills becomes two tills, and each sale arrives once") {
  HeadOffice office;
  Till first, second;
  first.sell(2);  // was prepared with something in it
  copy(first, second);
  first.sell(3);
  second.sell(4);
  bool told = false;
  const Enrolment one = enrol_copy(first, office, told);
  CHECK_FALSE(told);
  CHECK(first.sync().waiting == 0);
  const Enrolment two = enrol_copy(second, office, told);
  CHECK(told);
  CHECK(one.terminal != two.terminal);
  check_both(office, first, second, 2 + 3 + 4);
  first.sell(1);
  second.sell(1);
  check_both(office, first, second, 2 + 3 + 4 + 2);
  CHECK(office.store().terminals.size() == 2);
}

TEST_CASE("an enrolled till that is copied is noticed, and enrolling again makes two of them") {
  HeadOffice office;
  Till first, second;
  const Enrolment given = first.enrol_at(office);
  first.sell(2);
  CHECK(first.sync().waiting == 0);
  first.sell(1);
  copy(first, second);
  first.sell(3);
  second.sell(4);
  CHECK(first.sync().waiting == 0);
  const SyncState noticed = second.sync();  // at its first contact
  CHECK(noticed.link == LinkState::refused);
  REQUIRE(noticed.last_error);
  CHECK(noticed.last_error->code == "sync.fork");
  second.sell(1);

  bool told = false;
  const Enrolment two = enrol_copy(second, office, told);
  CHECK(second.sync().waiting == 0);
  const SyncState retired = first.sync();
  CHECK(retired.last_error->code == "sync.retired");
  first.sell(1);
  const Enrolment one = enrol_copy(first, office, told);
  CHECK(told);
  CHECK(one.terminal != two.terminal);
  CHECK(two.terminal == given.terminal);
  check_both(office, first, second, 2 + 1 + 3 + 4 + 1 + 1);
  first.sell(2);
  second.sell(2);
  check_both(office, first, second, 2 + 1 + 3 + 4 + 1 + 1 + 4);
}

TEST_CASE("a till put back from a copy rejoins in one enrolment") {
  for (const int sold_since : {0, 2, 9}) {
    CAPTURE(sold_since);
    HeadOffice office;
    Till till, other;
    const Enrolment given = till.enrol_at(office);
    other.enrol_at(office);
    till.sell(3);
    CHECK(till.sync().waiting == 0);
    close(till);
    const fs::path backup = till.folder.path() / "backup";
    copy_folder(till.data(), backup);
    open(till);
    till.sell(5);
    CHECK(till.sync().waiting == 0);
    close(till);
    copy_folder(backup, till.data());
    open(till);
    till.clock.advance(std::chrono::hours(1));
    till.sell(sold_since);
    CHECK(till.sync().link == LinkState::refused);

    CHECK(till.enrol_at(office).terminal == given.terminal);
    check_both(office, till, other, 3 + 5 + sold_since);
    till.sell(1);
    check_both(office, till, other, 3 + 5 + sold_since + 1);
  }
}

TEST_CASE("a till that was enrolled after head office's backup is told so and loses nothing") {
  HeadOffice office;
  Till old, between, after;
  old.enrol_at(office);
  const fs::path copy_of_office = old.folder.path() / "office.db";
  office.back_up(copy_of_office);
  const Enrolment given = between.enrol_at(office);
  between.sell(3);
  CHECK(between.sync().waiting == 0);
  office.restore(copy_of_office);
  CHECK(after.enrol_at(office).terminal != given.terminal);
  between.sell(1);
  const SyncState told = between.sync();
  CHECK(told.link == LinkState::refused);
  REQUIRE(told.last_error);
  CHECK(told.last_error->code == "terminal.unknown");
  CHECK(told.last_error->remedy.find("new code") != std::string::npos);
  CHECK(between.enrol_at(office).terminal != given.terminal);
  check_both(office, between, old, 4);
}

}  // namespace keepsake::sync::test
