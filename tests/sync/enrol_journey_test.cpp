#include <doctest/doctest.h>
#include <future>
#include <sys/stat.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/views/reports.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/transport.hpp"
#include "sync/wire/enrol_code.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

Error refusal(Book& book, const std::string& url, const std::string& code) {
  const auto enrolment = enrol(book, url, code);
  REQUIRE_FALSE(enrolment.ok());
  return enrolment.error();
}

}  // namespace

TEST_CASE("a code enrols one terminal") {
  HeadOffice office;
  Till till, second;
  const std::string code = office.code("Østbanehallen");
  const auto enrolment = enrol(*till.book, office.url() + "/", code);
  REQUIRE_MESSAGE(enrolment.ok(), (enrolment.ok() ? "" : to_line(enrolment.error())));
  CHECK(enrolment->store == "Østbanehallen");
  CHECK(enrolment->epoch.value == 1);
  CHECK(enrolment->till == 1);
  CHECK_FALSE(enrolment->terminal.provisional());
  CHECK(till.book->enrolment() == *enrolment);
  CHECK(till.book->terminal() == enrolment->terminal);
  CHECK(load_identity(till.data(), *enrolment).ok());

  const Error used = refusal(*second.book, office.url(), code);
  CHECK(used.kind == Failure::refused);
  CHECK(used.code == "enrol.code");
  CHECK(used.where == "code.used");
  CHECK_FALSE(second.book->enrolment());
}

TEST_CASE("the key is for its owner alone") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  const std::string pair = "terminal-" + std::to_string(enrolment.terminal.value) + "-1.pem";
  struct stat about {};
  REQUIRE(::stat((till.data() / "identity" / pair).c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  REQUIRE(::stat((till.data() / "identity").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0700);
}

TEST_CASE("an expired code is refused") {
  HeadOffice office;
  Till till;
  const std::string code = office.code();
  office.clock.advance(std::chrono::minutes(16));
  const Error expired = refusal(*till.book, office.url(), code);
  CHECK(expired.code == "enrol.code");
  CHECK(expired.where == "code.expired");
}

TEST_CASE("the code of another centre is never shown to this one") {
  HeadOffice office, other;
  Till till;
  const std::string code = other.code();
  const Error wrong = refusal(*till.book, office.url(), code);
  CHECK(wrong.kind == Failure::refused);
  CHECK(wrong.code == "enrol.ca");
  CHECK(enrol(*till.book, other.url(), code).ok());  // it was not burnt
}

TEST_CASE("a mistyped code never leaves the terminal") {
  HeadOffice office;
  Till till;
  std::string code = office.code();
  code[0] = code[0] == '7' ? '8' : '7';
  const int before = office.line().connections();
  CHECK(refusal(*till.book, office.url(), code).code == "enrol.code-check");
  CHECK(office.line().connections() == before);
  CHECK(refusal(*till.book, "http://127.0.0.1", code).code == "enrol.url");
  CHECK(refusal(*till.book, "https://a/b", code).code == "enrol.url");
  CHECK(refusal(*till.book, "https://user@host", code).code == "enrol.url");
}

TEST_CASE("an unknown secret under the right fingerprint is refused") {
  HeadOffice office;
  Till till;
  EnrolCode guess = *parse_enrol_code(office.code());
  guess.secret[3] ^= 1;
  const Error wrong = refusal(*till.book, office.url(), to_text(guess));
  CHECK(wrong.code == "enrol.code");
  CHECK(wrong.where == "code.unknown");
}

TEST_CASE("without a line enrolment says so and can be repeated") {
  HeadOffice office;
  Till till;
  const std::string code = office.code();
  office.line().set({LineFault::Kind::refuse, 0, {}});
  const Error down = refusal(*till.book, office.url(), code);
  CHECK(down.kind == Failure::unavailable);
  CHECK(down.code == "link.down");
  office.line().set({});
  CHECK(enrol(*till.book, office.url(), code).ok());
}

TEST_CASE("a lost answer to the enrolment is repeated with the same code and key") {
  HeadOffice office;
  Till till;
  const std::string code = office.code();
  // The greeting of TLS and GET /v1/ca stay below; the enrolment with its CSR goes beyond.
  office.line().set({LineFault::Kind::lose_answer, 1100, {}});
  auto trying =
      std::async(std::launch::async, [&] { return sync::enrol(*till.book, office.url(), code); });
  // The centre has given a number, and the terminal does not know it.
  CHECK(eventually([&] { return office.store().terminals.size() == 1; }));
  office.line().set({});
  CHECK(trying.get().error().code == "link.down");
  CHECK_FALSE(till.book->enrolment());
  const auto enrolment = enrol(*till.book, office.url(), code);
  REQUIRE_MESSAGE(enrolment.ok(), (enrolment.ok() ? "" : to_line(enrolment.error())));
  CHECK(office.store().terminals.size() == 1);
  till.sell(2);
  CHECK(till.sync().waiting == 0);
  check_equal(till.totals(), office.store());
}

}  // namespace keepsake::sync::test
