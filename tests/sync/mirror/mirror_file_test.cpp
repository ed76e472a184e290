#include "sync/mirror/mirror_file.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <sys/stat.h>

#include "storage/engine/sqlite/open.hpp"
#include "storage/vault/crypto.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync::mirror::test {

namespace {

using keepsake::test::CrashDisk;
using keepsake::test::TemporaryFolder;

constexpr TerminalIdentity first_till{{1'000'001}, {1}};
constexpr TerminalIdentity second_till{{1'000'002}, {3}};

/// The chain of a till on one of its branches.
Hash hash_at(Seq seq, const std::string& branch) {
  return seq == 0 ? Hash{} : sha256(branch + std::to_string(seq));
}

MirrorRequest part(Seq from, Seq to, const std::string& branch = "main", std::size_t bytes = 100) {
  MirrorRequest request;
  request.batch = MirroredBatch{from, to, hash_at(from - 1, branch), hash_at(to, branch),
                                branch + std::string(bytes, 'x') + std::to_string(from)};
  return request;
}

MirrorRequest showing(Seq acked, Seq own, const std::string& branch = "main") {
  MirrorRequest request;
  request.acked = acked;
  request.own = ChainPlace{own, hash_at(own, branch)};
  return request;
}

struct Keeper {
  TemporaryFolder folder;
  std::unique_ptr<MirrorFile> file;
  Instant now{1'000'000};

  explicit Keeper(const KeepingLimits& limits = {}) { open(limits); }
  void open(const KeepingLimits& limits = {}) {
    file.reset();
    auto opened = MirrorFile::open(folder.path(), limits);
    REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : to_line(opened.error())));
    file = std::move(*opened);
  }
  MirrorAnswer take(const TerminalIdentity& whose, const MirrorRequest& request,
                    Seq acknowledged = 0) {
    auto answer = file->take(whose, request, acknowledged, now);
    REQUIRE_MESSAGE(answer.ok(), (answer.ok() ? "" : to_line(answer.error())));
    return *answer;
  }
  std::vector<KeptBatch> next(const std::vector<TerminalIdentity>& put_off = {}) {
    auto batches = file->next(put_off);
    REQUIRE(batches.ok());
    return *batches;
  }
  std::int64_t records_of(const TerminalIdentity& whose) {
    const auto state = file->state();
    REQUIRE(state.ok());
    for (const KeptForTill& kept : state->kept)
      if (kept.terminal == whose.terminal) return kept.records;
    return 0;
  }
};

}  // namespace

TEST_CASE("what is kept is told, in order, once, and after a restart") {
  Keeper keeper;
  CHECK(keeper.take(first_till, {}).held == ChainPlace{});
  CHECK(keeper.take(first_till, part(1, 3)).held == ChainPlace{3, hash_at(3, "main")});
  CHECK(keeper.take(first_till, part(4, 4)).held == ChainPlace{4, hash_at(4, "main")});
  CHECK(keeper.take(first_till, part(1, 3)).held == ChainPlace{4, hash_at(4, "main")});
  CHECK(keeper.take(second_till, part(7, 9)).held == ChainPlace{9, hash_at(9, "main")});
  keeper.open();
  CHECK(keeper.records_of(first_till) == 4);
  CHECK(keeper.take(first_till, {}).held == ChainPlace{4, hash_at(4, "main")});
  const auto batches = keeper.next();
  REQUIRE(batches.size() == 2);
  CHECK(batches[0].whose == first_till);
  CHECK(batches[0].sealed == part(1, 3).batch->sealed);
  CHECK(batches[0].records == 3);
  CHECK(batches[0].kept == keeper.now);
  CHECK(batches[1].sealed == part(4, 4).batch->sealed);
  REQUIRE(keeper.next({first_till}).size() == 1);
  CHECK(keeper.next({first_till}).front().whose == second_till);
  CHECK(keeper.next({first_till, second_till}).empty());
}

TEST_CASE("its file is its owner's alone") {
  Keeper keeper;
  keeper.take(first_till, part(1, 3));
  for (const auto& each : std::filesystem::directory_iterator(keeper.folder.path())) {
    struct stat found {};
    REQUIRE(::stat(each.path().c_str(), &found) == 0);
    CHECK_MESSAGE((found.st_mode & 077) == 0, each.path().string());
  }
}

TEST_CASE("what head office has is dropped where the till shows that it is of its own chain") {
  Keeper keeper;
  keeper.take(first_till, part(1, 3));
  keeper.take(first_till, part(4, 6));
  keeper.take(first_till, part(7, 7));
  SUBCASE("a part of it") {
    CHECK(keeper.take(first_till, showing(5, 7), 5).held.seq == 7);
    CHECK(keeper.records_of(first_till) == 4);
    CHECK(keeper.take(first_till, showing(6, 7), 6).held.seq == 7);
    CHECK(keeper.records_of(first_till) == 1);
  }
  SUBCASE("all of it, and more") {
    CHECK(keeper.take(first_till, showing(9, 7), 9).held.seq == 0);
    CHECK(keeper.records_of(first_till) == 0);
  }
  SUBCASE("not by the till's own word alone") {
    CHECK(keeper.take(first_till, showing(7, 7), 0).held.seq == 7);
    CHECK(keeper.records_of(first_till) == 7);
  }
  SUBCASE("not of another branch") {
    CHECK(keeper.take(first_till, showing(9, 7, "restored"), 9).held.seq == 7);
    keeper.take(first_till, part(3, 8, "restored"));
    CHECK(keeper.take(first_till, showing(9, 8, "restored"), 9).held.seq == 7);
    CHECK(keeper.records_of(first_till) == 7);
  }
  SUBCASE("not of another epoch or till") {
    CHECK(keeper.take({first_till.terminal, {2}}, showing(9, 7), 9).held.seq == 0);
    keeper.take(second_till, showing(9, 7), 9);
    CHECK(keeper.records_of(first_till) == 7);
  }
}

TEST_CASE("two histories of one till lie side by side") {
  Keeper keeper;
  keeper.take(first_till, part(5, 8, "lost"));
  CHECK(keeper.take(first_till, part(5, 6, "restored")).held ==
        ChainPlace{6, hash_at(6, "restored")});
  CHECK(keeper.records_of(first_till) == 6);
  REQUIRE(keeper.next().size() == 2);
  CHECK(keeper.next()[0].sealed == part(5, 8, "lost").batch->sealed);
}

TEST_CASE("what does not fit is said and nothing is dropped for it") {
  KeepingLimits limits{.bytes_of_till = 1000, .records_of_till = 10, .bytes = 1500};
  Keeper keeper(limits);
  keeper.take(first_till, part(1, 4, "main", 600));
  SUBCASE("bytes of a till") {
    CHECK(keeper.take(first_till, part(5, 6, "main", 600)).full);
    CHECK_FALSE(keeper.take(first_till, part(5, 6, "main", 100)).full);
  }
  SUBCASE("records of a till") {
    CHECK(keeper.take(first_till, part(5, 11, "main", 10)).full);
    CHECK_FALSE(keeper.take(first_till, part(5, 10, "main", 10)).full);
  }
  SUBCASE("bytes of all") {
    CHECK_FALSE(keeper.take(second_till, part(1, 1, "main", 600)).full);
    CHECK(keeper.take(second_till, part(2, 2, "main", 300)).full);
    // What is there already is no more than there was.
    CHECK_FALSE(keeper.take(second_till, part(1, 1, "main", 600)).full);
  }
  CHECK(keeper.take(first_till, {}).held.seq >= 4);
  CHECK(keeper.next().front().sealed == part(1, 4, "main", 600).batch->sealed);
}

TEST_CASE("what head office has taken is gone, and its answer waits for the till") {
  Keeper keeper;
  keeper.take(first_till, part(1, 3));
  keeper.take(first_till, part(4, 6));
  auto batches = keeper.next();
  batches.pop_back();
  REQUIRE(keeper.file->handed_in(batches, keeper.now, 3, "signed").ok());
  CHECK(keeper.records_of(first_till) == 3);
  CHECK(keeper.take(first_till, {}).acknowledgement == "signed");
  CHECK(keeper.take(first_till, showing(3, 6), 0).acknowledgement.empty());
  CHECK(keeper.take({first_till.terminal, {2}}, {}).acknowledgement.empty());
  // One that says less does not take its place.
  REQUIRE(keeper.file->handed_in(keeper.next(), keeper.now, 2, "older").ok());
  CHECK(keeper.take(first_till, {}).acknowledgement == "signed");
  const auto state = keeper.file->state();
  REQUIRE(state->kept.size() == 1);
  CHECK(state->kept.front().records == 0);
  CHECK(state->kept.front().handed_in == 6);
}

TEST_CASE("what head office refuses is kept, told, and not in the way") {
  Keeper keeper;
  keeper.take(first_till, part(1, 3));
  keeper.take(first_till, part(4, 6));
  REQUIRE(keeper.file->put_refused(keeper.next().front(), "batch.signature").ok());
  REQUIRE(keeper.next().size() == 1);
  CHECK(keeper.next().front().sealed == part(4, 6).batch->sealed);
  CHECK(keeper.file->state()->kept.front().refused == 3);
  CHECK(keeper.records_of(first_till) == 6);
  REQUIRE(keeper.file->ask_again().ok());
  CHECK(keeper.next().size() == 2);
}

TEST_CASE("one request to head office holds what it may, at least one part") {
  Keeper keeper;
  for (Seq i = 1; i <= 20; ++i) keeper.take(first_till, part(i, i));
  CHECK(keeper.next().size() == handed_in_at_once);
  for (Seq i = 1; i <= 4; ++i) keeper.take(second_till, part(i, i, "main", 250'000));
  const auto batches = keeper.next({first_till});
  CHECK(batches.size() == 3);
  HandIn hand_in{second_till, {}};
  for (const KeptBatch& each : batches) hand_in.batches.push_back({each.sealed, each.kept});
  CHECK(encode(hand_in).size() <= hand_in_bytes);
}

TEST_CASE("neighbours are those whom head office named last, under that epoch or a later one") {
  Keeper keeper;
  const std::vector<Neighbour> named{{first_till, 1, {"10.0.0.1:8471", "[fd00::1]:8471"}},
                                     {second_till, 2, {}}};
  REQUIRE(keeper.file->put_neighbours(named).ok());
  CHECK(*keeper.file->neighbours() == named);
  CHECK(*keeper.file->is_neighbour(second_till));
  CHECK(*keeper.file->is_neighbour({second_till.terminal, {4}}));
  CHECK_FALSE(*keeper.file->is_neighbour({second_till.terminal, {2}}));
  REQUIRE(keeper.file->put_neighbours({named.front()}).ok());
  CHECK_FALSE(*keeper.file->is_neighbour(second_till));
  REQUIRE(keeper.file->put_copy(first_till.terminal, 12, {77}, "").ok());
  REQUIRE(keeper.file->put_copy(first_till.terminal, 0, {99}, "link.down").ok());
  const auto state = read_mirror_state(keeper.folder.path());
  REQUIRE(state.ok());
  REQUIRE(state->copies.size() == 1);
  CHECK(state->copies.front() == MirrorCopy{1, first_till.terminal, 12, {77}, "link.down"});
  CHECK(read_mirror_state(keeper.folder.path() / "nowhere")->copies.empty());
}

TEST_CASE(
    "a power cut at any sync loses nothing that was answered, and drops nothing that was not") {
  int cuts = 0;
  for (const auto moment : {CrashDisk::Moment::before, CrashDisk::Moment::after}) {
    for (int n = 1; n < 60; ++n) {
      CrashDisk disk;
      TemporaryFolder folder;
      {
        auto opened = MirrorFile::open(folder.path());
        REQUIRE(opened.ok());
        REQUIRE((*opened)->take(first_till, part(1, 2), 0, {1}).ok());
      }
      disk.cut_at_sync(n, moment, static_cast<std::uint64_t>(n));
      Seq answered = 2;
      bool handed_in = false, dropped = false;
      {
        auto opened = MirrorFile::open(folder.path());
        if (opened) {
          MirrorFile& file = **opened;
          for (Seq seq = 3; seq <= 8 && !disk.dead(); ++seq) {
            const auto answer = file.take(first_till, part(seq, seq), 0, {1});
            if (answer) answered = answer->held.seq;
          }
          const auto batches = file.next({});
          if (batches && !disk.dead()) {
            handed_in = true;  // head office has had them
            const std::vector<KeptBatch> one(batches->begin(), batches->begin() + 1);
            dropped = file.handed_in(one, {2}, 2, "signed").ok();
          }
        }
      }
      const bool cut = disk.dead();
      disk.power_on();
      auto opened = MirrorFile::open(folder.path());
      REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : to_line(opened.error())));
      const auto held = (*opened)->take(first_till, {}, 0, {1});
      REQUIRE(held.ok());
      CHECK(held->held.seq >= answered);
      const auto kept = (*opened)->next({});
      REQUIRE(kept.ok());
      REQUIRE_FALSE(kept->empty());
      if (!handed_in) CHECK(kept->front().records == 2);
      if (dropped) CHECK(kept->front().records == 1);
      const Seq last = held->held.seq;
      CHECK(kept->back().sealed == part(last == 2 ? 1 : last, last).batch->sealed);
      if (!cut) break;
      ++cuts;
    }
  }
  CHECK(cuts > 10);
}

TEST_CASE("a full disk is said, and what was kept stays") {
  CrashDisk disk;
  Keeper keeper;
  keeper.take(first_till, part(1, 3));
  disk.limit_growth(0);
  const auto answer = keeper.file->take(first_till, part(4, 6, "main", 50'000), 0, keeper.now);
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().kind == Failure::unavailable);
  disk.lift_limit();
  CHECK(keeper.take(first_till, {}).held.seq == 3);
  CHECK(keeper.take(first_till, part(4, 6, "main", 50'000)).held.seq == 6);
}

}  // namespace keepsake::sync::mirror::test
