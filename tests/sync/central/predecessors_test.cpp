// Who a terminal is, and how head office knows.

#include "sync/central/predecessors.hpp"

#include <doctest/doctest.h>

#include "sync/central/control.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

struct Identities : Office {
  Enrolments& enrolments() { return centre->enrolment(); }
  std::string code() { return enrolments().new_code("Lysvik").value(); }
  /// "ok", or why not.
  std::string asked(SendingTerminal& terminal, const EnrolRequest& request) {
    const auto answer = enrolments().enrol(request);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return refusal->problem.code;
    terminal.keep(std::get<EnrolAnswer>(answer));
    return "ok";
  }
  std::vector<std::string> outcomes_of(SendingTerminal& terminal) {
    std::vector<std::string> codes;
    for (const FactOutcome& each : taken(terminal, terminal.all()).outcomes)
      codes.push_back(each.message);
    return codes;
  }
};

/// A terminal with the same keys, as a copied folder has.
void copy_keys(const SendingTerminal& from, SendingTerminal& to) {
  to.vault.reset();
  std::filesystem::copy_file(from.folder() / "vault.db", to.folder() / "vault.db",
                             std::filesystem::copy_options::overwrite_existing);
  to.vault = std::move(*Vault::open(to.folder()));
}

FactId id_of(const SendingTerminal& till, TerminalNumber maker, Epoch epoch) {
  HybridClock time;
  return FactId::make(time.tick(till.clock.now()), maker, epoch,
                      static_cast<Seq>(till.journal.size() + 1));
}

void sell_as(SendingTerminal& till, TerminalNumber maker, Epoch epoch) {
  till.clock.advance(std::chrono::seconds(1));
  const Fact sale(keepsake::test::purchase(till.clock, {keepsake::test::line("A-1", 1, 100)}));
  till.add_with_id(id_of(till, maker, epoch), static_cast<std::uint16_t>(type_of(sale)),
                   encode(sale).value());
}

}  // namespace

TEST_CASE("a request that does not prove its signing key is refused and burns no code") {
  Identities office;
  SendingTerminal till(office.clock), other(office.clock);
  const std::string code = office.code();
  auto request = till.request(code);
  request.signature = {};
  CHECK(office.asked(till, request) == "enrol.proof");
  // Somebody else's public key, as anybody may know it.
  request = till.request(code);
  request.sign_public = bytes32(other.vault->sign_public());
  CHECK(office.asked(till, request) == "enrol.proof");
  request.signature = till.request(code).signature;
  CHECK(office.asked(till, request) == "enrol.proof");
  // A proof for another code, another TLS key, another box key.
  request = till.request(code);
  request.signature = till.request(office.code()).signature;
  CHECK(office.asked(till, request) == "enrol.proof");
  request = till.request(code);
  request.csr_pem = other.request(code).csr_pem;
  CHECK(office.asked(till, request) == "enrol.proof");
  request = till.request(code);
  request.box_public[0] ^= 1;
  CHECK(office.asked(till, request) == "enrol.proof");
  // A former key that it does not have.
  request = till.request(code);
  request.former_sign_public = other.vault->sign_public();
  till.prove(request);
  CHECK(office.asked(till, request) == "enrol.proof");
  CHECK(office.asked(till, till.request(code)) == "ok");
}

TEST_CASE("a centre put back from a backup gives no number out again") {
  Identities office;
  SendingTerminal before(office.clock), between(office.clock), after(office.clock);
  REQUIRE(office.asked(before, before.request(office.code())) == "ok");
  const auto copy = office.data().parent_path() / "copy.db";
  REQUIRE(sqlite::backup(**open_records(office.data()), copy, {}).ok());
  REQUIRE(office.asked(between, between.request(office.code())) == "ok");
  const TerminalNumber given = between.number;
  between.sell(100);

  office.centre.reset();
  for (const char* ending : {"", "-wal", "-shm"})
    std::filesystem::remove(office.data() / ("central.db" + std::string(ending)));
  std::filesystem::rename(copy, office.data() / "central.db");
  office.centre = std::move(*Centre::open(office.data(), {"localhost"}, office.clock));
  for (int i = 0; i < 20; ++i) {
    SendingTerminal more(office.clock);
    REQUIRE(office.asked(more, more.request(office.code())) == "ok");
    CHECK(more.number != given);
  }
  // Its certificate is ours, and nobody knows its number: it is told, and loses nothing.
  CHECK(office.refused(between, between.all(), 403).code == "terminal.unknown");
  REQUIRE(office.asked(between, between.request(office.code())) == "ok");
  CHECK(between.number != given);
  CHECK(office.outcomes_of(between).empty());
  CHECK(office.figures().purchases == 1);
}

TEST_CASE("an epoch that a lost database gave out is not given again") {
  Identities office;
  SendingTerminal till(office.clock);
  REQUIRE(office.asked(till, till.request(office.code())) == "ok");
  till.epoch = {4};  // it was enrolled three times since the backup
  CHECK(office.refused(till, till.batch(1, 0), 403).code == "terminal.unknown");
  REQUIRE(office.asked(till, till.request(office.code())) == "ok");
  CHECK(till.epoch.value == 5);
}

TEST_CASE("a second folder with the same keys has to take keys of its own") {
  Identities office;
  SendingTerminal first(office.clock), second(office.clock);
  copy_keys(first, second);
  REQUIRE(office.asked(first, first.request(office.code())) == "ok");
  const std::string code = office.code();
  CHECK(office.asked(second, second.request(code)) == "terminal.copied");
  REQUIRE(second.vault->take_new_keys().ok());
  REQUIRE(office.asked(second, second.request(code)) == "ok");  // the code was not burnt
  CHECK(second.number != first.number);
  CHECK(second.epoch.value == 1);
  first.sell(100);
  second.sell(200);
  office.taken(first, first.all());
  office.taken(second, second.all());
  CHECK(office.figures().purchases == 2);
  // One that was copied after it was enrolled, and comes late.
  SendingTerminal third(office.clock);
  copy_keys(first, third);
  third.number = first.number;
  third.epoch = first.epoch;
  REQUIRE(office.asked(first, first.request(office.code())) == "ok");
  CHECK(office.asked(third, third.request(office.code())) == "terminal.copied");
}

TEST_CASE("ids name who sends them or what its folder was before; any other is set aside") {
  Identities office;
  SendingTerminal till(office.clock), other(office.clock);
  REQUIRE(office.asked(other, other.request(office.code())) == "ok");
  sell_as(till, {0x800001}, {0});  // handed over with the enrolment
  REQUIRE(office.asked(till, till.request(office.code())) == "ok");
  REQUIRE(office.asked(till, till.request(office.code())) == "ok");
  sell_as(till, till.number, {1});
  sell_as(till, till.number, {2});
  CHECK(office.outcomes_of(till).empty());
  CHECK(office.figures().purchases == 3);
  sell_as(till, till.number, {3});   // an epoch to come
  sell_as(till, other.number, {1});  // another terminal
  sell_as(till, {0x800002}, {0});    // somebody's provisional number
  sell_as(till, {0}, {0});           // head office itself
  const auto told = office.taken(till, till.all()).outcomes;
  REQUIRE(told.size() == 4);
  for (const FactOutcome& each : told) {
    CHECK(each.code == "fact.quarantined");
    CHECK(each.message.find("fact.id-foreign") != std::string::npos);
  }
  CHECK(office.figures().purchases == 3);
  CHECK(office.figures().facts == 7);
  CHECK(office.centre->ingest().judge_again()->applied == 0);
}

TEST_CASE("what a copied folder recorded under the number of the other is its own") {
  Identities office;
  SendingTerminal first(office.clock), second(office.clock);
  REQUIRE(office.asked(first, first.request(office.code())) == "ok");
  first.sell(100);
  copy_keys(first, second);
  second.number = first.number;
  second.epoch = first.epoch;
  second.journal = first.journal;
  first.sell(200);
  second.sell(300);  // under the same number, epoch and seq
  office.taken(first, first.all());
  CHECK(office.refused(second, second.all(), 409).code == "fork");
  // The first comes again before it hears of the second's trouble: either may.
  REQUIRE(office.asked(first, first.request(office.code())) == "ok");
  CHECK(office.asked(second, second.request(office.code())) == "terminal.copied");
  REQUIRE(second.vault->take_new_keys().ok());
  REQUIRE(office.asked(second, second.request(office.code())) == "ok");
  CHECK(office.outcomes_of(first).empty());
  CHECK(office.outcomes_of(second).empty());
  CHECK(office.figures().purchases == 3);
  CHECK(office.figures().purchase_minor == 600);
}

TEST_CASE("a former key gives nothing to whom it does not belong") {
  Identities office;
  SendingTerminal till(office.clock), victim(office.clock);
  REQUIRE(office.asked(victim, victim.request(office.code())) == "ok");
  auto request = till.request(office.code());
  request.identities.insert(request.identities.begin(), {victim.number, victim.epoch});
  till.prove(request);
  REQUIRE(office.asked(till, request) == "ok");
  sell_as(till, victim.number, victim.epoch);
  CHECK(office.outcomes_of(till).size() == 1);
}

TEST_CASE("a till put back from a backup rejoins in one enrolment, however far it is behind") {
  for (const int sold_since : {0, 1, 5}) {
    CAPTURE(sold_since);
    Identities office;
    SendingTerminal till(office.clock);
    REQUIRE(office.asked(till, till.request(office.code())) == "ok");
    for (int i = 0; i < 3; ++i) till.sell(100);
    const auto backup = till.journal;
    for (int i = 0; i < 3; ++i) till.sell(1000);
    office.taken(till, till.all());
    till.journal = backup;
    for (int i = 0; i < sold_since; ++i) till.sell(10);
    const TerminalNumber number = till.number;
    REQUIRE(office.asked(till, till.request(office.code())) == "ok");
    CHECK(till.number == number);
    // It greets or sends from what it knows to be acknowledged; once more from the start at most.
    const auto answer = office.take(till, till.batch(4, static_cast<Seq>(till.journal.size())));
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
      CHECK(refusal->problem.code == "gap");
      CHECK(refusal->problem.expected == 1);
    }
    CHECK(office.outcomes_of(till).empty());
    till.sell(7);
    const auto size = static_cast<Seq>(till.journal.size());
    office.taken(till, till.batch(size, size));
    CHECK(office.figures().purchases == 6 + sold_since + 1);
    // From here on another history is a fork as ever.
    till.journal.pop_back();
    till.sell(8);
    CHECK(office.refused(till, till.batch(size, size), 409).code == "fork");
  }
}

}  // namespace keepsake::sync::central::test
