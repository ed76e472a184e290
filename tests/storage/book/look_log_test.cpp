#include "storage/book/look_log.hpp"

#include <doctest/doctest.h>

#include "storage/domain/customer/profile.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

AuditEntry look(const FakeClock& clock, std::string staff, std::uint8_t who = 7) {
  CustomerRef ref;
  ref.bytes.fill(who);
  return {clock.local_now(), std::move(staff), AuditAction::looked, ref};
}

std::vector<AuditEntry> trail(Shop& shop) { return *shop.reader()->audit({}, 100); }

}  // namespace

TEST_CASE("looks: in the trail before and after the book has taken them in, newest first") {
  Shop shop;
  const AuditEntry first = look(shop.clock, "marit");
  REQUIRE(shop.book->audit(first).ok());
  shop.clock.advance(std::chrono::seconds(1));
  const AuditEntry second = look(shop.clock, "per");
  REQUIRE(look_log::put(shop.data(), std::span(&second, 1)).ok());
  CHECK(trail(shop) == std::vector{second, first});
  CHECK(*shop.reader()->audit(second.customer, 1) == std::vector{second});
  shop.book.reset();
  shop.book = std::move(*Book::open(shop.data(), shop.clock));
  CHECK(look_log::read(shop.data(), {}, 100)->empty());
  CHECK(trail(shop) == std::vector{second, first});
}

TEST_CASE("looks: taking them in, broken off and done again, keeps each once") {
  Shop shop;
  const AuditEntry both[] = {look(shop.clock, "marit"), look(shop.clock, "marit", 8)};
  REQUIRE(look_log::put(shop.data(), both).ok());
  // As a crash leaves it between the two files.
  REQUIRE(shop.book->audit(both[0]).ok());
  CHECK(trail(shop).size() == 2);
  shop.book.reset();
  shop.book = std::move(*Book::open(shop.data(), shop.clock));
  CHECK(trail(shop).size() == 2);
}

TEST_CASE("looks: retention takes what is old there, too") {
  Shop shop;
  const AuditEntry old = look(shop.clock, "marit");
  REQUIRE(look_log::put(shop.data(), std::span(&old, 1)).ok());
  const Instant later = shop.clock.now() + std::chrono::days(20'000);
  const auto done = shop.book->run_retention(later, Authority::person);
  REQUIRE(done.ok());
  CHECK(done->audit_removed == (shop.book->settings().retention.audit_days > 0 ? 1 : 0));
  CHECK(look_log::read(shop.data(), {}, 100)->empty());
}
