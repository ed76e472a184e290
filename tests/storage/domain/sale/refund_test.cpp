// Money that goes back over the tenders that paid.
#include "storage/domain/sale/refund.hpp"

#include <doctest/doctest.h>

#include "tests/support/money.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Tender of(TenderKind kind, std::int64_t minor, std::string reference = {}) {
  return {kind, nok(minor), nok(minor), std::move(reference), {}};
}

CustomerRef member() {
  CustomerRef ref;
  ref.bytes[0] = 1;
  return ref;
}

std::vector<Tender> split(const std::vector<Tender>& paid, const std::vector<Tender>& back,
                          std::int64_t amount, std::int64_t step = 100) {
  auto parts = refund_over(refundable(paid, back, member()), nok(amount), {step});
  REQUIRE(parts.ok());
  return *parts;
}

using enum TenderKind;
const std::vector<Tender> four = {of(cash, 30000), of(card, 20000, "A81"), of(wallet, 5000),
                                  of(gift_card, 10000, "GC4417000012345678")};

}  // namespace

TEST_CASE("a refund goes back over what paid: stored value, then the card, then cash") {
  CHECK(split(four, {}, 65000) == std::vector{of(wallet, 5000),
                                              of(gift_card, 10000, "GC4417000012345678"),
                                              of(card, 20000), of(cash, 30000)});
  CHECK(split(four, {}, 12000) ==
        std::vector{of(wallet, 5000), of(gift_card, 7000, "GC4417000012345678")});
  CHECK(split(four, {}, 36000) == std::vector{of(wallet, 5000),
                                              of(gift_card, 10000, "GC4417000012345678"),
                                              of(card, 20000), of(cash, 1000)});
  CHECK(split(four, {}, 0).empty());
}

TEST_CASE("what went back before is not given again, wherever it went") {
  const std::vector<Tender> before = {of(wallet, 5000), of(gift_card, 7000, "GC4417000012345678")};
  CHECK(split(four, before, 5000) ==
        std::vector{of(gift_card, 3000, "GC4417000012345678"), of(card, 2000)});
  // The cashier gave cash for all of it: the cash is gone first, then the card has less left.
  CHECK(split(four, {of(cash, 35000)}, 30000) ==
        std::vector{of(wallet, 5000), of(gift_card, 10000, "GC4417000012345678"), of(card, 15000)});
  // Onto a gift card that paid nothing.
  CHECK(split({of(card, 20000, "A"), of(cash, 10000)}, {of(gift_card, 12000, "GC0000000000000000")},
              18000) == std::vector{of(card, 18000)});
}

TEST_CASE("only the part in cash is rounded, and never above what cash paid") {
  const std::vector<Tender> paid = {of(gift_card, 10000, "GC4417000012345678"), of(cash, 3339)};
  CHECK(split(paid, {}, 12050) ==
        std::vector{of(gift_card, 10000, "GC4417000012345678"), of(cash, 2100)});
  CHECK(split(paid, {}, 13330, 500).back() == of(cash, 3000));  // not 3500
  CHECK(split(paid, {}, 10030).back() == of(cash, 0));
  CHECK_FALSE(refund_over(refundable(paid, {}, {}), nok(13330), {0}).ok());
}

TEST_CASE("points come back by themselves, and what is unsaid comes back in cash") {
  CHECK(split({of(points, 5000), of(card, 2000, "A")}, {}, 2000) == std::vector{of(card, 2000)});
  CHECK(split({of(unknown, 2000)}, {}, 1500) == std::vector{of(cash, 1500)});
  CHECK(split({of(card, 2000, "A")}, {}, 2500) == std::vector{of(card, 2000), of(cash, 500)});
}

TEST_CASE("two cards are one part, two gift cards are two, and nobody has no wallet") {
  const std::vector<Tender> paid = {of(card, 2000, "A"), of(gift_card, 500, "GC1"),
                                    of(card, 3000, "B"), of(gift_card, 700, "GC2")};
  CHECK(split(paid, {}, 6200) ==
        std::vector{of(gift_card, 500, "GC1"), of(gift_card, 700, "GC2"), of(card, 5000)});
  CHECK(paid_in_parts(paid, member()));
  CHECK_FALSE(paid_in_parts({of(card, 2000, "A"), of(card, 3000, "B")}, member()));
  CHECK_FALSE(paid_in_parts({of(card, 2000, "A"), of(points, 3000)}, member()));
  const std::vector<Tender> left = {of(wallet, 2000), of(cash, 1000)};
  CHECK(refundable(left, {}, {}) == std::vector{of(cash, 1000)});
  CHECK(paid_in_parts(left, member()));
  CHECK_FALSE(paid_in_parts(left, {}));
}

TEST_CASE("in parts of any size no tender gets more than it paid, and in sum each gets all") {
  for (std::int64_t part : {1000, 3300, 7100, 65000}) {
    std::vector<Tender> back;
    std::int64_t left = 65000;
    while (left > 0) {
      const std::int64_t now = std::min(part, left);
      for (const Tender& each : split(four, back, now)) back.push_back(each);
      left -= now;
    }
    for (const Tender& each : four) {
      std::int64_t got = 0;
      for (const Tender& refund : back) got += refund.kind == each.kind ? refund.amount.minor : 0;
      CHECK(got == each.amount.minor);
    }
  }
}
