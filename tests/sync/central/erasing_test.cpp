#include "sync/central/erasing.hpp"

#include <doctest/doctest.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/records/core/people.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

/// Kari is a customer of Lysvik, with her key at head office; Sunne does not know her.
struct ErasingOffice : Office {
  SendingTerminal lysvik{clock}, sunne{clock};
  CustomerRef kari;

  ErasingOffice() {
    lysvik.enrol(centre->enrolment(), "Lysvik");
    sunne.enrol(centre->enrolment(), "Sunne");
    kari = joins();
    taken(lysvik, with_keys(lysvik.all()));
    REQUIRE(has_key());
  }
  CustomerRef joins() {
    CustomerEnrolment enrolment;
    enrolment.customer = *lysvik.vault->new_customer();
    enrolment.sealed_profile =
        lysvik.vault->seal_profile(enrolment.customer, {"Kunigunde", "", "", "", {}}).value();
    enrolment.at = clock.local_now();
    lysvik.add(enrolment);
    return enrolment.customer;
  }
  Batch with_keys(Batch batch) {
    const auto keys = lysvik.vault->seal_keys_for({&kari, 1}, lysvik.central_box_public).value();
    for (const auto& key : keys) batch.keys.push_back({key.customer, key.bytes});
    lysvik.sign(batch);
    return batch;
  }
  CustomerErasure erasure() { return {{kari}, "request", "marit", clock.local_now(), {}}; }
  bool has_key() {
    return centre->vault_reader()
               .value()
               ->seal_keys_for({&kari, 1}, lysvik.vault->box_public())
               .value()
               .size() == 1;
  }
  bool is_erased() { return records::is_erased(**open_records(data()), kari); }
  /// Sends the last fact; the codes of what came of it.
  std::vector<std::string> outcome_of(const SendingTerminal& terminal) {
    const auto last = static_cast<Seq>(terminal.journal.size());
    std::vector<std::string> codes;
    for (const FactOutcome& each : taken(terminal, terminal.batch(last, last)).outcomes)
      codes.push_back(each.code);
    return codes;
  }
  /// Nothing came of it.
  void check_kept() {
    CHECK(has_key());
    CHECK_FALSE(is_erased());
    CHECK_FALSE(centre->forgetting().due());
    CHECK_FALSE(has_pending(**open_records(data())));
  }
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an erasure by the customer's store destroys the key") {
  ErasingOffice office;
  office.lysvik.add(office.erasure());
  CHECK(office.outcome_of(office.lysvik).empty());
  CHECK_FALSE(office.has_key());
  CHECK(office.is_erased());
  CHECK(office.centre->forgetting().due());
  REQUIRE(office.centre->clean_up().ok());
  CHECK_FALSE(office.centre->forgetting().due());
  CHECK_FALSE(has_pending(**open_records(office.data())));
}

TEST_CASE("a malformed erasure destroys no key") {
  ErasingOffice office;
  const auto type = static_cast<std::uint16_t>(FactType::customer_erased);
  SUBCASE("a body that is none") { office.lysvik.add_raw(type, "\x0a\x10garbage"); }
  SUBCASE("a reference that is cut") {
    std::string body = encode(Fact(office.erasure())).value();
    body[1] = 15;
    body.erase(2, 1);
    office.lysvik.add_raw(type, body);
  }
  SUBCASE("nobody is named") {
    CustomerErasure erasure = office.erasure();
    erasure.customers.clear();
    office.lysvik.add_raw(type, encode(Fact(erasure)).value());
  }
  SUBCASE("a reason for keeping something stands twice") {
    CustomerErasure erasure = office.erasure();
    erasure.kept = {{KeptFor::cover, std::nullopt}, {KeptFor::cover, std::nullopt}};
    office.lysvik.add_raw(type, encode(Fact(erasure)).value());
  }
  SUBCASE("an id that names another terminal") {
    office.lysvik.add_with_id(FactId::make(HybridClock().tick(office.clock.now()),
                                           office.sunne.number, office.sunne.epoch, Seq{2}),
                              type, encode(Fact(office.erasure())).value());
  }
  CHECK(office.outcome_of(office.lysvik) == Codes{"fact.quarantined"});
  office.check_kept();
}

TEST_CASE("a store that does not know a customer cannot have them erased, until it does") {
  ErasingOffice office;
  office.sunne.add(office.erasure());
  CHECK(office.outcome_of(office.sunne) == Codes{"fact.quarantined"});
  office.check_kept();
  // Nor with a customer of its own beside them.
  CustomerErasure both = office.erasure();
  CustomerEnrolment enrolment;
  enrolment.customer = *office.sunne.vault->new_customer();
  enrolment.at = office.clock.local_now();
  office.sunne.add(enrolment);
  CHECK(office.outcome_of(office.sunne).empty());
  both.customers.push_back(enrolment.customer);
  office.sunne.add(both);
  CHECK(office.outcome_of(office.sunne) == Codes{"fact.quarantined"});
  office.check_kept();
  // They buy something there: from now on it is a store of theirs.
  Purchase bought = keepsake::test::purchase(office.clock, {keepsake::test::line("1", 1, 100)});
  bought.customer = office.kari;
  office.sunne.add(bought);
  CHECK(office.outcome_of(office.sunne).empty());
  office.sunne.add(office.erasure());
  CHECK(office.outcome_of(office.sunne).empty());
  CHECK_FALSE(office.has_key());
  CHECK(office.is_erased());
}

TEST_CASE("somebody enrolled and erased in one batch is erased") {
  ErasingOffice office;
  office.kari = office.joins();
  office.lysvik.add(office.erasure());
  office.taken(office.lysvik, office.with_keys(office.lysvik.batch(2, 3)));
  CHECK_FALSE(office.has_key());
  CHECK(office.is_erased());
}

TEST_CASE("the key of who was erased does not come back with an old journal") {
  ErasingOffice office;
  office.lysvik.add(office.erasure());
  CHECK(office.outcome_of(office.lysvik).empty());
  REQUIRE_FALSE(office.has_key());
  // The till is put back from a backup made before, is enrolled again and sends all it has.
  office.lysvik.journal.pop_back();
  office.lysvik.sell(500);
  office.refused(office.lysvik, office.lysvik.batch(2, 2), 409);
  office.lysvik.enrol(office.centre->enrolment());
  office.taken(office.lysvik, office.with_keys(office.lysvik.all()));
  CHECK_FALSE(office.has_key());
  CHECK(office.is_erased());
}

TEST_CASE(
    "what head office knows to stand against it and the till did not say is told to a person") {
  ErasingOffice office;
  WarrantyRegistration registration;
  registration.article = "1002";
  registration.article_name = "Lamp";
  const LineWarranty lamp = keepsake::test::item("SN100");
  registration.maker = lamp.maker;
  registration.serial = registration.serial_typed = lamp.serial;
  registration.covers = lamp.covers;
  registration.covers.front().dates.end = std::chrono::year(2040) / 1 / 1;
  registration.customer = office.kari;
  registration.at = office.clock.local_now();
  office.sunne.add(registration);
  CHECK(office.outcome_of(office.sunne).empty());
  CustomerErasure erasure = office.erasure();
  SUBCASE("it did not hear of it") {
    office.lysvik.add(erasure);
    CHECK(office.outcome_of(office.lysvik) == Codes{"erasure.owed"});
  }
  SUBCASE("it said so") {
    erasure.kept = {{KeptFor::cover, registration.covers.front().dates.end}};
    office.lysvik.add(erasure);
    CHECK(office.outcome_of(office.lysvik).empty());
  }
  CHECK_FALSE(office.has_key());
  CHECK(office.is_erased());
}

}  // namespace keepsake::sync::central::test
