// `keepsake sync status` of a till that has copies elsewhere, and keeps some.
#include "kiosk/cli/shop/sync_state.hpp"

#include <doctest/doctest.h>

#include "sync/mirror/mirror_file.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

TEST_CASE("sync status tells of copies at other tills and of what is kept for them") {
  test::Shop shop;
  const auto run = [&](Args args) {
    args.insert(args.begin(), {"--data", shop.data().string()});
    return run_program(args, "");
  };
  shop.book.reset();
  const auto none = run({"sync", "status", "--json"}).json().at("mirror");
  CHECK(none.at("copies").empty());
  CHECK(none.at("copies_of_others").empty());
  CHECK(run({"sync", "status"}).out.find("opy at") == std::string::npos);
  {
    const auto file = *sync::mirror::MirrorFile::open(shop.data());
    const TerminalIdentity second{{1'000'002}, {1}}, third{{1'000'003}, {1}};
    REQUIRE(file->put_neighbours({{second, 2, {}}}).ok());
    REQUIRE(file->put_copy(second.terminal, 1204, shop.clock.now(), "").ok());
    REQUIRE(file->put_copy(second.terminal, 0, shop.clock.now(), "link.down").ok());
    sync::MirrorRequest request;
    request.batch = sync::MirroredBatch{1, 3, {}, {}, "sealed"};
    REQUIRE(file->take(third, request, 0, shop.clock.now()).ok());
    REQUIRE(file->put_refused(file->next({})->front(), "terminal.revoked").ok());
  }
  const auto mirror = run({"sync", "status", "--json"}).json().at("mirror");
  REQUIRE(mirror.at("copies").size() == 1);
  const auto copy = mirror.at("copies")[0];
  CHECK(copy.at("till") == 2);
  CHECK(copy.at("terminal") == 1'000'002);
  CHECK(copy.at("held") == 1204);
  CHECK(copy.at("trouble") == "link.down");
  CHECK(copy.at("at").is_string());
  REQUIRE(mirror.at("copies_of_others").size() == 1);
  const auto other = mirror.at("copies_of_others")[0];
  CHECK(other.at("records") == 3);
  CHECK(other.at("refused") == 3);
  CHECK(other.at("handed_in") == 0);
  MirrorState state;
  state.copies.push_back({2, {1'000'002}, 1204, shop.clock.now(), "link.down"});
  state.kept.push_back({0, {1'000'003}, 3, 3, 0});
  std::ostringstream out;
  print_mirror(out, state, shop.clock);
  CHECK(out.str().find("Copy at till 2: up to record 1,204") != std::string::npos);
  CHECK(out.str().find("not reached since (link.down)") != std::string::npos);
  CHECK(out.str().find("Kept for terminal 1000003, not at head office yet: 3;") !=
        std::string::npos);
  CHECK(out.str().find("refuses 3 of them") != std::string::npos);
}

TEST_CASE("what is new at head office and does not come is told as what cannot be sent is") {
  test::FakeClock clock;
  SyncState state;
  const auto as_json = [&] { return nlohmann::json::parse(to_json_state(state, clock).dump(-1)); };
  state.link = LinkState::online;
  CHECK(is_complete(state));
  CHECK(as_json().at("last_error").is_null());
  state.pull_error = Error{Failure::unavailable, "disk.full", "The disk is full", {}, {}};
  CHECK_FALSE(is_complete(state));
  CHECK(as_json().at("complete") == false);
  CHECK(as_json().at("last_error").at("code") == "disk.full");
  state.last_error = Error{Failure::refused, "terminal.revoked", "Revoked", {}, {}};
  CHECK(trouble_of(state)->code == "terminal.revoked");
}
