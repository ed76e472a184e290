#include <doctest/doctest.h>

#include "storage/domain/customer/change.hpp"
#include "sync/wire/compression.hpp"
#include "tests/sync/central/office.hpp"
#include "tests/sync/poison.hpp"

namespace keepsake::sync::central::test {

namespace {

using keepsake::sync::test::cure;
using keepsake::sync::test::poison_minor;
using keepsake::sync::test::Poisoned;

/// A centre that cannot take sales of poison_minor, and a terminal.
struct PoisonedOffice : Office {
  SendingTerminal till{clock};

  explicit PoisonedOffice(Poisoned what = Poisoned::taking) {
    till.enrol(centre->enrolment());
    with_database([what](const auto& file) { keepsake::sync::test::poison(file, what); });
  }
  template <class Work>
  void with_database(const Work& work) {
    centre.reset();
    work(data() / "central.db");
    centre = std::move(*Centre::open(data(), {"localhost"}, clock));
  }
  Ingest::Answer take_sealed(const OpaqueRecord& record) {
    return centre->ingest().take_opaque(till.number, till.epoch, record);
  }
  Acknowledgement taken_sealed(const OpaqueRecord& record) {
    const auto answer = take_sealed(record);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(refusal->problem.code);
    const auto& given = std::get<SignedAcknowledgement>(answer);
    CHECK(verify_signature(ack_signing_bytes(given.acknowledgement), view(given.signature),
                           till.central_sign_public));
    REQUIRE(centre->ingest().apply_all().ok());
    auto read = *decode_acknowledgement(given.acknowledgement);
    read.outcomes = outcomes_of(till, record.seq, read.acked);
    return read;
  }
  std::string refused_sealed(const OpaqueRecord& record) {
    const auto answer = take_sealed(record);
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal ? refusal->problem.code : "taken";
  }
};

OpaqueRecord sealed(const SendingTerminal& till, Seq seq) {
  const Record& record = till.journal.at(seq - 1);
  OpaqueRecord opaque{seq, record.id, record.type, till.hash_before(seq), record.hash, {}, {}};
  opaque.sealed = seal_for(compress(encode(till.batch(seq, seq))), till.central_box_public).value();
  opaque.signature =
      bytes64(till.vault->sign(opaque_signing_bytes(till.number, till.epoch, opaque)));
  return opaque;
}

}  // namespace

TEST_CASE("a record that cannot be taken comes sealed, and what is behind it goes on") {
  PoisonedOffice office;
  auto& till = office.till;
  till.sell(100);
  till.sell(poison_minor);
  till.sell(300);
  CHECK(office.refused(till, till.all(), 500).code == "internal");
  CHECK(office.taken(till, till.batch(1, 1)).acked == 1);
  CHECK(office.refused(till, till.batch(2, 2), 500).code == "internal");
  const auto ack = office.taken_sealed(sealed(till, 2));
  CHECK(ack.acked == 2);
  CHECK(ack.acked_hash == till.hash_before(3));
  REQUIRE(ack.outcomes.size() == 1);
  CHECK(ack.outcomes[0].seq == 2);
  CHECK(ack.outcomes[0].code == "fact.opaque");
  CHECK(office.taken_sealed(sealed(till, 2)).acked == 2);  // a lost answer
  CHECK(office.taken(till, till.batch(3, 3)).acked == 3);
  CHECK(office.figures().purchases == 2);
  CHECK(office.figures().purchase_minor == 400);
  CHECK(office.figures().facts == 3);
  CHECK(office.figures().terminals[0].exceptions == 1);
}

TEST_CASE("a record that cannot be applied is set aside, and what is behind it is applied") {
  PoisonedOffice office(Poisoned::applying);
  auto& till = office.till;
  till.sell(100);
  till.sell(poison_minor);
  till.sell(300);
  const auto ack = office.taken(till, till.all());
  CHECK(ack.acked == 3);
  REQUIRE(ack.outcomes.size() == 1);
  CHECK(ack.outcomes[0].seq == 2);
  CHECK(ack.outcomes[0].code == "fact.quarantined");
  CHECK(office.figures().purchases == 2);
  CHECK(office.figures().facts == 3);
  CHECK(office.figures().terminals[0].exceptions == 1);
  office.with_database([](const auto& file) { cure(file); });
  CHECK(office.centre->ingest().judge_again()->applied == 1);
  CHECK(office.figures().purchase_minor == 400 + poison_minor);
  CHECK(office.figures().facts == 3);
}

TEST_CASE("a sealed record is opened and counted when it can be, and holds no other up") {
  PoisonedOffice office;
  auto& till = office.till;
  till.sell(100);
  till.sell(poison_minor);
  till.add_raw(1, "garbage");
  office.taken(till, till.batch(1, 1));
  office.taken_sealed(sealed(till, 2));
  office.taken(till, till.batch(3, 3));
  // It still makes the centre fail: it stays sealed, the next is judged, and the centre starts.
  auto judged = office.centre->ingest().judge_again();
  REQUIRE_MESSAGE(judged.ok(), (judged.ok() ? "" : to_line(judged.error())));
  CHECK(judged->looked_at == 2);
  CHECK(judged->applied == 0);
  office.with_database([](const auto& file) {
    (*sqlite::open(file))->execute("UPDATE central_judged SET version = 'an earlier one'");
  });
  REQUIRE(office.centre);
  CHECK(office.figures().purchase_minor == 100);

  office.with_database([](const auto& file) { cure(file); });
  judged = office.centre->ingest().judge_again();
  REQUIRE(judged.ok());
  CHECK(judged->applied == 1);
  CHECK(office.figures().purchases == 2);
  CHECK(office.figures().purchase_minor == 100 + poison_minor);
  CHECK(office.figures().facts == 3);
  CHECK(office.figures().terminals[0].exceptions == 1);  // the garbage
  CHECK(office.centre->ingest().judge_again()->applied == 0);
}

TEST_CASE("a sealed record that comes in clear under another chain is counted once") {
  PoisonedOffice office;
  auto& till = office.till;
  till.sell(poison_minor);
  office.taken_sealed(sealed(till, 1));
  office.with_database([](const auto& file) {
    cure(file);
    (*sqlite::open(file))->execute("UPDATE central_terminal SET forked = 1");
  });
  till.enrol(office.centre->enrolment());
  CHECK(office.taken(till, till.all()).outcomes.empty());
  CHECK(office.figures().purchases == 1);
  CHECK(office.centre->ingest().judge_again()->applied == 0);
  CHECK(office.figures().purchases == 1);
  CHECK(office.figures().facts == 1);
}

TEST_CASE("a sealed record has to follow what is held and to be the terminal's") {
  PoisonedOffice office;
  auto& till = office.till;
  for (const std::int64_t minor : {100, 200, 300}) till.sell(minor);
  CHECK(office.refused_sealed(sealed(till, 2)) == "gap");
  auto forged = sealed(till, 1);
  forged.hash[3] ^= 1;
  CHECK(office.refused_sealed(forged) == "batch.signature");
  office.taken(till, till.batch(1, 1));
  SendingTerminal other(office.clock);
  other.enrol(office.centre->enrolment());
  other.sell(100);
  other.sell(100);
  other.number = till.number;
  CHECK(office.refused_sealed(sealed(other, 2)) == "batch.signature");
  REQUIRE(office.centre->revocations().revoke(till.number, "stolen", "anna").ok());
  CHECK(office.refused_sealed(sealed(till, 2)) == "terminal.revoked");
}

TEST_CASE("a sealed record of another history is a fork") {
  PoisonedOffice office;
  auto& till = office.till;
  till.sell(100);
  till.sell(200);
  office.taken(till, till.batch(1, 1));
  till.journal.clear();
  till.sell(500);
  till.sell(600);
  CHECK(office.refused_sealed(sealed(till, 2)) == "fork");
  CHECK(office.refused_sealed(sealed(till, 1)) == "fork");
}

TEST_CASE("what is sealed must be what was announced") {
  PoisonedOffice office;
  auto& till = office.till;
  till.sell(100);
  till.sell(200);
  auto other = sealed(till, 1);
  other.sealed = sealed(till, 2).sealed;
  other.signature = bytes64(till.vault->sign(opaque_signing_bytes(till.number, till.epoch, other)));
  CHECK(office.taken_sealed(other).acked == 1);
  auto garbage = sealed(till, 2);
  garbage.sealed = "garbage";
  garbage.signature =
      bytes64(till.vault->sign(opaque_signing_bytes(till.number, till.epoch, garbage)));
  CHECK(office.taken_sealed(garbage).acked == 2);
  const auto judged = office.centre->ingest().judge_again();
  REQUIRE(judged.ok());
  CHECK(judged->looked_at == 2);
  CHECK(office.figures().purchases == 0);
}

}  // namespace keepsake::sync::central::test
