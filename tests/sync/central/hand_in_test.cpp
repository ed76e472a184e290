#include "sync/central/hand_in.hpp"

#include <doctest/doctest.h>

#include "storage/vault/crypto.hpp"
#include "sync/central/neighbours.hpp"
#include "sync/wire/compression.hpp"
#include "tests/sync/central/office.hpp"
#include "tests/sync/poison.hpp"

namespace keepsake::sync::central::test {

namespace {

using keepsake::sync::test::cure;
using keepsake::sync::test::poison;
using keepsake::sync::test::poison_minor;
using keepsake::sync::test::Poisoned;

/// Two tills of one store and one of another.
struct Street {
  Office office;
  SendingTerminal lost{office.clock}, bearer{office.clock}, elsewhere{office.clock};

  Street() {
    lost.enrol(office.centre->enrolment());
    bearer.enrol(office.centre->enrolment());
    elsewhere.enrol(office.centre->enrolment(), "Nordnes");
  }
  HandedIn sealed(const Batch& batch) {
    return {seal_for(compress(encode(batch)), lost.central_box_public).value(), office.clock.now()};
  }
  HandIn of_lost(std::vector<HandedIn> batches) const {
    return {{lost.number, lost.epoch}, std::move(batches)};
  }
  std::variant<HandInAnswer, Refusal> bring(const SendingTerminal& by, const HandIn& hand_in) {
    auto answer = office.centre->hand_ins().take({by.number, by.epoch}, hand_in,
                                                 open_all(hand_in, office.centre->vault()));
    REQUIRE(office.centre->ingest().apply_all().ok());
    return answer;
  }
  HandInAnswer brought(const HandIn& hand_in) {
    auto answer = bring(bearer, hand_in);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(refusal->problem.code);
    return std::get<HandInAnswer>(answer);
  }
  std::string refused(const SendingTerminal& by, const HandIn& hand_in) {
    auto answer = bring(by, hand_in);
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal ? refusal->problem.code : "taken";
  }
  std::vector<HandedInCount> counts() const {
    return handed_in_of(**open_records(office.data()), lost.number, 10);
  }
};

}  // namespace

TEST_CASE("handed in: what goes on with the chain is taken as if it had been sent") {
  Street street;
  for (int i = 0; i < 4; ++i) street.lost.sell(1000);
  const auto answer = street.brought(street.of_lost(
      {street.sealed(street.lost.batch(1, 2)), street.sealed(street.lost.batch(3, 4))}));
  CHECK(answer.taken == 2);
  CHECK(answer.code.empty());
  const auto word = decode_signed_acknowledgement(answer.acknowledgement);
  REQUIRE(word.ok());
  CHECK(verify_signature(ack_signing_bytes(word->acknowledgement), view(word->signature),
                         street.lost.central_sign_public));
  const auto said = decode_acknowledgement(word->acknowledgement);
  CHECK(said->terminal == street.lost.number);
  CHECK(said->acked == 4);
  CHECK(street.office.figures().purchases == 4);
  // And from the terminal itself: the same.
  CHECK(street.office.taken(street.lost, street.lost.all()).acked == 4);
  CHECK(street.office.figures().purchases == 4);
  CHECK(street.office.figures().facts == 4);
  // And once more from the other.
  CHECK(street.brought(street.of_lost({street.sealed(street.lost.all())})).taken == 1);
  CHECK(street.office.figures().facts == 4);
  REQUIRE(street.counts().size() == 1);
  CHECK(street.counts().front().by == street.bearer.number);
  CHECK(street.counts().front().batches == 3);
  CHECK(street.counts().front().facts == 4);
}

TEST_CASE("handed in: parts that follow what is not here count, and what is before them later") {
  Street street;
  for (int i = 0; i < 6; ++i) street.lost.sell(1000);
  const auto answer = street.brought(street.of_lost({street.sealed(street.lost.batch(4, 6))}));
  CHECK(answer.taken == 1);
  CHECK(answer.acknowledgement.empty());
  CHECK(street.office.figures().purchases == 3);
  CHECK(street.office.taken(street.lost, street.lost.batch(1, 5)).acked == 5);
  CHECK(street.office.taken(street.lost, street.lost.batch(6, 6)).acked == 6);
  CHECK(street.office.figures().purchases == 6);
  CHECK(street.office.figures().facts == 6);
}

TEST_CASE("handed in: another branch of a journal counts beside the chain, and is no fork") {
  Street street;
  street.lost.sell(1000);
  street.office.taken(street.lost, street.lost.all());
  const auto journal = street.lost.journal;  // the backup
  street.lost.sell(2000);
  street.lost.sell(2000);
  const HandIn branch = street.of_lost({street.sealed(street.lost.batch(2, 3))});
  street.lost.journal = journal;
  street.office.clock.advance(std::chrono::hours(1));
  street.lost.sell(3000);
  CHECK(street.office.taken(street.lost, street.lost.all()).acked == 2);
  for (int twice = 0; twice < 2; ++twice) {
    const auto answer = street.brought(branch);
    CHECK(answer.taken == 1);
    CHECK(answer.acknowledgement.empty());
    CHECK(street.office.figures().purchases == 4);
    CHECK(street.office.figures().facts == 4);
    CHECK(street.office.figures().purchase_minor == 8000);
  }
  street.lost.sell(4000);
  CHECK(street.office.taken(street.lost, street.lost.all()).acked == 3);
  CHECK(street.counts().front().facts == 2);
}

TEST_CASE("handed in: of a former epoch, after another enrolment") {
  Street street;
  street.lost.sell(1000);
  street.lost.sell(1000);
  const HandIn kept = street.of_lost({street.sealed(street.lost.all())});
  street.lost.enrol(street.office.centre->enrolment());
  CHECK(street.lost.epoch.value == 2);
  CHECK(street.brought(kept).taken == 1);
  CHECK(street.office.figures().purchases == 2);
  CHECK(street.office.taken(street.lost, street.lost.all()).acked == 2);
  CHECK(street.office.figures().purchases == 2);
  CHECK(street.office.figures().facts == 2);
}

TEST_CASE("handed in: of a terminal that was shut out what was kept before, and nothing after") {
  Street street;
  street.lost.sell(1000);
  HandIn kept = street.of_lost({street.sealed(street.lost.all())});
  street.office.clock.advance(std::chrono::minutes(1));
  REQUIRE(street.office.centre->revocations().revoke(street.lost.number, "stolen", "anna").ok());
  street.lost.sell(1000);
  const HandIn later = street.of_lost({street.sealed(street.lost.batch(2, 2))});
  CHECK(street.brought(later).code == "terminal.revoked");
  CHECK(street.office.figures().facts == 0);
  CHECK(street.brought(kept).taken == 1);
  CHECK(street.office.figures().facts == 1);
  // Both in one: the first counts, the second is told.
  kept.batches.push_back(later.batches.front());
  const auto answer = street.brought(kept);
  CHECK(answer.taken == 1);
  CHECK(answer.code == "terminal.revoked");
}

TEST_CASE("handed in: what is damaged, forged or not this terminal's is not taken") {
  Street street;
  street.lost.sell(1000);
  street.lost.sell(1000);
  HandIn hand_in = street.of_lost({street.sealed(street.lost.all())});
  std::string expected;
  SUBCASE("a bit of the box") {
    hand_in.batches.front().sealed[60] ^= 1;
    expected = "wire.syntax";
  }
  SUBCASE("cut") {
    hand_in.batches.front().sealed.resize(100);
    expected = "wire.syntax";
  }
  SUBCASE("made by the bearer") {
    street.bearer.sell(5000);
    hand_in = street.of_lost({street.sealed(street.bearer.all())});
    expected = "batch.signature";
  }
  SUBCASE("changed before it was sealed") {
    Batch batch = street.lost.all();
    batch.records.front().body = street.lost.batch(2, 2).records.front().body;
    hand_in = street.of_lost({street.sealed(batch)});
    expected = "batch.chain";
  }
  SUBCASE("an epoch that the signature is not of") {
    street.lost.enrol(street.office.centre->enrolment());
    hand_in.whose.epoch = street.lost.epoch;
    expected = "batch.signature";
  }
  const auto answer = street.brought(hand_in);
  CHECK(answer.taken == 0);
  CHECK(answer.code == expected);
  CHECK(street.office.figures().facts == 0);
  CHECK(street.counts().empty());
}

TEST_CASE("handed in: what head office cannot cope with is not in the way of what is behind it") {
  Street street;
  Office& office = street.office;
  const auto with_database = [&](const auto& work) {
    office.centre.reset();
    work(office.data() / "central.db");
    office.centre = std::move(*Centre::open(office.data(), {"localhost"}, office.clock));
  };
  with_database([](const auto& file) { poison(file, Poisoned::taking); });
  street.lost.sell(100);
  street.lost.sell(poison_minor);
  street.lost.sell(300);
  street.lost.sell(400);
  const HandIn all = street.of_lost(
      {street.sealed(street.lost.batch(1, 1)), street.sealed(street.lost.batch(2, 2)),
       street.sealed(street.lost.batch(3, 3)), street.sealed(street.lost.batch(4, 4))});
  const auto answer = street.brought(all);
  CHECK(answer.taken == 1);
  CHECK(answer.code == hand_in_failed);
  // As the till that brings it does: that one is kept, and what is behind it comes.
  CHECK(street.brought(street.of_lost({all.batches[2], all.batches[3]})).taken == 2);
  CHECK(office.figures().purchases == 3);
  CHECK(office.figures().purchase_minor == 800);
  with_database([](const auto& file) { cure(file); });
  CHECK(street.brought(street.of_lost({all.batches[1]})).taken == 1);
  CHECK(office.figures().purchases == 4);
  // And all of it by the terminal itself, once it is found.
  CHECK(office.taken(street.lost, street.lost.all()).acked == 4);
  CHECK(office.figures().purchases == 4);
  CHECK(office.figures().facts == 4);
}

TEST_CASE("handed in: by a terminal of the store that may speak, of one that is known") {
  Street street;
  street.lost.sell(1000);
  HandIn hand_in = street.of_lost({street.sealed(street.lost.all())});
  CHECK(street.refused(street.elsewhere, hand_in) == "hand-in.other-store");
  HandIn unknown = hand_in;
  unknown.whose.terminal = {7'777'777};
  CHECK(street.refused(street.bearer, unknown) == "hand-in.unknown");
  unknown = hand_in;
  unknown.whose.epoch = {9};
  CHECK(street.refused(street.bearer, unknown) == "hand-in.unknown");
  REQUIRE(street.office.centre->revocations().revoke(street.bearer.number, "stolen", "anna").ok());
  CHECK(street.refused(street.bearer, hand_in) == "terminal.revoked");
  CHECK(street.office.figures().facts == 0);
}

TEST_CASE("neighbours are the tills of the store that are at work, where they said last") {
  Street street;
  Neighbours& neighbours = street.office.centre->neighbours();
  const auto asked = [&](const SendingTerminal& by, std::vector<std::string> addresses) {
    const auto answer = neighbours.exchange(by.number, by.epoch, {std::move(addresses)});
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(refusal->problem.code);
    return std::get<NeighboursAnswer>(answer).neighbours;
  };
  const auto first = asked(street.lost, {"10.0.0.1:8471", "[fd00::1]:8471"});
  REQUIRE(first.size() == 1);
  CHECK(first.front().identity == TerminalIdentity{street.bearer.number, street.bearer.epoch});
  CHECK(first.front().addresses.empty());
  CHECK(first.front().till == 2);
  CHECK(asked(street.elsewhere, {}).empty());
  const auto second = asked(street.bearer, {});
  REQUIRE(second.size() == 1);
  CHECK(second.front().addresses == std::vector<std::string>{"10.0.0.1:8471", "[fd00::1]:8471"});

  SUBCASE("it listens no more") {
    asked(street.lost, {});
    CHECK(asked(street.bearer, {}).front().addresses.empty());
  }
  SUBCASE("it was enrolled again, and has not said where it is") {
    street.lost.enrol(street.office.centre->enrolment());
    CHECK(asked(street.bearer, {}).front().identity.epoch == street.lost.epoch);
    CHECK(asked(street.bearer, {}).front().addresses.empty());
  }
  SUBCASE("it was shut out") {
    REQUIRE(street.office.centre->revocations().revoke(street.lost.number, "stolen", "a").ok());
    CHECK(asked(street.bearer, {}).empty());
    const auto answer = neighbours.exchange(street.lost.number, street.lost.epoch, {});
    REQUIRE(std::holds_alternative<Refusal>(answer));
    CHECK(std::get<Refusal>(answer).status == 403);
  }
}

}  // namespace keepsake::sync::central::test
