#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "sync/central/ingest_checks.hpp"
#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;
namespace kt = keepsake::test;

namespace {

struct OneTerminal : Office {
  SendingTerminal terminal{clock};
  OneTerminal() { terminal.enrol(centre->enrolment()); }
};

}  // namespace

TEST_CASE("a batch is kept and counted and acknowledged with a signature") {
  OneTerminal office;
  office.terminal.sell(9900);
  office.terminal.sell(100);
  const auto answer = office.taken(office.terminal, office.terminal.all());
  CHECK(answer.acked == 2);
  CHECK(answer.outcomes.empty());
  const auto figures = office.figures();
  CHECK(figures.purchases == 2);
  CHECK(figures.purchase_minor == 10000);
  CHECK(figures.facts == 2);
  CHECK(figures.currency == "NOK");
  REQUIRE(figures.terminals.size() == 1);
  CHECK(figures.terminals[0].acked == 2);
  CHECK(figures.terminals[0].last_seen_ms == office.clock.now().ms);
}

TEST_CASE("the same batch again changes nothing and brings the same signed bytes") {
  OneTerminal office;
  office.terminal.sell(9900);
  const auto batch = office.terminal.all();
  const auto first = office.take(office.terminal, batch);
  office.clock.advance(std::chrono::hours(1));
  const auto second = office.take(office.terminal, batch);
  REQUIRE(std::holds_alternative<SignedAcknowledgement>(first));
  CHECK(std::get<SignedAcknowledgement>(first) == std::get<SignedAcknowledgement>(second));
  CHECK(office.figures().purchases == 1);
  CHECK(office.figures().facts == 1);
}

TEST_CASE("a batch sent again after the centre was killed and started counts once") {
  OneTerminal office;
  office.terminal.sell(9900);
  const auto batch = office.terminal.all();
  CHECK(office.taken(office.terminal, batch).acked == 1);  // the answer is lost
  office.centre.reset();
  auto again = Centre::open(office.data(), {"localhost"}, office.clock);
  REQUIRE(again.ok());
  office.centre = std::move(*again);
  CHECK(office.taken(office.terminal, batch).acked == 1);
  CHECK(office.figures().purchases == 1);
}

TEST_CASE("a gap names the seq that is wanted and stores nothing") {
  OneTerminal office;
  for (int i = 0; i < 4; ++i) office.terminal.sell(100);
  CHECK(office.taken(office.terminal, office.terminal.batch(1, 1)).acked == 1);
  const auto problem = office.refused(office.terminal, office.terminal.batch(3, 4), 409);
  CHECK(problem.code == "gap");
  CHECK(problem.expected == 2);
  CHECK(office.figures().facts == 1);
}

TEST_CASE("an overlapping batch is taken from where the centre stands") {
  OneTerminal office;
  for (int i = 0; i < 5; ++i) office.terminal.sell(100);
  CHECK(office.taken(office.terminal, office.terminal.batch(1, 3)).acked == 3);
  CHECK(office.taken(office.terminal, office.terminal.batch(2, 5)).acked == 5);
  CHECK(office.taken(office.terminal, office.terminal.batch(1, 2)).acked == 5);
  CHECK(office.figures().purchase_minor == 500);
}

TEST_CASE("a greeting brings the acknowledgement and nothing else") {
  OneTerminal office;
  CHECK(office.taken(office.terminal, office.terminal.batch(1, 0)).acked == 0);
  office.terminal.sell(100);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 1);
  CHECK(office.taken(office.terminal, office.terminal.batch(2, 1)).acked == 1);
  CHECK(office.figures().facts == 1);
}

TEST_CASE("another history under the same numbers is a fork") {
  OneTerminal office;
  office.terminal.sell(100);
  office.terminal.sell(200);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 2);
  office.terminal.journal.pop_back();  // restored from an old copy
  office.terminal.sell(300);
  CHECK(office.refused(office.terminal, office.terminal.all(), 409).code == "fork");
  CHECK(office.refused(office.terminal, office.terminal.batch(2, 2), 409).code == "fork");
  office.terminal.sell(400);
  CHECK(office.refused(office.terminal, office.terminal.batch(3, 3), 409).code == "fork");
  CHECK(office.figures().purchase_minor == 300);
}

TEST_CASE("enrolled again after a fork the terminal sends all and each fact counts once") {
  OneTerminal office;
  office.terminal.sell(100);
  office.terminal.sell(200);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 2);
  office.terminal.journal.pop_back();
  office.terminal.sell(300);
  CHECK(office.refused(office.terminal, office.terminal.all(), 409).code == "fork");
  office.terminal.enrol(office.centre->enrolment());
  CHECK(office.refused(office.terminal, office.terminal.batch(2, 2), 409).expected == 1);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 2);
  const auto figures = office.figures();
  CHECK(figures.purchases == 3);
  CHECK(figures.purchase_minor == 600);  // what was sold before the restore stays sold
  CHECK(figures.facts == 3);
}

TEST_CASE("a retired epoch gets 410 and the new one goes on where the old stood") {
  OneTerminal office;
  office.terminal.sell(100);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 1);
  const auto number = office.terminal.number;
  office.terminal.enrol(office.centre->enrolment());
  CHECK(office.terminal.number == number);
  CHECK(office.terminal.epoch.value == 2);
  office.terminal.sell(200);
  const auto batch = office.terminal.batch(2, 2);
  const auto old = office.centre->ingest().take(number, {1}, batch);
  REQUIRE(std::holds_alternative<Refusal>(old));
  CHECK(std::get<Refusal>(old).status == 410);
  CHECK(std::get<Refusal>(old).problem.code == "epoch.retired");
  CHECK(office.taken(office.terminal, batch).acked == 2);
  CHECK(office.figures().purchase_minor == 300);
}

TEST_CASE("a terminal or epoch that was never given out is refused") {
  OneTerminal office;
  office.terminal.sell(100);
  const auto batch = office.terminal.all();
  for (const auto& [number, epoch] :
       std::vector<std::pair<TerminalNumber, Epoch>>{{{99}, {1}}, {office.terminal.number, {2}}}) {
    const auto answer = office.centre->ingest().take(number, epoch, batch);
    REQUIRE(std::holds_alternative<Refusal>(answer));
    CHECK(std::get<Refusal>(answer).status == 403);
    CHECK(std::get<Refusal>(answer).problem.code == "terminal.unknown");
  }
}

TEST_CASE("damage and forgery are refused and store nothing") {
  OneTerminal office;
  SendingTerminal thief(office.clock);
  office.terminal.sell(100);
  office.terminal.sell(200);
  const auto good = office.terminal.all();
  auto forged = good;
  thief.number = office.terminal.number;
  thief.epoch = office.terminal.epoch;
  thief.sign(forged);
  CHECK(office.refused(office.terminal, forged, 400).code == "batch.signature");
  auto damaged = good;
  damaged.records[0].body[3] ^= 1;
  CHECK(office.refused(office.terminal, damaged, 400).code == "batch.chain");
  auto renumbered = good;
  renumbered.records[1].id.high ^= 1;
  CHECK(office.refused(office.terminal, renumbered, 400).code == "batch.chain");
  auto retyped = good;
  retyped.records[1].type = 2;
  CHECK(office.refused(office.terminal, retyped, 400).code == "batch.chain");
  auto headless = good;
  headless.head_hash[0] ^= 1;
  office.terminal.sign(headless);
  CHECK(office.refused(office.terminal, headless, 400).code == "batch.chain");
  auto holed = good;
  holed.records.erase(holed.records.begin());
  CHECK(office.refused(office.terminal, holed, 400).code == "wire.syntax");
  auto rebased = office.terminal.batch(1, 0);
  rebased.base_hash[0] = rebased.head_hash[0] = 1;
  office.terminal.sign(rebased);
  CHECK(office.refused(office.terminal, rebased, 409).code == "fork");
  CHECK(office.figures().facts == 0);
  CHECK(office.figures().terminals[0].acked == 0);
}

TEST_CASE("damage in columns breaks the chain wherever it is") {
  OneTerminal office;
  for (int n = 0; n < 40; ++n) office.terminal.sell(100 + n);
  const auto good = office.terminal.all();
  const auto travelled = [](const Batch& batch) { return read_batch(encode(batch)).value(); };
  const auto arrived = travelled(good);
  CHECK(chain_holds(arrived));
  for (const std::size_t which : {0U, 17U, 38U, 39U}) {
    CAPTURE(which);
    auto damaged = good;
    damaged.records[which].id.high ^= 1U << 16U;
    CHECK_FALSE(chain_holds(travelled(damaged)));
    CHECK(office.refused(office.terminal, travelled(damaged), 400).code == "batch.chain");
  }
  CHECK(office.figures().facts == 0);
  CHECK(office.taken(office.terminal, arrived).acked == 40);
  CHECK(office.figures().facts == 40);
}

TEST_CASE("facts that make no sense are quarantined and block nothing") {
  OneTerminal office;
  office.terminal.sell(100);
  office.terminal.add_raw(1, "\xFF\xFFno purchase");
  auto wrong_sum = kt::purchase(office.clock, {kt::line("A-1", 1, 500)});
  wrong_sum.total.minor = 499;
  office.terminal.add(wrong_sum);
  office.terminal.add_raw(4242, "from the future");
  office.terminal.sell(200);
  const auto answer = office.taken(office.terminal, office.terminal.all());
  CHECK(answer.acked == 5);
  REQUIRE(answer.outcomes.size() == 3);
  CHECK(answer.outcomes[0].seq == 2);
  CHECK(answer.outcomes[0].code == "fact.quarantined");
  CHECK(answer.outcomes[1].seq == 3);
  CHECK(answer.outcomes[1].code == "fact.quarantined");
  CHECK(answer.outcomes[2].seq == 4);
  CHECK(answer.outcomes[2].code == "fact.unknown-type");
  const auto figures = office.figures();
  CHECK(figures.purchases == 2);
  CHECK(figures.purchase_minor == 300);
  CHECK(figures.facts == 5);
  CHECK(figures.terminals[0].exceptions == 3);
}

TEST_CASE(
    "what was acknowledged is applied once, whatever happened in between, in the order in which it "
    "came") {
  Office office;
  SendingTerminal first(office.clock), second(office.clock);
  for (SendingTerminal* each : {&first, &second}) each->enrol(office.centre->enrolment());
  const auto sale = keepsake::test::purchase(office.clock, {keepsake::test::line("A-1", 2, 100)});
  const FactId sold = first.add(sale);
  // Both take back the same pieces: which of them is too much is the order's to say.
  second.add(keepsake::test::bring_back(office.clock, sale, sold, 0, 2));
  first.add(keepsake::test::bring_back(office.clock, sale, sold, 0, 2));
  auto acknowledge = [&](const SendingTerminal& each, Seq seq) {
    const auto answer = office.centre->ingest().take(each.number, each.epoch, each.batch(seq, seq));
    REQUIRE(std::holds_alternative<SignedAcknowledgement>(answer));
    return std::get<SignedAcknowledgement>(answer);
  };
  acknowledge(first, 1);
  acknowledge(second, 1);
  const auto last = acknowledge(first, 2);
  CHECK(office.figures().facts == 0);
  CHECK(office.figures().purchases == 0);
  SUBCASE("it is applied then") { REQUIRE(office.centre->ingest().apply_all().ok()); }
  SUBCASE("one by one") {
    for (int n = 0; n < 3; ++n) REQUIRE(office.centre->ingest().apply_some(1)->more);
    CHECK_FALSE(office.centre->ingest().apply_some(1)->more);
  }
  SUBCASE("head office was killed: at its next start") {
    office.centre.reset();
    office.centre = std::move(*Centre::open(office.data(), {"localhost"}, office.clock));
  }
  REQUIRE(office.centre->ingest().apply_all().ok());
  CHECK(office.figures().facts == 3);
  CHECK(office.figures().purchases == 1);
  CHECK(office.figures().returns == 2);
  CHECK(office.outcomes_of(second, 1, 1).empty());
  REQUIRE(office.outcomes_of(first, 1, 2).size() == 1);
  CHECK(office.outcomes_of(first, 1, 2)[0].seq == 2);
  // The lost answer again, byte for byte.
  CHECK(acknowledge(first, 2) == last);
}

TEST_CASE("a repeated batch brings the outcomes of the lost answer back") {
  OneTerminal office;
  office.terminal.add_raw(1, "garbage");
  office.terminal.sell(100);
  const auto batch = office.terminal.all();
  const auto first = office.taken(office.terminal, batch);
  CHECK(office.taken(office.terminal, office.terminal.batch(3, 2)).outcomes.empty());
  CHECK(office.taken(office.terminal, batch).outcomes == first.outcomes);
  CHECK(office.figures().terminals[0].exceptions == 1);
}

TEST_CASE("a fact whose id is another fact's is quarantined") {
  OneTerminal office;
  SendingTerminal other(office.clock);
  other.enrol(office.centre->enrolment());
  const auto id = office.terminal.sell(100);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 1);
  other.add_with_id(id, 1,
                    encode(Fact(kt::purchase(office.clock, {kt::line("A-1", 1, 700)}))).value());
  const auto answer = office.taken(other, other.all());
  CHECK(answer.acked == 1);
  REQUIRE(answer.outcomes.size() == 1);
  CHECK(answer.outcomes[0].code == "fact.quarantined");
  CHECK(office.figures().purchase_minor == 100);
}

TEST_CASE("an erasure that is set aside destroys nothing") {
  OneTerminal office;
  SendingTerminal other(office.clock);
  other.enrol(office.centre->enrolment());
  const auto ref = other.vault->new_customer().value();
  CustomerEnrolment enrolment;
  enrolment.customer = ref;
  enrolment.sealed_profile = other.vault->seal_profile(ref, {"Ingrid", "", "", "", {}}).value();
  enrolment.at = office.clock.local_now();
  other.add(enrolment);
  auto batch = other.all();
  const auto keys = other.vault->seal_keys_for({&ref, 1}, other.central_box_public).value();
  for (const auto& key : keys) batch.keys.push_back({key.customer, key.bytes});
  office.taken(other, batch);
  const auto id = office.terminal.sell(100);
  office.taken(office.terminal, office.terminal.all());

  CustomerErasure erasure;
  erasure.customers = {ref};
  erasure.reason = "request";
  erasure.staff = "marit";
  erasure.at = office.clock.local_now();
  other.add_with_id(id, static_cast<std::uint16_t>(FactType::customer_erased),
                    encode(Fact(erasure)).value());
  const auto answer = office.taken(other, other.batch(2, 2));
  REQUIRE(answer.outcomes.size() == 1);
  CHECK(answer.outcomes[0].code == "fact.quarantined");
  const auto vault = Vault::open(office.data());
  REQUIRE(vault.ok());
  CHECK((*vault)->seal_keys_for({&ref, 1}, (*vault)->box_public())->size() == 1);
  const auto reader = central::open_records(office.data());
  REQUIRE(reader.ok());
  CHECK_FALSE(has_pending(**reader));
}

TEST_CASE("what is set aside is judged again and counted once") {
  OneTerminal office;
  office.terminal.sell(100);
  office.terminal.add_raw(
      4242, encode(Fact(kt::purchase(office.clock, {kt::line("A-1", 1, 700)}))).value());
  office.terminal.add_raw(1, "garbage");
  CHECK(office.taken(office.terminal, office.terminal.all()).outcomes.size() == 2);
  CHECK(office.figures().purchases == 1);
  auto judged = office.centre->ingest().judge_again();
  REQUIRE(judged.ok());
  CHECK(judged->looked_at == 2);
  CHECK(judged->applied == 0);
  CHECK(office.figures().terminals[0].exceptions == 2);

  // A later version knows type 4242.
  office.centre.reset();
  {
    const auto writer = sqlite::open(office.data() / "central.db");
    REQUIRE(writer.ok());
    (*writer)->execute(
        "UPDATE central_fact SET type = 1 WHERE type = 4242;"
        "UPDATE central_judged SET version = 'an earlier one'");
  }
  for (int start = 0; start < 2; ++start) {
    office.centre = Centre::open(office.data(), {"localhost"}, office.clock).value();
    CHECK(office.figures().purchases == 2);
    CHECK(office.figures().purchase_minor == 800);
    CHECK(office.figures().facts == 3);
    CHECK(office.figures().terminals[0].exceptions == 1);
    judged = office.centre->ingest().judge_again();
    REQUIRE(judged.ok());
    CHECK(judged->looked_at == 1);
    office.centre.reset();
  }
}

TEST_CASE("more brought back than sold is counted and told") {
  OneTerminal office;
  const auto sale = kt::purchase(office.clock, {kt::line("A-1", 2, 100)});
  const auto id = office.terminal.add(sale);
  office.terminal.add(kt::bring_back(office.clock, sale, id, 0, 2));
  office.terminal.add(kt::bring_back(office.clock, sale, id, 0, 1));
  const auto answer = office.taken(office.terminal, office.terminal.all());
  REQUIRE(answer.outcomes.size() == 1);
  CHECK(answer.outcomes[0].seq == 3);
  CHECK(answer.outcomes[0].code == "return.beyond-sold");
  CHECK(office.figures().returns == 2);
  CHECK(office.figures().return_minor == 300);
}

TEST_CASE("the same item registered in two stores is a dispute and both are kept") {
  OneTerminal office;
  SendingTerminal other(office.clock);
  other.enrol(office.centre->enrolment(), "Bergen");
  auto sold = kt::line("A-1", 1, 100);
  sold.warranty = kt::item("SN12345");
  office.terminal.add(kt::purchase(office.clock, {sold}));
  other.add(kt::purchase(office.clock, {sold}));
  CHECK(office.taken(office.terminal, office.terminal.all()).outcomes.empty());
  const auto answer = office.taken(other, other.all());
  REQUIRE(answer.outcomes.size() == 1);
  CHECK(answer.outcomes[0].code == "warranty.disputed");
  CHECK(office.figures("Lysvik").purchases == 1);
  CHECK(office.figures("Bergen").purchases == 1);
}

TEST_CASE("a customer's profile is readable at the centre once its key came along") {
  OneTerminal office;
  auto& vault = *office.terminal.vault;
  const auto ref = vault.new_customer().value();
  CustomerEnrolment enrolment;
  enrolment.customer = ref;
  enrolment.sealed_profile =
      vault.seal_profile(ref, {"Ingrid Haugen", "+4791234417", "", "", {}}).value();
  enrolment.language = "nb";
  enrolment.at = office.clock.local_now();
  office.terminal.add(enrolment);
  auto batch = office.terminal.all();
  const auto keys = vault.seal_keys_for({&ref, 1}, office.terminal.central_box_public).value();
  for (const auto& key : keys) batch.keys.push_back({key.customer, key.bytes});
  CHECK(office.taken(office.terminal, batch).outcomes.empty());
  CHECK(office.figures().customers == 1);
  const auto reader = central::open_records(office.data());
  REQUIRE(reader.ok());
  constexpr Sql names{"test.names", "SELECT name FROM customer"};
  const auto row = (*reader)->query(names);
  REQUIRE(row->step());
  CHECK(row->text(0) == "Ingrid Haugen");
}

TEST_CASE("a key that does not open costs a profile and not the batch") {
  OneTerminal office;
  office.terminal.sell(100);
  auto batch = office.terminal.all();
  CustomerRef somebody;
  somebody.bytes[0] = 1;
  batch.keys.push_back({somebody, std::string(80, 'x')});
  const auto answer = office.taken(office.terminal, batch);
  CHECK(answer.acked == 1);
  REQUIRE(answer.outcomes.size() == 1);
  CHECK(answer.outcomes[0].code == "customer.key-unreadable");
}

TEST_CASE("two stores have figures of their own") {
  OneTerminal office;
  SendingTerminal other(office.clock);
  other.enrol(office.centre->enrolment(), "Bergen");
  office.terminal.sell(100);
  other.sell(50);
  CHECK(office.taken(office.terminal, office.terminal.all()).acked == 1);
  CHECK(office.taken(other, other.all()).acked == 1);
  CHECK(office.figures("Lysvik").purchase_minor == 100);
  CHECK(office.figures("Bergen").purchase_minor == 50);
}

TEST_CASE("a store that took two currencies has its money in each, never added up") {
  OneTerminal office;
  const auto sell = [&](std::int64_t minor, const char* code) {
    const Currency currency = Currency::parse(code).value();
    auto sale = kt::purchase(office.clock, {kt::line("A-1", 1, minor)});
    sale.currency = sale.total.currency = sale.tax.currency = sale.cash_rounding.currency =
        currency;
    for (auto& line : sale.lines) line.amount.currency = line.tax.currency = currency;
    for (auto& tender : sale.tenders) tender.amount.currency = tender.tendered.currency = currency;
    office.terminal.add(sale);
  };
  sell(1000, "EUR");
  sell(2000, "NOK");
  sell(3000, "EUR");
  sell(4000, "NOK");
  CHECK(office.taken(office.terminal, office.terminal.all()).outcomes.empty());
  const auto reader = central::open_records(office.data());
  REQUIRE(reader.ok());
  const auto status = read_status(**reader, std::nullopt, office.clock.now());
  REQUIRE(status.ok());
  REQUIRE(status->stores.size() == 2);
  const StoreStatus& own = status->stores[0];
  const StoreStatus& other = status->stores[1];
  CHECK(own.currency == "NOK");
  CHECK(own.purchases == 2);
  CHECK(own.purchase_minor == 6000);
  CHECK(own.sales_minor == 6000);
  CHECK(own.facts == 4);
  CHECK(own.terminals.size() == 1);
  CHECK(other.store == own.store);
  CHECK(other.currency == "EUR");
  CHECK(other.purchase_minor == 4000);
  CHECK(other.facts == 0);
  CHECK(other.terminals.empty());
  const std::string text = to_report_text(*status);
  CHECK(text.find("60.00 NOK") != std::string::npos);
  CHECK(text.find("Lysvik, in EUR\n  purchases           2, 40.00 EUR") != std::string::npos);
}

TEST_CASE("one programme published at two tills is nothing to look at; two under one version are") {
  Office office;
  SendingTerminal first(office.clock), second(office.clock);
  for (SendingTerminal* each : {&first, &second}) {
    each->enrol(office.centre->enrolment());
    each->add(kt::programme(1));
    office.taken(*each, each->all());
  }
  const auto exceptions = [&] {
    std::int64_t all = 0;
    for (const auto& terminal : office.figures().terminals) all += terminal.exceptions;
    return all;
  };
  CHECK(exceptions() == 0);
  Programme other = kt::programme(1);
  other.name = "Another";
  second.add(other);
  office.taken(second, second.batch(2, 2));
  CHECK(exceptions() == 1);
}

TEST_CASE("points past their last day are not outstanding, whether a run took them or not") {
  OneTerminal office;
  LoyaltyEvent event;
  event.at = office.clock.local_now();
  event.customer.bytes[0] = 7;
  event.currency = kt::nok();
  event.programme_version = 1;
  event.event = "survey";
  event.points_earned = {800};
  event.loyalty.rules = {{"survey", {800}}};
  event.loyalty.issued = {{{500}, from_days(to_days(event.at.date()) + 10)}, {{300}, std::nullopt}};
  event.loyalty.to_wallet = event.loyalty.paid_out = kt::kroner(0);
  office.terminal.sell(100);
  office.terminal.add(kt::programme());
  office.terminal.add(event);
  office.taken(office.terminal, office.terminal.all());
  CHECK(office.figures().points_outstanding_hundredths == 800);
  office.clock.advance(std::chrono::days(10));  // the last day counts
  CHECK(office.figures().points_outstanding_hundredths == 800);
  // Until midnight in the store, an hour east.
  office.clock.advance(std::chrono::hours(8) + std::chrono::minutes(55));
  CHECK(office.figures().points_outstanding_hundredths == 800);
  office.clock.advance(std::chrono::minutes(10));
  CHECK(office.figures().points_outstanding_hundredths == 300);
}
