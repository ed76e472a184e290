#include "sync/central/reservations.hpp"

#include <doctest/doctest.h>
#include <map>

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/register.hpp"
#include "sync/central/schema.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync::central::test {

namespace {

using namespace std::chrono_literals;

/// Seats of an event: a kind that no fact moves, shared as anything else is.
class Seats final : public LeaseKind {
 public:
  std::map<std::string, std::int64_t> free;
  std::vector<std::string> visited{"Lysvik"};

  std::string_view name() const override { return "seats"; }
  std::vector<Resource> moved_by(Database&, const Fact&, std::string_view) const override {
    return {};
  }
  std::int64_t spendable(Database&, const Resource& resource, Instant) const override {
    const auto found = free.find(resource.owner);
    return found == free.end() ? 0 : found->second;
  }
  std::vector<std::string> stores(Database&, const Resource&, Instant) const override {
    return visited;
  }
  std::int64_t step(const Resource&) const override { return 2; }
};

const Resource noon{"seats", "noon", ""};

/// A centre's database with terminals that ask by hand.
struct LeaseDesk {
  keepsake::test::FakeClock clock;
  keepsake::test::TemporaryFolder folder;
  std::unique_ptr<Vault> vault = *Vault::create(folder.path());
  std::unique_ptr<Database> database = *sqlite::open(folder.path() / "central.db", {});
  Seats seats;
  const LeaseKind* kinds[1] = {&seats};
  Reservations reservations{*database, *vault, clock, kinds};

  LeaseDesk() {
    REQUIRE(migrate(*database).ok());
    Transaction transaction(*database);
    for (const char* store : {"Lysvik", "Sunne"}) add_store(*database, store, clock.now());
    transaction.commit();
    seats.free["noon"] = 100;
  }

  Terminal add_till(std::uint32_t number, const std::string& store = "Lysvik") {
    Terminal till;
    till.number = {number};
    till.store = store;
    till.sign_public = std::string(32, 's');
    till.sign_public.back() = static_cast<char>(number);
    till.box_public = std::string(32, 'b');
    till.device = "till";
    till.epoch = {1};
    till.lineage = 1;
    till.last_seen_ms = clock.now().ms;
    Transaction transaction(*database);
    put_terminal(*database, till);
    transaction.commit();
    return till;
  }
  /// To all stores.
  void say(const char* settings) {
    Transaction transaction(*database);
    const FactId id = FactId::make(settings_clock.tick(clock.now()), {0}, {1}, ++words);
    REQUIRE(records::apply(*database, {id, {}}, ChainSettings{settings}, vault.get(),
                           records::Contradiction::note)
                .ok());
    transaction.commit();
  }
  HybridClock settings_clock;
  Seq words = 0;
  void give_back_recalled(const Terminal& till) {
    const auto answer = ask(till);
    ReservationRequest request;
    request.known = *answer.news.change;
    for (const ReservationId& each : answer.news.recalled) request.given_back.push_back({each, 0});
    ask(till, request);
  }
  void share_out(const Resource& resource = noon) {
    put_due(*database, resource);
    REQUIRE(reservations.share_out().ok());
  }
  ReservationAnswer ask(const Terminal& till, const ReservationRequest& request = {}) {
    const auto answered = reservations.answer(till.number, till.epoch, request);
    REQUIRE(std::holds_alternative<Reservations::Answered>(answered));
    const auto& said = std::get<Reservations::Answered>(answered);
    news = said.news;
    return decode_reservation_answer(said.answer.answer).value();
  }
  /// As a till asks, which has spent `used` of its lease.
  bool holds(const Terminal& till, std::int64_t quantity, std::uint8_t id = 1,
             std::int64_t used = 0) {
    ReservationRequest request;
    request.wanted = {{{{id}}, noon, quantity}};
    for (const Reservation& each : ask(till).news.put)
      if (each.kind == ReservationKind::lease) request.leases.push_back({each.id, used});
    return ask(till, request).refused.empty();
  }
  void use(const ReservationId& id, std::int64_t quantity) {
    static constexpr Sql put{"test.use",
                             "INSERT INTO reservation_use (reservation, fact, quantity, store)"
                             " VALUES ($1, randomblob(16), $2, 'Lysvik')"};
    const auto row = database->query(put);
    row->bind_blob(1, records::view(id.bytes));
    row->bind(2, quantity);
    row->step();
  }
  std::int64_t leased(const Terminal& till) {
    std::int64_t sum = 0;
    for (const Reservation& each : ask(till).news.put)
      if (each.kind == ReservationKind::lease) sum += each.quantity;
    return sum;
  }
  Stores news;
};

}  // namespace

TEST_CASE("a new kind is shared out among the tills at work, in steps, a part of it at most") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1), two = desk.add_till(2),
                 elsewhere = desk.add_till(3, "Sunne");
  desk.share_out();
  CHECK(desk.leased(one) == 14);  // half of 30, an even number
  CHECK(desk.leased(two) == 14);
  CHECK(desk.leased(elsewhere) == 0);
  desk.seats.visited = {"Sunne", "Lysvik"};
  desk.seats.free["noon"] = 1000;
  desk.share_out();
  CHECK(desk.leased(elsewhere) == 100);
  CHECK(desk.leased(one) == 100);  // less than half of its share was left
}

TEST_CASE("a hold finds what nobody else has, its own lease included, and once for one name") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1), two = desk.add_till(2);
  desk.share_out();
  desk.ask(one);
  CHECK_FALSE(desk.holds(one, 87));
  CHECK(desk.news == Stores{"Lysvik"});  // the other till's lease is wanted back
  CHECK(desk.holds(one, 86));
  CHECK(desk.holds(one, 86));
  CHECK_FALSE(desk.holds(two, 86));     // that name is another till's
  CHECK_FALSE(desk.holds(two, 15, 2));  // its own lease is all that is left
  const auto back = desk.ask(two);
  REQUIRE(back.news.recalled.size() == 1);
  ReservationRequest given{*back.news.change, {{back.news.recalled[0], 4}}, {}};
  const auto answer = desk.ask(two, given);
  CHECK(answer.news.ended == back.news.recalled);
  // What it used of it is on its way: by its own records it is spent already.
  desk.clock.advance(hold_life);
  CHECK_FALSE(desk.holds(two, 100 - 14 + 1, 3));
  desk.use(back.news.recalled[0], 4);
  desk.seats.free["noon"] = 96;
  CHECK_FALSE(desk.holds(two, 96 - 14 + 1, 4));
  CHECK(desk.holds(two, 96 - 14, 5));
}

TEST_CASE(
    "a lease becomes a hold as far as it is not spent, and is a lease again if the hold is not "
    "used") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1), two = desk.add_till(2);
  desk.share_out();
  CHECK(desk.leased(one) == 14);
  // Of 100 seats the other till has 14, and 4 of this till's are spent though no fact has told.
  CHECK_FALSE(desk.holds(one, 83, 1, 4));
  CHECK(desk.holds(one, 82, 1, 4));
  CHECK(desk.leased(one) == 4);
  CHECK(desk.leased(two) == 14);
  const auto now = desk.ask(one);
  desk.ask(one, {*now.news.change, {{{{1}}, 0}}, {}, {}});
  CHECK(desk.leased(one) == 14);
  // A till that does not say what it has spent may have spent all of it.
  ReservationRequest silent;
  silent.wanted = {{{{2}}, noon, 100 - 28 + 1}};
  CHECK_FALSE(desk.ask(one, silent).refused.empty());
}

TEST_CASE("leases end a while after the last contact, together, and are nobody's after the grace") {
  LeaseDesk desk;
  constexpr auto life = 24h;
  const Terminal one = desk.add_till(1), two = desk.add_till(2);
  desk.share_out();
  CHECK(desk.ask(one).news.leases_until == desk.clock.now() + life);
  desk.clock.advance(life / 2);
  const auto longer = desk.ask(one);
  CHECK(longer.news.leases_until == desk.clock.now() + life);
  CHECK_FALSE(longer.news.afresh);
  // The other one is not there any more: its part stays set aside until the grace is over.
  desk.clock.advance(life / 2 + lease_grace - 1h);
  CHECK_FALSE(desk.holds(one, 100));
  desk.clock.advance(1h);
  CHECK(desk.holds(one, 100, 2));
  // It comes back: what it had is no more, and it hears so.
  const auto anew = desk.ask(two, {5, {}, {}});
  CHECK(anew.news.afresh);
  CHECK(anew.news.put.empty());
  CHECK(desk.leased(two) == 0);
}

TEST_CASE("how leases are given is as the owner says, also of what is leased already") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1), two = desk.add_till(2);
  desk.share_out();
  CHECK(desk.leased(one) == 14);
  desk.say("[offline]\nlease_percent = 10\nlease_hours = 48\n");
  REQUIRE(desk.reservations.share_out().ok());  // nothing moved
  for (const Terminal* each : {&one, &two}) desk.give_back_recalled(*each);
  REQUIRE(desk.reservations.share_out().ok());
  CHECK(desk.leased(one) == 4);
  CHECK(desk.leased(two) == 4);
  CHECK(desk.ask(one).news.leases_until == desk.clock.now() + 48h);
  desk.say("[offline]\nlease_percent = 0\n");
  REQUIRE(desk.reservations.share_out().ok());
  for (const Terminal* each : {&one, &two}) desk.give_back_recalled(*each);
  REQUIRE(desk.reservations.share_out().ok());
  CHECK(desk.leased(one) + desk.leased(two) == 0);
  CHECK(desk.holds(one, 100));
}

TEST_CASE("nothing is set aside for a till that was shut out or has enrolled again") {
  LeaseDesk desk;
  Terminal one = desk.add_till(1), two = desk.add_till(2);
  desk.share_out();
  for (const Terminal& each : {one, two}) desk.ask(each);
  SUBCASE("shut out") {
    Transaction transaction(*desk.database);
    set_revoked(*desk.database, two.number, two.epoch);
    transaction.commit();
    const auto refused = desk.reservations.answer(two.number, two.epoch, {});
    REQUIRE(std::holds_alternative<Refusal>(refused));
    CHECK(std::get<Refusal>(refused).problem.code == "terminal.revoked");
  }
  SUBCASE("enrolled again") {
    two.epoch = {2};
    Transaction transaction(*desk.database);
    put_terminal(*desk.database, two);
    transaction.commit();
    CHECK(desk.leased(two) == 0);
  }
  CHECK(desk.holds(one, 100));
}

TEST_CASE("holds that have long ended are forgotten, and nobody hears everything anew for it") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1);
  CHECK(desk.holds(one, 10, 1));
  CHECK(desk.holds(one, 10, 2));
  const std::int64_t known = *desk.ask(one).news.change;
  for (int halves = 0; halves < 6; ++halves) {
    desk.clock.advance(12h);
    desk.ask(one, {known, {}, {}});
  }
  desk.seats.visited.clear();  // nothing is leased
  desk.share_out();            // and what has ended is looked at, once a day
  CHECK_FALSE(find_reservation(*desk.database, {{1}}));
  CHECK_FALSE(desk.ask(one, {known, {}, {}}).news.afresh);
}

TEST_CASE(
    "what no kind knows, or the store does not, is not held, and says nothing of how much there "
    "is") {
  LeaseDesk desk;
  const Terminal elsewhere = desk.add_till(3, "Sunne");
  ReservationRequest request;
  request.wanted = {{{{1}}, noon, 1}, {{{2}}, {"hats", "noon", ""}, 1}};
  const auto answer = desk.ask(elsewhere, request);
  const std::vector<HoldRefused> refused{{{{1}}, 0, 0}, {{{2}}, 0, 0}};
  CHECK(answer.refused == refused);
}

TEST_CASE("what another till says it gives back stays, and nobody gives back more than there was") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1), two = desk.add_till(2);
  desk.share_out();
  const auto known = desk.ask(one);
  REQUIRE(known.news.put.size() == 1);
  const ReservationId lease = known.news.put[0].id;
  // A till is answered that a stranger's is gone, and it stays the other's.
  CHECK(desk.ask(two, {0, {{lease, 0}}, {}}).news.ended == std::vector{lease});
  CHECK(desk.leased(one) == 14);
  desk.ask(one, {*known.news.change, {{lease, 1'000'000}}, {}});
  CHECK(desk.holds(two, 86));  // 14 may be on their way, and not a million
}

TEST_CASE("more changes than an answer holds come in parts, and nothing is left out") {
  LeaseDesk desk;
  const Terminal one = desk.add_till(1);
  constexpr int many = 1201;
  for (int n = 0; n < many; ++n) {
    const std::string owner = "seat-" + std::to_string(n);
    desk.seats.free[owner] = 100;
    desk.share_out({"seats", owner, ""});
  }
  std::int64_t known = 0;
  std::size_t told = 0;
  int rounds = 0;
  for (bool complete = false; !complete && rounds < 10; ++rounds) {
    const auto answer = desk.ask(one, {known, {}, {}});
    told += answer.news.put.size();
    known = *answer.news.change;
    complete = answer.complete;
  }
  CHECK(told == many);
  CHECK(rounds == 3);
}

}  // namespace keepsake::sync::central::test
