#include "storage/book/enrolment.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "storage/domain/customer/change.hpp"
#include "sync/wire/enrol_code.hpp"
#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;

namespace {

using EnrolResult = std::variant<EnrolAnswer, Refusal>;

std::string code_of(const EnrolResult& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) return refusal->problem.code;
  return "ok";
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

}  // namespace

TEST_CASE("a code lets one terminal in with a certificate of this centre") {
  Office office;
  SendingTerminal terminal(office.clock);
  const auto code = office.centre->enrolment().new_code("Lysvik").value();
  const auto result = office.centre->enrolment().enrol(terminal.request(code));
  REQUIRE(code_of(result) == "ok");
  const auto& answer = std::get<EnrolAnswer>(result);
  CHECK(answer.terminal.value >= 1'000'000);
  CHECK_FALSE(answer.terminal.provisional());
  CHECK(answer.epoch.value == 1);
  CHECK(answer.store == "Lysvik");
  CHECK(pki::common_name(answer.certificate_pem).value() ==
        "terminal-" + std::to_string(answer.terminal.value) + "-1");
  CHECK(pki::check_issued(answer.certificate_pem, answer.ca_pem, office.clock.now()).ok());
  CHECK(pki::check_pair(answer.certificate_pem, terminal.key_pem).ok());
}

TEST_CASE("a store's name that is mistyped makes no second store") {
  Office office;
  auto& enrolments = office.centre->enrolment();
  REQUIRE(enrolments.new_code("Lysvik Sør 1").ok());
  for (const char* mistyped : {"lysvik sør 1", "LYSVIK SØR 1", "Lysvik  Sor-1"}) {
    const auto refused = enrolments.new_code(mistyped);
    REQUIRE(!refused.ok());
    CHECK(refused.error().code == "store.alike");
    CHECK(refused.error().what.find("Lysvik Sør 1") != std::string::npos);
  }
  for (const char* name : {" Lysvik Sør 1 ", "Lysvik Sør 11", "Lysvik Sør", "***", "+++"})
    CHECK_MESSAGE(enrolments.new_code(name).ok(), name);
  CHECK(stores(**open_records(office.data())).size() == 5);
}

TEST_CASE("to people a terminal is a till of its store, in the order in which they came") {
  Office office;
  SendingTerminal first(office.clock), second(office.clock), elsewhere(office.clock);
  const auto till_of = [&](SendingTerminal& terminal, const char* store) {
    const auto code = office.centre->enrolment().new_code(store).value();
    const auto result = office.centre->enrolment().enrol(terminal.request(code));
    REQUIRE(code_of(result) == "ok");
    terminal.keep(std::get<EnrolAnswer>(result));
    return std::get<EnrolAnswer>(result).till;
  };
  CHECK(till_of(first, "Lysvik") == 1);
  CHECK(till_of(second, "Lysvik") == 2);
  CHECK(till_of(elsewhere, "Sunne") == 1);
  CHECK(till_of(second, "Lysvik") == 2);  // enrolled again it is the same till
}

TEST_CASE("a code works once but its own terminal may ask again") {
  Office office;
  SendingTerminal terminal(office.clock);
  SendingTerminal second(office.clock);
  auto& enrolments = office.centre->enrolment();
  const auto code = enrolments.new_code("Lysvik").value();
  const auto first = enrolments.enrol(terminal.request(code));
  REQUIRE(code_of(first) == "ok");
  CHECK(code_of(enrolments.enrol(second.request(code))) == "code.used");
  const auto repeated = enrolments.enrol(terminal.request(code));
  REQUIRE(code_of(repeated) == "ok");
  CHECK(std::get<EnrolAnswer>(repeated) == std::get<EnrolAnswer>(first));
  office.clock.advance(std::chrono::minutes(16));
  CHECK(code_of(enrolments.enrol(terminal.request(code))) == "code.used");
}

TEST_CASE("a code expires after a quarter of an hour") {
  Office office;
  SendingTerminal terminal(office.clock);
  auto& enrolments = office.centre->enrolment();
  const auto early = enrolments.new_code("Lysvik").value();
  office.clock.advance(std::chrono::minutes(15) - std::chrono::milliseconds(1));
  CHECK(code_of(enrolments.enrol(terminal.request(early))) == "ok");
  const auto late = enrolments.new_code("Lysvik").value();
  office.clock.advance(std::chrono::minutes(15));
  CHECK(code_of(enrolments.enrol(terminal.request(late))) == "code.expired");
}

TEST_CASE("wrong codes are unknown whatever is wrong with them") {
  Office office;
  Office stranger;
  SendingTerminal terminal(office.clock);
  auto& enrolments = office.centre->enrolment();
  const auto mine = parse_enrol_code(enrolments.new_code("Lysvik").value()).value();
  auto guessed = mine;
  guessed.secret[4] ^= 1;
  CHECK(code_of(enrolments.enrol(terminal.request(to_text(guessed)))) == "code.unknown");
  CHECK(code_of(enrolments.enrol(terminal.request("hello"))) == "code.unknown");
  CHECK(code_of(enrolments.enrol(terminal.request(""))) == "code.unknown");
  const auto foreign = stranger.centre->enrolment().new_code("Lysvik").value();
  CHECK(code_of(enrolments.enrol(terminal.request(foreign))) == "code.unknown");
  CHECK(code_of(enrolments.enrol(terminal.request(to_text(mine)))) == "ok");
}

TEST_CASE("a bad signing request does not burn the code") {
  Office office;
  SendingTerminal terminal(office.clock);
  auto& enrolments = office.centre->enrolment();
  const auto code = enrolments.new_code("Lysvik").value();
  auto request = terminal.request(code);
  request.csr_pem = "no request";
  const auto refused = enrolments.enrol(request);
  CHECK(code_of(refused) == "csr.invalid");
  CHECK(std::get<Refusal>(refused).status == 400);
  CHECK(code_of(enrolments.enrol(terminal.request(code))) == "ok");
}

TEST_CASE("numbers are not reused and the same terminal keeps its own") {
  Office office;
  SendingTerminal first(office.clock);
  SendingTerminal second(office.clock);
  auto& enrolments = office.centre->enrolment();
  first.enrol(enrolments);
  second.enrol(enrolments);
  const TerminalNumber number = first.number;
  CHECK(second.number != number);
  first.enrol(enrolments);
  CHECK(first.number == number);
  CHECK(first.epoch.value == 2);
  CHECK(pki::common_name(first.certificate_pem).value() == pki::terminal_name(number, Epoch{2}));
}

TEST_CASE("a terminal of one store cannot join another") {
  Office office;
  SendingTerminal terminal(office.clock);
  auto& enrolments = office.centre->enrolment();
  terminal.enrol(enrolments, "Lysvik");
  const auto code = enrolments.new_code("Bergen").value();
  CHECK(code_of(enrolments.enrol(terminal.request(code))) == "terminal.other-store");
}

TEST_CASE("a store's name is tidied, and one that cannot be shown is refused") {
  Office office;
  auto& enrolments = office.centre->enrolment();
  const auto refused = [&](const std::string& store) {
    const auto code = enrolments.new_code(store);
    return code.ok() ? "" : code.error().code;
  };
  CHECK(refused("Ly\x01svik") == "store.name");
  CHECK(refused("Lysvik\xff") == "store.name");
  CHECK(refused("\u00a0 \u200b") == "store.name");
  CHECK(refused(std::string(201, 'a')) == "store.name");

  SendingTerminal terminal(office.clock);
  terminal.enrol(enrolments, " Ly\u202esvik\u00a0");
  CHECK(office.figures("Lysvik").terminals.size() == 1);
}

TEST_CASE("a terminal's label that cannot be shown does not keep it out") {
  Office office;
  SendingTerminal terminal(office.clock);
  auto& enrolments = office.centre->enrolment();
  for (const auto& [said, kept] : {std::pair{"till\u202e 1 ", "till 1"}, {"till\x1b[2J", ""}}) {
    CAPTURE(said);
    auto request = terminal.request(enrolments.new_code("Lysvik").value());
    request.device = said;
    const auto answer = enrolments.enrol(request);
    REQUIRE(std::holds_alternative<EnrolAnswer>(answer));
    terminal.keep(std::get<EnrolAnswer>(answer));
    const auto reader = central::open_records(office.data());
    REQUIRE(reader.ok());
    CHECK(find_terminal(**reader, std::get<EnrolAnswer>(answer).terminal)->device == kept);
  }
}

TEST_CASE("a terminal runs out of epochs with a plain answer") {
  Scratch centre;
  SendingTerminal terminal(centre.clock);
  centre.know(terminal, 1, 254);
  Enrolments enrolments(*centre.database, *centre.vault,
                        pki::make_authority("test", centre.clock.now()).value(), centre.clock);
  terminal.enrol(enrolments);
  CHECK(terminal.epoch.value == 255);
  const auto code = enrolments.new_code("Lysvik").value();
  CHECK(code_of(enrolments.enrol(terminal.request(code))) == "epoch.exhausted");
}

TEST_CASE("the secret of a code is nowhere on the disk") {
  Office office;
  const auto text = office.centre->enrolment().new_code("Lysvik").value();
  const auto code = parse_enrol_code(text).value();
  const std::string secret(code.secret.begin(), code.secret.end());
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(office.data())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto bytes = contents(entry.path());
    CHECK(bytes.find(secret) == std::string::npos);
    CHECK(bytes.find(text.substr(0, 19)) == std::string::npos);
  }
  CHECK(files >= 6);
}

TEST_CASE("a store needs a name that can be printed and codes are not hoarded") {
  Scratch centre;
  Enrolments enrolments(*centre.database, *centre.vault,
                        pki::make_authority("test", centre.clock.now()).value(), centre.clock);
  for (const auto& name : {std::string(), std::string(201, 'x'), std::string("a\nb")})
    CHECK(enrolments.new_code(name).error().code == "store.name");
  for (int i = 0; i < Enrolments::open_codes; ++i) REQUIRE(enrolments.new_code("Lysvik").ok());
  CHECK(enrolments.new_code("Lysvik").error().code == "enrol.codes");
  centre.clock.advance(std::chrono::hours(24) + std::chrono::minutes(16));
  CHECK(enrolments.new_code("Lysvik").ok());
}
