// A snapshot is taken in by a process that is killed at every write, and by one whose power is cut at
// every sync: afterwards the till opens and verifies, has its own sales, has the old records or the new,
// and takes it in.
#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/rebuild.hpp"
#include "storage/book/snapshot_intake.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/feed/base.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/disk_calls.hpp"
#include "tests/support/office_records.hpp"
#include "tests/support/same_records.hpp"
#include "tests/support/traces.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

namespace fs = std::filesystem;

/// A till with three sales, of which head office has two, and what it is offered: these, and what
/// another till did.
struct Offered {
  Offered() {
    for (std::uint32_t number = 1; number <= 2; ++number) tills.emplace_back(number);
    Till& other = tills[0];
    other.shop.record(programme());
    for (int n = 0; n < 12; ++n) {
      Profile profile;
      profile.name = "Member " + std::to_string(n);
      profile.phone = "+47987654" + std::to_string(10 + n);
      customers.push_back(other.shop.enrol(profile, "C-" + std::to_string(n)));
    }
    for (const CustomerRef& each : customers) sell(other, each);
    order.push(other, everything);
    Till& till = tills[1];
    till.shop.record(programme());
    for (int n = 0; n < 2; ++n)
      till.shop.record(purchase(till.shop.clock, {line("1001", 1, 9900)}));
    order.push(till, everything);
    office.follow(order, static_cast<FeedPosition>(order.facts.size()));
    offer = office.offer(order, till);
    keys = office.vault()
               .seal_keys_for(office.records->whose_keys().value(),
                              till.shop.book->vault().box_public())
               .value();
    till.shop.record(purchase(till.shop.clock, {line("1002", 1, 5000)}));
    till.shop.book.reset();
    clock.set(till.shop.clock.now());
    whole = folder.path() / "whole";
    copy_to(whole);
    REQUIRE(take_in(whole));
    rows = records_of_store(whole);
  }

  static void sell(Till& till, const CustomerRef& customer) {
    Purchase bought = purchase(till.shop.clock, {line("1001", 1, 10000)});
    bought.customer = customer;
    bought.programme_version = 1;
    bought.points_earned = {100000};
    till.shop.record(bought);
  }

  void copy_to(const fs::path& data) const {
    fs::remove_all(data);
    fs::copy(tills[1].shop.data(), data, fs::copy_options::recursive);
  }

  /// As a program does that starts with this folder: false when something failed.
  bool take_in(const fs::path& data) const {
    const auto book = Book::open(data, clock);
    if (!book) return false;
    if ((*book)->feed_cursor().value() == offer.base.at) return true;
    if (!(*book)->vault().accept_keys(keys)) return false;
    SnapshotIntake& intake = *(*book)->snapshots();
    const std::string_view bytes = offer.rows;
    const auto here = intake.begin(offer.base.id, static_cast<std::int64_t>(bytes.size()));
    if (!here) return false;
    constexpr std::size_t part = OfficeRecords::part_bytes;
    for (auto at = static_cast<std::size_t>(*here) / part * part; at < bytes.size(); at += part)
      if (!intake.put(offer.base.id, static_cast<std::int64_t>(at), bytes.substr(at, part)))
        return false;
    return intake.take(offer.base, OfficeRecords::hash_of(offer), part, {}).ok();
  }

  /// What must hold of a folder whatever happened to it, and that what was begun ends well.
  void check(const fs::path& data) const {
    const auto purchases = [&] { return open_reader(data).value()->totals()->purchases; };
    {
      const auto book = Book::open(data, clock);
      REQUIRE_MESSAGE(book.ok(), why(book));
    }
    CHECK(findings_of(data) == "");
    const auto rebuilt = rebuild_check(data, {});
    REQUIRE_MESSAGE(rebuilt.ok(), why(rebuilt));
    CHECK(rebuilt->empty());
    const auto before = purchases();
    CHECK((before == 3 || before == 3 + static_cast<std::int64_t>(customers.size())));
    // One that is damaged is dropped, and the next one is whole.
    CHECK((take_in(data) || take_in(data)));
    CHECK(purchases() == 3 + static_cast<std::int64_t>(customers.size()));
    CHECK(findings_of(data) == "");
    CHECK(records_of_store(data) == rows);
    for (const auto& each : fs::directory_iterator(data)) {
      const std::string name = each.path().filename().string();
      CHECK(!name.starts_with("snapshot-"));
      if (name.starts_with("base-"))
        CHECK_MESSAGE(name.find(to_hex(offer.base.id)) != std::string::npos, name);
    }
  }

  TemporaryFolder folder;
  FakeClock clock;
  std::deque<Till> tills{};
  Order order{tills};
  OfficeRecords office;
  std::vector<CustomerRef> customers;
  OfficeRecords::Offer offer;
  std::vector<SealedKey> keys;
  fs::path whole;
  std::string rows;  ///< of one that took it in undisturbed
};

/// All calls of a kind that is rare, and so many of the writes, first and last among them.
std::vector<int> to_die_before(const std::string& calls, std::size_t writes_most) {
  std::vector<int> chosen, writes;
  for (std::size_t n = 0; n < calls.size(); ++n)
    (calls[n] == 'w' ? writes : chosen).push_back(static_cast<int>(n) + 1);
  const std::size_t step = std::max<std::size_t>(1, writes.size() / writes_most);
  for (std::size_t n = 0; n < writes.size(); n += step) chosen.push_back(writes[n]);
  if (!writes.empty()) chosen.push_back(writes.back());
  return chosen;
}

}  // namespace

TEST_CASE("kill -9 at the writes, syncs, renames and removals of taking a snapshot in") {
  const Offered offered;
  const auto data = offered.folder.path() / "trial";
  offered.copy_to(data);
  const Killed lived = killed_before(0, [&] { return offered.take_in(data); });
  REQUIRE(lived.done);
  offered.check(data);
  const auto moments = to_die_before(lived.calls, 60);
  int deaths = 0, twice = 0;
  for (const int n : moments) {
    CAPTURE(n);
    offered.copy_to(data);
    deaths += killed_before(n, [&] { return offered.take_in(data); }).died ? 1 : 0;
    // And again where the next program goes on.
    if (n % 3 == 0)
      twice += killed_before(1 + n % 17, [&] { return offered.take_in(data); }).died ? 1 : 0;
    offered.check(data);
  }
  MESSAGE("calls: ", lived.calls.size(), "; deaths: ", deaths, "; twice: ", twice);
  CHECK(deaths == static_cast<int>(moments.size()));
  CHECK(twice > 0);
}

TEST_CASE("a power cut at every sync point of taking a snapshot in") {
  const Offered offered;
  const auto data = offered.folder.path() / "trial";
  int cuts = 0, points = 0;
  for (bool reached = true; reached; ++points) {
    reached = false;
    const auto moment = points % 2 == 0 ? CrashDisk::Moment::before : CrashDisk::Moment::after;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      CAPTURE(points);
      CAPTURE(seed);
      offered.copy_to(data);
      CrashDisk disk;
      disk.cut_at_sync(points / 2 + 1, moment, seed);
      const bool taken = offered.take_in(data);
      reached = reached || disk.dead();
      cuts += disk.dead() ? 1 : 0;
      if (!disk.dead()) disk.cut_now(seed);
      disk.power_on();
      if (taken)
        CHECK(Book::open(data, offered.clock).value()->feed_cursor().value() ==
              offered.offer.base.at);
      offered.check(data);
    }
  }
  MESSAGE("sync points, before and after: ", points - 1, "; cuts: ", cuts);
  CHECK(cuts > 0);
}

TEST_CASE("what a power cut leaves of a snapshot that was under way is not taken for the whole") {
  const Offered offered;
  const auto data = offered.folder.path() / "trial";
  const std::string_view rows = offered.offer.rows;
  const auto part = data / ("snapshot-" + to_hex(offered.offer.base.id) + ".part");
  for (const bool shorter : {true, false}) {
    offered.copy_to(data);
    {
      const auto book = Book::open(data, offered.clock).value();
      SnapshotIntake& intake = *book->snapshots();
      REQUIRE(intake.begin(offered.offer.base.id, static_cast<std::int64_t>(rows.size())).ok());
      REQUIRE(intake.put(offered.offer.base.id, 0, rows).ok());
    }
    // Names and lengths survive more often than bytes do.
    const auto half = rows.size() / 2 + 100;
    if (shorter) {
      fs::resize_file(part, half);
    } else {
      fs::resize_file(part, half);
      fs::resize_file(part, rows.size());
    }
    offered.check(data);
  }
}

TEST_CASE("the log of a try that was killed does not come over the same snapshot fetched anew") {
  const Offered offered;
  const auto data = offered.folder.path() / "trial";
  const auto base = feed::base_file(data, offered.offer.base.id);
  // Made ready a second time, as when somebody was erased meanwhile; and killed on the way.
  const auto made_ready = [&] {
    const auto book = Book::open(data, offered.clock).value();
    if (!book->vault().accept_keys(offered.keys)) return false;
    if (!book->snapshots()->begin(offered.offer.base.id,
                                  static_cast<std::int64_t>(offered.offer.rows.size())))
      return false;
    std::ofstream(base, std::ios::binary) << offered.offer.rows;
    const std::vector<CustomerRef> erased{offered.customers.front()};
    return feed::make_own(base, book->vault(), {}).ok() &&
           feed::make_own(base, book->vault(), erased).ok();
  };
  offered.copy_to(data);
  const Killed lived = killed_before(0, made_ready);
  REQUIRE(lived.done);
  int hot = 0;
  for (int n = static_cast<int>(lived.calls.size()); n > 0 && hot < 6; --n) {
    CAPTURE(n);
    offered.copy_to(data);
    REQUIRE(killed_before(n, made_ready).died);
    std::error_code none;
    const auto log = fs::file_size(base.string() + "-journal", none);
    hot += !none && log > 0 ? 1 : 0;
    CHECK(offered.take_in(data));
    offered.check(data);
  }
  CHECK(hot > 0);
}
