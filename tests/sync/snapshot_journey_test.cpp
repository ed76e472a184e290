// A new till begins with its store's records as head office has them, over real TLS on loopback: cut,
// damaged, erased and restored on the way.

#include <deque>
#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/rebuild.hpp"
#include "storage/book/snapshot_intake.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/records/schema.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/puller.hpp"
#include "sync/central/feed.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/snapshot.hpp"
#include "tests/support/same_records.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

namespace fs = std::filesystem;

using keepsake::test::findings_of;
using keepsake::test::line;
using keepsake::test::rebuilt;
using keepsake::test::records_of_store;
using keepsake::test::why;

Profile named(const std::string& name, const std::string& phone) {
  Profile profile;
  profile.name = name;
  profile.phone = phone;
  return profile;
}

/// A store with a till that has sold and enrolled, whose head office sends snapshots from ten facts on.
struct Store {
  Store() {
    office.stop();
    office.worth = 10;
    office.start();
    first.enrol_at(office);
    first.record(keepsake::test::programme());
    kari = first.enrol(named("Kari Nordmann", "+4791234567"), "C-1");
    ola = first.enrol(named("Ola Hansen", "+4798765432"), "C-2");
    first.sell(40);
    first.sync();
  }
  HeadOffice office;
  Till first;
  CustomerRef kari, ola;
};

/// What is named so in a folder, without the empty journal of what SQLite keeps there.
std::vector<fs::path> named_in(const fs::path& folder, std::string_view prefix) {
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& each : fs::directory_iterator(folder, none)) {
    const std::string name = each.path().filename().string();
    if (name.starts_with(prefix) && !name.ends_with("-journal")) found.push_back(each.path());
  }
  return found;
}

bool holds(const fs::path& file, std::string_view value) {
  return read_whole(file, 1U << 30U).value().find(value) != std::string::npos;
}

/// Pulls until nothing is left; how many of the answers were parts of a snapshot.
int pull_all(Till& till, const Clock& clock) {
  auto puller = Puller::open(*till.book, clock);
  REQUIRE(why(puller) == "");
  int parts = 0;
  for (int n = 0; n < 1000; ++n) {
    const auto pulled = (*puller)->pull(std::chrono::seconds(0));
    REQUIRE_MESSAGE(pulled.ok(), why(pulled));
    if (pulled->again.count() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (pulled->arriving) ++parts;
    if (pulled->has_all) return parts;
  }
  FAIL("it never ends");
  return parts;
}

HttpAnswer ask(const Till& till, const Enrolment& as, const std::string& path) {
  auto answer = connect(till, as)->exchange({"GET", path, {}, {}});
  REQUIRE_MESSAGE(answer.ok(), why(answer));
  return *answer;
}

std::string path_of_offer(const Enrolment& as) {
  return snapshot_path(as.terminal, as.epoch, {}, records::schema_version());
}

/// Asked until it is made.
SnapshotOffer offer_to(const Till& till, const Enrolment& as) {
  for (int n = 0; n < 400; ++n) {
    const auto answer = ask(till, as, path_of_offer(as));
    if (answer.status == 200)
      return decode_snapshot_offer(decode_signed_snapshot_offer(answer.body)->offer).value();
    REQUIRE(answer.status == 503);
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  FAIL("no snapshot");
  return {};
}

void check_has_all(Till& till, Till& other) {
  CHECK(records_of_store(till.data()) == records_of_store(other.data()));
  CHECK(rebuilt(till) == "");
  CHECK(findings_of(till.data()) == "");
}

}  // namespace

TEST_CASE("a new till begins with a snapshot, pulls on, and has what one has that pulled all") {
  Store store;
  CHECK(named_in(store.first.data(), "base-").empty());  // all of it is its own
  Till begun;
  begun.enrol_at(store.office);
  CHECK(pull_all(begun, store.office.clock) > 0);
  CHECK(named_in(begun.data(), "base-").size() == 1);
  CHECK(begun.reader()->customer_by_phone("+4791234567").value() == store.kari);
  check_has_all(begun, store.first);
  store.first.sell(2);
  begun.sell(3);
  begun.sync();
  store.first.sync();
  begun.sync();
  CHECK(begun.totals().purchases == 45);
  check_has_all(begun, store.first);
  CHECK(begun.reader()->customer_profile(store.ola).value()->ref == store.ola);
}

TEST_CASE("a till of a small store, or of other tables, pulls from the beginning") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  first.sell(40);
  first.sync();
  second.enrol_at(office);
  CHECK(pull_all(second, office.clock) == 0);
  CHECK(named_in(second.data(), "base-").empty());
  CHECK(second.totals().purchases == 40);
  Store store;
  Till other;
  const auto as = other.enrol_at(store.office);
  const auto answer = ask(other, as, snapshot_path(as.terminal, as.epoch, {}, 1));
  CHECK(answer.status == 404);
  CHECK(decode_problem(answer.body)->code == "snapshot.none");
}

TEST_CASE("own sales that were sent before are not doubled, those that were not lie on top") {
  Store store;
  Till begun;
  begun.enrol_at(store.office);
  begun.sell(5);
  begun.sync();  // pushes, and pulls in one go: the snapshot has them, or they lie on top of it
  begun.sell(2);
  CHECK(begun.totals().purchases == 47);
  CHECK(rebuilt(begun) == "");
  begun.sync();
  store.first.sync();
  check_has_all(begun, store.first);
  // Behind by many, with a history of its own: it begins again.
  store.first.sell(600);
  store.first.sync();
  begun.sell(1);
  const auto before = named_in(begun.data(), "base-").front();
  CHECK(pull_all(begun, store.office.clock) > 0);
  REQUIRE(named_in(begun.data(), "base-").size() == 1);
  CHECK(named_in(begun.data(), "base-").front() != before);
  CHECK(begun.totals().purchases == 648);
  begun.sync();
  store.first.sync();
  check_has_all(begun, store.first);
}

TEST_CASE("a line that breaks again and again goes on where it was") {
  Store store;
  Till begun;
  const auto as = begun.enrol_at(store.office);
  const auto offer = offer_to(begun, as);
  REQUIRE(offer.row_parts > 0);
  using Kind = keepsake::test::LineFault::Kind;
  int failures = 0;
  for (std::size_t bytes = 500; bytes < 12'000; bytes += 1500) {
    store.office.line().set({Kind::lose_answer, bytes});
    auto puller = Puller::open(*begun.book, store.office.clock);
    REQUIRE(puller.ok());
    for (int n = 0; n < 3; ++n) {
      const std::jthread cut([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(40));
        store.office.line().set({Kind::lose_answer, bytes});
      });
      if (!(*puller)->pull(std::chrono::seconds(0))) ++failures;
      CHECK(rebuilt(begun) == "");
    }
  }
  CHECK(failures > 0);
  store.office.line().set({});
  pull_all(begun, store.office.clock);
  check_has_all(begun, store.first);
}

TEST_CASE("what a power cut spoiled of a snapshot under way is fetched anew") {
  Store store;
  Till begun;
  const auto as = begun.enrol_at(store.office);
  const auto offer = offer_to(begun, as);
  {
    auto puller = Puller::open(*begun.book, store.office.clock);
    while (!named_in(begun.data(), "snapshot-").size() ||
           fs::file_size(named_in(begun.data(), "snapshot-").front()) == 0)
      REQUIRE((*puller)->pull(std::chrono::seconds(0)).ok());
  }
  std::fstream(named_in(begun.data(), "snapshot-").front(),
               std::ios::in | std::ios::out | std::ios::binary)
      << std::string(100, '\0');
  auto puller = Puller::open(*begun.book, store.office.clock);
  Result<Puller::Pulled> pulled = (*puller)->pull(std::chrono::seconds(0));
  for (int n = 0; pulled && n < 20; ++n) pulled = (*puller)->pull(std::chrono::seconds(0));
  REQUIRE(!pulled.ok());
  CHECK(pulled.error().code == "snapshot.damaged");
  int parts = 0;
  for (int n = 0; n < 50; ++n) {
    pulled = (*puller)->pull(std::chrono::seconds(0));
    REQUIRE_MESSAGE(pulled.ok(), why(pulled));
    parts += pulled->arriving ? 1 : 0;
    if (pulled->has_all) break;
  }
  CHECK(parts > 0);
  CHECK(named_in(begun.data(), "base-") ==
        std::vector<fs::path>{begun.data() / ("base-" + to_hex(offer.base.id) + ".db")});
  check_has_all(begun, store.first);
}

TEST_CASE("what is not signed by head office, or for another terminal, is not believed") {
  Store store;
  Till begun, other;
  const auto as = begun.enrol_at(store.office);
  const auto another = other.enrol_at(store.office);
  (void)offer_to(begun, as);
  /// Head office's answers, with bytes changed on the way.
  class Meddling : public Transport {
   public:
    Meddling(std::unique_ptr<Transport> line, std::string what)
        : line_(std::move(line)), what_(std::move(what)) {}
    Result<HttpAnswer> exchange(const HttpRequest& request) override {
      auto answer = line_->exchange(request);
      if (answer && request.path.find(what_) != std::string::npos)
        answer->body[answer->body.size() / 2] ^= 1;
      return answer;
    }
    void abort() noexcept override { line_->abort(); }

   private:
    std::unique_ptr<Transport> line_;
    std::string what_;
  };
  for (const char* what : {"/snapshot/", "/snapshot-part/"}) {
    auto reader = begun.book->reader();
    Puller puller(*begun.book, store.office.clock,
                  {as, std::make_unique<Meddling>(connect(begun, as), what)}, std::move(*reader));
    Result<Puller::Pulled> pulled = puller.pull(std::chrono::seconds(0));
    for (int n = 0; pulled && n < 5; ++n) pulled = puller.pull(std::chrono::seconds(0));
    REQUIRE(!pulled.ok());
    CHECK(pulled.error().code == "answer.untrusted");
    CHECK(begun.totals().customers == 0);
  }
  const auto offer = offer_to(other, another);
  CHECK(!begun.book->vault().open_sealed(offer.key).ok());
  CHECK(other.book->vault().open_sealed(offer.key).ok());
}

TEST_CASE("a snapshot is given to nobody else, and not to who is revoked") {
  Store store;
  Till begun, elsewhere;
  const auto as = begun.enrol_at(store.office);
  const auto stranger = elsewhere.enrol_at(store.office, "Sunne");
  const auto offer = offer_to(begun, as);
  const auto part = [&](const Enrolment& who) {
    return snapshot_part_path(who.terminal, who.epoch, offer.base.id, 0);
  };
  CHECK(ask(begun, as, part(as)).status == 200);
  CHECK(ask(elsewhere, stranger, part(stranger)).status == 404);
  CHECK(ask(elsewhere, stranger, part(as)).status == 403);
  CHECK(ask(begun, as, snapshot_part_path(as.terminal, as.epoch, offer.base.id, 9999)).status ==
        404);
  store.office.revoke(as.terminal);
  CHECK(ask(begun, as, part(as)).status == 403);
  CHECK(ask(begun, as, path_of_offer(as)).status == 403);
}

TEST_CASE("who is erased while a till fetches is in no snapshot, nor in what they are made of") {
  Store store;
  Till begun;
  const auto as = begun.enrol_at(store.office);
  const auto offer = offer_to(begun, as);
  const auto folder = store.office.data() / "snapshots";
  const auto kept = named_in(folder, "store-").front();
  CHECK(holds(kept, "Kari Nordmann"));
  CHECK(named_in(folder, "snapshot-").size() == 1);
  CHECK(named_in(folder, "rows-").empty());
  CHECK(!holds(named_in(folder, "snapshot-").front(), "Kari"));  // sealed
  REQUIRE(why(store.first.book->erase(store.kari, "asked", "anna")) == "");
  store.first.sync();
  CHECK(ask(begun, as, snapshot_part_path(as.terminal, as.epoch, offer.base.id, 0)).status == 404);
  CHECK(eventually([&] { return !holds(kept, "Kari Nordmann") && !holds(kept, "4791234567"); }));
  pull_all(begun, store.office.clock);
  CHECK(!begun.reader()->customer_by_phone("+4791234567").value());
  CHECK(begun.reader()->customer_by_phone("+4798765432").value() == store.ola);
  CHECK(!holds(named_in(begun.data(), "base-").front(), "Kari"));
  check_has_all(begun, store.first);
}

TEST_CASE("head office forgets who was erased while it was stopped from making snapshots") {
  Store store;
  Till begun;
  const auto as = begun.enrol_at(store.office);
  (void)offer_to(begun, as);
  const auto folder = store.office.data() / "snapshots";
  const auto kept = named_in(folder, "store-").front();
  const fs::path aside = fs::path(kept).concat(".aside");
  fs::copy_file(kept, aside);
  REQUIRE(why(store.first.book->erase(store.kari, "asked", "anna")) == "");
  store.first.sync();
  CHECK(eventually([&] { return !holds(kept, "Kari Nordmann"); }));
  store.office.stop();
  fs::rename(aside, kept);  // as if it had been stopped before
  CHECK(holds(kept, "Kari Nordmann"));
  store.office.start();
  CHECK(named_in(folder, "snapshot-").empty());
  CHECK(eventually([&] { return !holds(kept, "Kari Nordmann"); }));
}

TEST_CASE(
    "a till whose head office was restored from a copy begins with a snapshot of the new order") {
  Store store;
  Till begun;
  begun.enrol_at(store.office);
  pull_all(begun, store.office.clock);
  const auto copy = store.office.data().parent_path() / "copy.db";
  store.office.back_up(copy);
  begun.sell(4);
  begun.sync();
  store.office.restore(copy);
  CHECK(pull_all(begun, store.office.clock) > 0);
  CHECK(begun.totals().purchases == 44);
  CHECK(rebuilt(begun) == "");
  begun.sync();
  store.first.sync();
  CHECK(store.office.store().purchases == 44);
  check_has_all(begun, store.first);
}

TEST_CASE("what head office found of own facts that lie inside a snapshot is told with it") {
  Store store;
  Till begun;
  begun.enrol_at(store.office);
  const CustomerRef liv = begun.enrol(named("Liv Berg", "+4740000001"), "C-3");
  begun.push();
  store.office.settle();
  auto lamp = line("1002", 1, 10000);
  lamp.warranty = keepsake::test::item("SN100");
  lamp.warranty->covers.front().dates.end = std::chrono::year(2040) / 1 / 1;
  auto bought = keepsake::test::purchase(store.first.clock, {lamp});
  bought.customer = liv;
  store.first.sync();
  store.first.record(bought);
  store.first.sync();
  // It knows of no cover yet. What head office answers lies in no records at all.
  REQUIRE(why(begun.book->erase(liv, "asked", "anna")) == "");
  begun.push();
  store.office.settle();
  // As if head office had answered before it applied the facts: then it tells with their places.
  sqlite::open(begun.data() / "keepsake.db").value()->execute("DELETE FROM outcome");
  CHECK(pull_all(begun, store.office.clock) > 0);
  const auto outcomes = begun.reader()->outcomes(10).value();
  REQUIRE(outcomes.size() == 1);
  CHECK(outcomes.front().code == "erasure.owed");
  CHECK(begun.reader()->count_open_exceptions().value() == 1);
  // Asked for anew, it is kept once.
  fs::remove(named_in(begun.data(), "base-").front());
  store.first.sell(20);
  store.first.sync();
  pull_all(begun, store.office.clock);
  CHECK(begun.reader()->outcomes(10).value() == outcomes);
  begun.sync();
  check_has_all(begun, store.first);
}

TEST_CASE("a till of which more is to be told than an answer holds pulls, and is told all of it") {
  Store store;
  Till begun;
  begun.enrol_at(store.office);
  constexpr int sales = 300;
  const auto cover = [&store](Till& till) {  // two lamps in each sale, the same at either till
    std::vector<Fact> all;
    for (int n = 0; n < sales; ++n) {
      auto lamp = line("1002", 1, 10000);
      lamp.warranty = keepsake::test::item("SN" + std::to_string(n));
      auto other = lamp;
      other.warranty = keepsake::test::item("SM" + std::to_string(n));
      all.emplace_back(keepsake::test::purchase(till.clock, {lamp, other}));
    }
    REQUIRE(why(till.book->record_all(all)) == "");
    till.push();
    store.office.settle();
  };
  cover(store.first);
  cover(begun);
  sqlite::open(begun.data() / "keepsake.db").value()->execute("DELETE FROM outcome");
  CHECK(pull_all(begun, store.office.clock) == 0);
  CHECK(begun.reader()->outcomes(2000).value().size() == sales);
  CHECK(rebuilt(begun) == "");
}

TEST_CASE("a new till begins, though what head office makes snapshots of is damaged or cannot be") {
  Store store;
  Till first_new, begun;
  const auto as = first_new.enrol_at(store.office);
  (void)offer_to(first_new, as);
  const auto folder = store.office.data() / "snapshots";
  store.office.stop();
  bool snapshot = true;
  SUBCASE("damaged") {
    std::fstream file(named_in(folder, "store-").front(),
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(200'000, 'x');
  }
  SUBCASE("no database") {
    std::ofstream(named_in(folder, "store-").front(), std::ios::binary) << std::string(9999, 'x');
  }
  SUBCASE("no room for any") {
    fs::remove_all(folder);
    std::ofstream(folder) << "in the way";
    snapshot = false;
  }
  store.office.start();
  begun.enrol_at(store.office);
  CHECK((pull_all(begun, store.office.clock) > 0) == snapshot);
  CHECK(begun.totals().purchases == 40);
  check_has_all(begun, store.first);
}

TEST_CASE(
    "a till that lost what its records began with is sent it again, though it lacks nothing") {
  Store store;
  Till begun;
  begun.enrol_at(store.office);
  pull_all(begun, store.office.clock);
  const auto first = named_in(begun.data(), "base-").front();
  for (int sales = 0; sales < 3;
       ++sales) {  // of another, and of its own, since the snapshot was made
    if (sales == 1) store.first.sell(1);
    if (sales == 2) begun.sell(1);
    store.first.sync();
    begun.push();
    store.office.settle();
    fs::remove(named_in(begun.data(), "base-").front());
    CHECK(findings_of(begun.data()).find("is missing") != std::string::npos);
    CHECK(pull_all(begun, store.office.clock) > 0);
    CHECK(begun.totals().purchases == 40 + sales);
    begun.sync();
    store.first.sync();
    check_has_all(begun, store.first);
  }
  CHECK(named_in(begun.data(), "base-").front() != first);
}

}  // namespace keepsake::sync::test
