// Both ends in one process, over real TLS on loopback.

#include <doctest/doctest.h>
#include <future>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/agent/session.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/endpoints.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

Profile ingrid() {
  Profile profile;
  profile.name = "Ingrid Haugen";
  profile.phone = "+4791234417";
  return profile;
}

HttpRequest post(const Enrolment& enrolment, std::string body) {
  return {"POST", batch_path(enrolment.terminal, enrolment.epoch), std::move(body),
          std::string(binary_type), Compression::zstd};
}

/// Puts the files of `from` in the place where `to` keeps those of its enrolment.
void borrow_identity(const Till& from, const Enrolment& theirs, const Till& to,
                     const Enrolment& ours) {
  namespace fs = std::filesystem;
  const auto copy = [&](const std::string& name, const std::string& as) {
    fs::copy_file(from.data() / "identity" / name, to.data() / "identity" / as,
                  fs::copy_options::overwrite_existing);
  };
  const auto name = [](const Enrolment& e) {
    return "terminal-" + std::to_string(e.terminal.value) + "-" + std::to_string(e.epoch.value);
  };
  copy(name(theirs) + ".pem", name(ours) + ".pem");
}

}  // namespace

TEST_CASE("everything a terminal recorded reaches the centre with equal totals") {
  HeadOffice office;
  Till till;
  till.record(keepsake::test::programme());
  const CustomerRef customer = till.enrol(ingrid(), "C-100");  // before enrolment: a provisional id
  till.sell(700);
  const Enrolment enrolment = till.enrol_at(office);
  CHECK(enrolment.store == "Lysvik");
  Purchase bought = keepsake::test::purchase(till.clock, {keepsake::test::line("1001", 3, 9900)});
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {2900};
  till.record(bought);

  const SyncState state = till.sync();
  CHECK(state.link == LinkState::online);
  CHECK(state.waiting == 0);
  CHECK(state.acknowledged == 703);
  CHECK(state.store == "Lysvik");
  CHECK(state.terminal == enrolment.terminal);
  CHECK_FALSE(state.last_error);
  CHECK(till.reader()->acknowledged()->seq == 703);
  CHECK(office.store().facts == 703);
  check_equal(till.totals(), office.store());
  CHECK(office.store().points_outstanding_hundredths == 2900);

  till.sync();
  check_equal(till.totals(), office.store());
}

TEST_CASE("the key of a customer travels sealed and opens the profile at the centre") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  const CustomerRef customer = till.enrol(ingrid());
  const auto sealed = till.book->vault().seal_profile(customer, ingrid());
  REQUIRE(sealed.ok());
  CHECK(till.sync().waiting == 0);
  office.stop();
  const auto vault = Vault::open(office.data());
  REQUIRE(vault.ok());
  const auto profile = (*vault)->open_profile(customer, *sealed);
  REQUIRE(profile.ok());
  REQUIRE(profile->has_value());
  CHECK(**profile == ingrid());
}

TEST_CASE("a lost answer costs nothing and counts nothing twice") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(60);
  office.line().set({LineFault::Kind::lose_answer, beyond_handshake, {}});
  auto trying = std::async(std::launch::async, [&] { return till.sync(); });
  CHECK(eventually([&] { return office.store().facts == 60; }));  // it did arrive
  office.line().set({});
  const SyncState lost = trying.get();
  CHECK(lost.link != LinkState::online);
  CHECK(lost.waiting == 60);
  REQUIRE(lost.last_error);
  CHECK(lost.last_error->code == "link.down");
  CHECK(lost.next_try);
  CHECK(till.reader()->acknowledged()->seq == 0);

  till.sell(15);
  CHECK(till.sync().waiting == 0);
  CHECK(office.store().facts == 75);
  check_equal(till.totals(), office.store());
}

TEST_CASE("a request that is cut off does nothing") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  till.sell(60);
  office.line().set({LineFault::Kind::cut_request, beyond_handshake, {}});
  CHECK(till.sync().waiting == 60);
  CHECK(office.store().facts == 0);
  office.line().set({});
  CHECK(till.sync().waiting == 0);
  check_equal(till.totals(), office.store());
}

TEST_CASE("the same push twice has the same answer and one effect") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  till.enrol(ingrid());
  till.sell(20);
  Packer packer(*till.book, enrolment);
  const auto reader = till.reader();
  const auto packed = packer.pack(*reader, {1, 21});
  REQUIRE(packed.ok());
  const std::string body = (*packed)->body;
  CHECK((*packer.pack(*reader, {1, 21}))->body == body);  // sealed keys and all
  const auto line = connect(till, enrolment);
  const auto first = line->exchange(post(enrolment, body));
  const auto second = line->exchange(post(enrolment, body));
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK(first->status == 200);
  CHECK(second->status == 200);
  CHECK(first->body == second->body);
  CHECK(office.line().connections() >= 1);
  CHECK(office.store().facts == 21);
  CHECK(till.sync().waiting == 0);
  check_equal(till.totals(), office.store());
}

TEST_CASE("one connection serves many requests and an idle one is resumed") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  const int before = office.line().connections();
  const auto line = connect(till, enrolment);
  Packer packer(*till.book, enrolment);
  const auto reader = till.reader();
  const std::string greeting = (*packer.pack(*reader, {1, 0}))->body;
  for (int i = 0; i < 5; ++i) CHECK(line->exchange(post(enrolment, greeting))->status == 200);
  CHECK(office.line().connections() == before + 1);
  office.line().set({});  // closes it
  CHECK(line->exchange(post(enrolment, greeting))->status == 200);
  CHECK(office.line().connections() == before + 2);
}

TEST_CASE("a batch beyond the limits is refused with 413 and changes nothing") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  const auto line = connect(till, enrolment);
  const auto inflated =
      line->exchange(post(enrolment, compress(std::string(8 * 1024 * 1024, '\0'))));
  REQUIRE(inflated.ok());
  CHECK(inflated->status == 413);
  const auto problem = decode_problem(inflated->body, format_of(inflated->content_type));
  REQUIRE(problem.ok());
  CHECK(problem->code == "batch.too-large");
  std::string noise(300 * 1024, '\0');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * i * 31 >> 7);
  const auto sent = line->exchange(post(enrolment, noise));
  REQUIRE(sent.ok());
  CHECK(sent->status == 413);
  CHECK(office.store().facts == 0);
}

TEST_CASE("a damaged batch is refused and changes nothing") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  till.sell(3);
  Packer packer(*till.book, enrolment);
  const auto reader = till.reader();
  Batch batch = *decode_batch(*decompress((*packer.pack(*reader, {1, 3}))->body));
  const auto status_of = [&](const Batch& changed) {
    return connect(till, enrolment)->exchange(post(enrolment, compress(encode(changed))))->status;
  };
  Batch other_body = batch;
  other_body.records[1].body[0] = static_cast<char>(other_body.records[1].body[0] ^ 1);
  CHECK(status_of(other_body) == 400);
  Batch other_signature = batch;
  other_signature.signature[5] ^= 1;
  CHECK(status_of(other_signature) == 400);
  CHECK(office.store().facts == 0);
  CHECK(status_of(batch) == 200);
}

TEST_CASE("another centre's certificate is refused and sales go on") {
  HeadOffice office, other;
  Till till, stranger;
  const Enrolment ours = till.enrol_at(office);
  const Enrolment theirs = stranger.enrol_at(other);
  borrow_identity(stranger, theirs, till, ours);
  till.sell(2);
  const SyncState state = till.sync();
  CHECK(state.link == LinkState::refused);
  CHECK(state.waiting == 2);
  REQUIRE(state.last_error);
  CHECK(state.last_error->kind == Failure::refused);
  CHECK(office.store().facts == 0);
  till.sell(1);
  CHECK(till.totals().purchases == 3);
}

TEST_CASE("one terminal cannot speak for another") {
  HeadOffice office;
  Till till, other;
  const Enrolment ours = till.enrol_at(office);
  const Enrolment theirs = other.enrol_at(office);
  CHECK(ours.terminal != theirs.terminal);
  borrow_identity(other, theirs, till, ours);
  till.sell(2);
  const SyncState state = till.sync();
  CHECK(state.link == LinkState::refused);
  CHECK(office.store().facts == 0);
}

TEST_CASE("a server that is not the centre gets nothing") {
  HeadOffice office, impostor;
  Till till;
  Enrolment enrolment = till.enrol_at(office);
  till.sell(2);
  enrolment.central_url = impostor.url();
  REQUIRE(till.book->set_enrolment(enrolment).ok());
  const SyncState state = till.sync();
  CHECK(state.link == LinkState::never_reached);
  REQUIRE(state.last_error);
  CHECK(state.last_error->code == "link.certificate");
}

TEST_CASE("terminals of one store add up") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.sell(5);
  second.sell(7);
  CHECK(first.sync().waiting == 0);
  CHECK(second.sync().waiting == 0);
  CHECK(office.store().purchases == 12);
  CHECK(first.sync().waiting == 0);
  for (Till* each : {&first, &second}) {
    CHECK(each->totals().purchases == 12);
    CHECK(each->totals().purchase_minor == office.store().purchase_minor);
  }
  CHECK(office.store().terminals.size() == 2);
}

TEST_CASE("after enrolling again the rest goes under the new epoch and the old one is frozen") {
  HeadOffice office;
  Till till;
  const Enrolment old = till.enrol_at(office);
  till.sell(3);
  CHECK(till.sync().waiting == 0);
  const TlsIdentity old_identity = *load_identity(till.data(), old);
  till.sell(2);
  const Enrolment fresh = till.enrol_at(office);
  CHECK(fresh.terminal == old.terminal);
  CHECK(fresh.epoch.value == old.epoch.value + 1);
  CHECK_FALSE(load_identity(till.data(), old).ok());  // forgotten

  auto former = Session::open(*till.book, till.clock, old,
                              std::make_unique<HttpsTransport>(old.central_url, old_identity));
  REQUIRE(former.ok());
  (*former)->work(engine::Tick{}, {}, [] {});
  CHECK((*former)->state().link == LinkState::refused);
  CHECK((*former)->state().last_error->code == "sync.retired");

  CHECK(till.sync().waiting == 0);
  CHECK(office.store().facts == 5);
  check_equal(till.totals(), office.store());
}

TEST_CASE("facts of every size travel and batches stay within their limit") {
  HeadOffice office;
  Till till;
  till.enrol_at(office);
  Programme large = keepsake::test::programme();
  for (std::int32_t version = 1; version <= 12; ++version) {
    large.version = version;
    large.source.clear();
    std::uint64_t z = static_cast<std::uint64_t>(version);
    while (large.source.size() < 60'000) {  // hex digits of noise: shrinks to half
      z = z * 6364136223846793005ULL + 1442695040888963407ULL;
      large.source += to_hex(FactId{z, z * 31});
    }
    till.record(large);
  }
  CHECK(till.sync().waiting == 0);
  CHECK(office.store().facts == 12);
}

}  // namespace keepsake::sync::test
