// A till without a line and head office, by files: a real book, a real centre that serves others
// meanwhile.

#include <doctest/doctest.h>
#include <fstream>

#include "storage/domain/feed.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/values/limits.hpp"
#include "sync/agent/carry.hpp"
#include "sync/central/carry_desk.hpp"
#include "tests/sync/poison.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

/// Files that go to and fro, each under a name of its own.
class Courier {
 public:
  std::filesystem::path fresh() { return folder_.path() / ("file-" + std::to_string(++files_)); }

  std::filesystem::path out(Till& till, std::optional<Seq> from = std::nullopt) {
    const auto file = fresh();
    last_out = carry_out(*till.book, till.clock, file, from);
    REQUIRE_MESSAGE(last_out.ok(), (last_out.ok() ? "" : to_line(last_out.error())));
    return file;
  }
  Result<std::optional<central::CarriedFile>> try_office(HeadOffice& office,
                                                         const std::filesystem::path& file,
                                                         const std::filesystem::path& answers) {
    return central::carry_in(office.data(), {file, answers}, "anna", office.clock,
                             [&](const central::CarriedBatch& batch) {
                               return central::ask_to_take(office.data(), batch);
                             });
  }
  std::filesystem::path office(HeadOffice& office, const std::filesystem::path& file) {
    const auto answers = fresh();
    const auto told = try_office(office, file, answers);
    REQUIRE_MESSAGE(told.ok(), (told.ok() ? "" : to_line(told.error())));
    REQUIRE(told->has_value());
    last_told = **told;
    return answers;
  }
  CarriedIn in(Till& till, const std::filesystem::path& answers) {
    const auto in = carry_in(*till.book, till.clock, answers);
    REQUIRE_MESSAGE(in.ok(), (in.ok() ? "" : to_line(in.error())));
    return *in;
  }
  std::string refused(Till& till, const std::filesystem::path& answers) {
    const auto in = carry_in(*till.book, till.clock, answers);
    REQUIRE_FALSE(in.ok());
    CHECK_FALSE(in.error().remedy.empty());
    return in.error().code;
  }
  CarriedIn round(HeadOffice& head_office, Till& till) {
    return in(till, office(head_office, out(till)));
  }

  Result<CarriedOut> last_out = CarriedOut{};
  central::CarriedFile last_told;

 private:
  keepsake::test::TemporaryFolder folder_;
  int files_ = 0;
};

void cut(HeadOffice& office) { office.line().set({LineFault::Kind::refuse, 0, {}}); }

Seq acknowledged(const Till& till) { return till.reader()->acknowledged()->seq; }

void copy_of(const Till& from, Till& to) {
  to.book.reset();
  std::filesystem::remove_all(to.data());
  std::filesystem::copy(from.data(), to.data(), std::filesystem::copy_options::recursive);
  to.book = std::move(*Book::open(to.data(), to.clock));
}

/// Everything that the store agrees on is the same at both ends, and the till's records are in order.
void check_together(Till& till, const StoreStatus& theirs) {
  const Totals ours = till.totals();
  CHECK(ours.purchases == theirs.purchases);
  CHECK(ours.purchase_minor == theirs.purchase_minor);
  CHECK(ours.customers == theirs.customers);
  CHECK(keepsake::test::rebuilt(till) == "");
  CHECK(keepsake::test::findings_of(till.data()) == "");
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a till that never has a line sends and hears by files what others do by the line") {
  HeadOffice office;
  Till alone, online;
  Courier courier;
  alone.enrol_at(office);
  online.enrol_at(office);
  std::atomic<int> news = 0;
  const auto agent = Agent::start(
      *online.book, office.clock, [] {}, [&] { ++news; });
  REQUIRE(eventually([&] { return agent->state().up_to_date.has_value(); }));
  Profile kari;
  kari.name = "Kari Nordmann";
  kari.phone = "+4791234567";
  const CustomerRef customer = alone.enrol(kari, "C-1");
  alone.sell(3);
  online.sell(2);
  agent->nudge();
  REQUIRE(eventually([&] { return office.store().purchases == 2; }));

  const auto file = courier.out(alone);
  CHECK(courier.last_out->first == 1);
  CHECK(courier.last_out->last == 4);
  CHECK(bytes_of(file).find("Kari") == std::string::npos);
  CHECK(acknowledged(alone) == 0);  // a file is no promise
  const auto answers = courier.office(office, file);
  CHECK(courier.last_told.acknowledged == 4);
  CHECK(courier.last_told.store == "Lysvik");
  // Who waits at head office for news is told at once.
  CHECK(eventually([&] { return online.totals().purchases == 5; }, std::chrono::seconds(8)));
  CHECK(online.reader()->customer_by_phone("+4791234567").value() == customer);

  const CarriedIn in = courier.in(alone, answers);
  CHECK_FALSE(in.trouble);
  CHECK(in.acknowledged == 4);
  CHECK(in.waiting == 0);
  CHECK(in.pages == 1);
  CHECK(alone.totals().purchases == 5);
  check_together(alone, office.store());
  // Later it gets a line, and nothing is doubled.
  CHECK(alone.sync().waiting == 0);
  check_together(alone, office.store());
}

TEST_CASE("the same file twice counts once, at either end") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(5);
  const auto file = courier.out(till);
  const auto first = courier.office(office, file);
  const auto second = courier.office(office, file);
  CHECK(courier.last_told.acknowledged == 5);
  CHECK(office.store().purchases == 5);
  CHECK(courier.in(till, first).acknowledged == 5);
  for (const auto& again : {first, second}) {
    const CarriedIn in = courier.in(till, again);
    CHECK_FALSE(in.trouble);
    CHECK(in.acknowledged_before == 5);
    CHECK(in.acknowledged == 5);
    CHECK_FALSE(in.news_elsewhere);
  }
  check_together(till, office.store());
}

TEST_CASE("what the line brought meanwhile is acknowledged again, and what was sold since waits") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(4);
  const auto file = courier.out(till);
  till.sell(2);
  CHECK(till.sync().waiting == 0);
  till.sell(3);
  const auto answers = courier.office(office, file);
  CHECK(office.store().purchases == 6);
  // The centre has everything up to 6, whatever the file began with.
  const CarriedIn in = courier.in(till, answers);
  CHECK_FALSE(in.trouble);
  CHECK(in.acknowledged == 6);
  CHECK(in.waiting == 3);
  CHECK(courier.round(office, till).waiting == 0);
  check_together(till, office.store());
}

TEST_CASE("a till with nothing to send gets the news, page by page, and places its own facts") {
  HeadOffice office;
  Till alone, busy;
  Courier courier;
  alone.enrol_at(office);
  busy.enrol_at(office);
  alone.sell(1);
  courier.round(office, alone);
  busy.record(CatalogueChange{{keepsake::test::article("MUG", "Mug")}, {}});
  busy.sell(1200);
  busy.sync();
  const CarriedIn in = courier.round(office, alone);
  CHECK(courier.last_out->first == 2);
  CHECK(courier.last_out->last == 1);  // a greeting
  CHECK(in.pages == 3);
  CHECK(alone.totals().purchases == 1201);
  CHECK(alone.reader()->article_by_code("MUG").value().has_value());
  check_together(alone, office.store());
}

TEST_CASE("a year goes in batches, and the till may sell while it is written") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(1300);
  const auto file = courier.fresh();
  {
    // Beside the book that is open for writing, as beside the kiosk.
    const auto reading = Book::open_to_read(till.data(), till.clock);
    REQUIRE(reading.ok());
    const auto out = carry_out(**reading, till.clock, file);
    REQUIRE(out.ok());
    CHECK(out->last == 1300);
    till.sell(1);
  }
  const auto answers = courier.office(office, file);
  CHECK(courier.last_told.batches >= 3);
  CHECK(courier.in(till, answers).waiting == 1);
  CHECK(office.store().purchases == 1300);
  {
    const auto reading = Book::open_to_read(till.data(), till.clock);
    REQUIRE(reading.ok());
    CHECK(carry_in(**reading, till.clock, answers).error().code == "book.reading");
  }
}

TEST_CASE("a revoked till is told so by the file, and keeps what it sold") {
  HeadOffice office;
  Till till;
  Courier courier;
  const Enrolment enrolment = till.enrol_at(office);
  till.sell(2);
  courier.round(office, till);
  till.sell(3);
  const auto file = courier.out(till);
  office.revoke(enrolment.terminal);
  const auto answers = courier.office(office, file);
  CHECK(courier.last_told.refusal->problem.code == "terminal.revoked");
  CHECK(courier.last_told.pages == 0);
  CHECK(office.store().purchases == 2);
  const CarriedIn in = courier.in(till, answers);
  CHECK(in.trouble->code == "terminal.revoked");
  CHECK(in.waiting == 3);
  const SyncState told = *standing_state(*till.book);
  CHECK(told.link == LinkState::refused);
  CHECK(told.last_error->code == "terminal.revoked");
  // Let in again, what was written before belongs to another epoch.
  till.enrol_at(office);
  CHECK(courier.refused(till, answers) == "carry.former");
  courier.office(office, file);
  CHECK(courier.last_told.refusal->problem.code == "terminal.revoked");
  CHECK(courier.round(office, till).waiting == 0);
  CHECK(office.store().purchases == 5);
}

TEST_CASE("a file is taken by its own head office, and answers by their own till alone") {
  HeadOffice office, other;
  Till till, second, elsewhere;
  Courier courier;
  till.enrol_at(office);
  second.enrol_at(office);
  elsewhere.enrol_at(other);
  till.sell(2);
  const auto file = courier.out(till);
  const auto nothing = courier.fresh();
  CHECK(courier.try_office(other, file, nothing).error().code == "carry.other-office");
  CHECK_FALSE(std::filesystem::exists(nothing));
  const auto answers = courier.office(office, file);
  CHECK(courier.refused(second, answers) == "carry.other-till");
  CHECK(courier.refused(elsewhere, answers) == "carry.other-office");
  CHECK(courier.refused(till, file) == "carry.way");
  CHECK(courier.try_office(office, answers, courier.fresh()).error().code == "carry.way");
  CHECK(acknowledged(second) == 0);
  CHECK(courier.in(till, answers).acknowledged == 2);
  Till stranger;
  CHECK(courier.refused(stranger, answers) == "sync.not-enrolled");
  CHECK(carry_out(*stranger.book, stranger.clock, courier.fresh()).error().code ==
        "sync.not-enrolled");
}

TEST_CASE("head office put back from a backup asks for what it lost, and gets it by file") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(3);
  courier.round(office, till);
  const auto copy = office.data() / ".." / "copy.db";
  office.back_up(copy);
  till.sell(4);
  courier.round(office, till);
  office.restore(copy);
  CHECK(office.store().purchases == 3);
  till.sell(1);
  const auto early = courier.out(till);
  const CarriedIn told = courier.in(till, courier.office(office, early));
  REQUIRE(told.trouble);
  CHECK(told.trouble->code == "carry.gap");
  CHECK(told.trouble->remedy.find("--from 4") != std::string::npos);
  CHECK(acknowledged(till) == 7);  // what was acknowledged stays so
  CHECK(told.pages >= 2);          // its order is another one
  CHECK(carry_out(*till.book, till.clock, courier.fresh(), 10).error().code == "carry.from");
  const CarriedIn in = courier.in(till, courier.office(office, courier.out(till, 4)));
  CHECK_FALSE(in.trouble);
  CHECK(in.acknowledged == 8);
  CHECK(office.store().purchases == 8);
  check_together(till, office.store());
}

TEST_CASE("an old answer changes nothing, and does not bring back an order that was left") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(2);
  const auto file = courier.out(till);
  const auto old = courier.office(office, file);
  till.sync();
  till.sell(2);
  till.sync();
  const auto copy = office.data() / ".." / "copy.db";
  office.back_up(copy);
  office.restore(copy);
  till.sync();
  const FeedCursor cursor = *till.book->feed_cursor();
  const CarriedIn in = courier.in(till, old);
  REQUIRE(in.trouble);
  CHECK(in.trouble->code == "carry.old");
  CHECK(in.news_elsewhere);
  CHECK(in.acknowledged == 4);
  CHECK(*till.book->feed_cursor() == cursor);
  check_together(till, office.store());
}

TEST_CASE("a till that was put back from a backup is told that head office has more") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(1);
  Till old;
  copy_of(till, old);
  till.sell(2);
  const auto answers = courier.office(office, courier.out(till));
  CHECK(courier.refused(old, answers) == "sync.fork");
  CHECK(standing_state(*old.book)->last_error->code == "sync.fork");
  CHECK(acknowledged(old) == 0);
  const CarriedIn in = courier.in(till, answers);
  CHECK(in.acknowledged == 3);
  // Told by the file as by the line: one enrolment, and it goes on.
  old.enrol_at(office);
  old.sell(1);
  CHECK_FALSE(courier.round(office, old).trouble);
  CHECK(old.totals().purchases == 4);
  check_together(old, office.store());
}

TEST_CASE("a centre that never gave the places a till knows begins another order, by file too") {
  HeadOffice office;
  Till till, other;
  Courier courier;
  till.enrol_at(office);
  other.enrol_at(office);
  till.sell(2);
  courier.round(office, till);
  office.stop();
  const auto copy = office.data() / ".." / "copy.db";
  std::filesystem::copy_file(office.data() / "central.db", copy);
  office.start();
  other.sell(3);
  other.sync();
  courier.round(office, till);
  CHECK(till.totals().purchases == 5);
  office.stop();
  std::filesystem::copy_file(copy, office.data() / "central.db",
                             std::filesystem::copy_options::overwrite_existing);
  office.start();
  const CarriedIn in = courier.round(office, till);
  CHECK_FALSE(in.trouble);
  CHECK(in.pages == 2);
  CHECK(till.totals().purchases == 2);
  for (int round = 0; round < 2; ++round) other.sync();
  courier.round(office, till);
  CHECK(till.totals().purchases == 5);
  check_together(till, office.store());
}

TEST_CASE("a copied folder that sold other things is told of the fork") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(1);
  till.sync();
  Till twin;
  copy_of(till, twin);
  till.sell(1);
  till.sync();
  twin.clock.advance(std::chrono::hours(1));
  twin.sell(2);
  const CarriedIn in = courier.round(office, twin);
  REQUIRE(in.trouble);
  CHECK(in.trouble->code == "sync.fork");
  CHECK(standing_state(*twin.book)->link == LinkState::refused);
  CHECK(office.store().purchases == 2);
  CHECK(twin.totals().purchases == 3);
}

TEST_CASE("a changed file, at either end, is refused before anything of it counts") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(2);
  const auto damage = [&](const std::filesystem::path& file, std::size_t at) {
    std::string bytes = bytes_of(file);
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    const auto changed = courier.fresh();
    std::ofstream(changed, std::ios::binary) << bytes;
    return changed;
  };
  const auto file = courier.out(till);
  const auto size = std::filesystem::file_size(file);
  const auto answers = courier.fresh();
  CHECK(courier.try_office(office, damage(file, size - 1), answers).error().code ==
        "carry.damaged");
  CHECK(courier.try_office(office, damage(file, size / 2), answers).error().code ==
        "carry.damaged");
  CHECK_FALSE(std::filesystem::exists(answers));
  CHECK(office.store().facts == 0);
  const auto good = courier.office(office, file);
  const auto last = std::filesystem::file_size(good);
  for (const std::size_t at : {last - 1, last / 2, std::size_t{90}})
    CHECK(courier.refused(till, damage(good, at)) == "carry.damaged");
  CHECK(acknowledged(till) == 0);
  CHECK(courier.in(till, good).acknowledged == 2);
}

TEST_CASE("what head office fails at is told, and what was before it counts") {
  HeadOffice office;
  office.stop();
  poison(office.data() / "central.db", Poisoned::taking);
  office.start();
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(500);
  till.record(keepsake::test::purchase(till.clock, {keepsake::test::line("P", 1, poison_minor)}));
  till.sell(2);
  const CarriedIn in = courier.round(office, till);
  CHECK(courier.last_told.refusal->status == 500);
  REQUIRE(in.trouble);
  CHECK(in.trouble->code == "internal");
  CHECK(in.acknowledged >= 1);
  CHECK(in.acknowledged <= 500);
  CHECK(in.waiting == 503 - in.acknowledged);
  CHECK(in.trouble->remedy.find("--one-by-one") != std::string::npos);

  // Kept unread, and everything else goes on.
  const auto apart = courier.fresh();
  REQUIRE(carry_out(*till.book, till.clock, apart, std::nullopt, CarryHow::one_by_one).ok());
  const CarriedIn past = courier.in(till, courier.office(office, apart));
  CHECK_FALSE(past.trouble);
  CHECK(past.acknowledged == 503);
  CHECK(past.outcomes == 1);
  CHECK(till.reader()->outcomes(5)->front().code == "fact.opaque");
  CHECK(office.store().purchases == 502);
  office.stop();
  cure(office.data() / "central.db");
  office.start();
  REQUIRE(central::ask_to_judge_again(office.data()).ok());
  CHECK_FALSE(courier.round(office, till).trouble);
  check_together(till, office.store());
}

TEST_CASE("without a running centre nobody is asked, and a centre that stops is told") {
  HeadOffice office;
  Till till;
  Courier courier;
  till.enrol_at(office);
  till.sell(2);
  const auto file = courier.out(till);
  office.stop();
  const auto answers = courier.fresh();
  const auto nobody = courier.try_office(office, file, answers);
  REQUIRE(nobody.ok());
  CHECK_FALSE(nobody->has_value());
  CHECK_FALSE(std::filesystem::exists(answers));
  office.start();
  cut(office);  // the line, which a file does not need
  CHECK(courier.in(till, courier.office(office, file)).waiting == 0);
}

}  // namespace keepsake::sync::test
