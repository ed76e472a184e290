#include "storage/records/sales/returns.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/return.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("coins of earlier returns count for the next and all of them give what was paid") {
  Club club;
  const auto context = [&] {
    SaleContext made = club.context(club.member);
    made.cash_step = {100};
    return made;
  };
  const auto basket = Club::basket(4, 1050);
  const Tender cash{TenderKind::cash, kroner(0), {4200, nok()}, ""};
  const auto bought =
      to_purchase(basket, {cash}, context(), {}, club.rules, club.state(club.member));
  REQUIRE_MESSAGE(bought.ok(), why(bought));
  const auto id = club.book->record(*bought);
  REQUIRE_MESSAGE(id.ok(), why(id));
  std::vector<std::int64_t> given;
  std::int64_t rounded = 0;
  for (int i = 0; i < 4; ++i) {
    const auto basis = club.reader()->return_basis(club.member, std::span(&*id, 1), club.rules,
                                                   club.clock.local_now());
    REQUIRE_MESSAGE(basis.ok(), why(basis));
    CHECK(basis->purchases.front().rounded_minor == rounded);
    const auto back =
        to_return({{*id, 0, Quantity::pieces(1)}}, Refund{}, "", context(), *basis, club.rules);
    REQUIRE_MESSAGE(back.ok(), why(back));
    given.push_back(back->tenders.front().amount.minor);
    rounded += given.back() - back->total.minor;
    club.clock.advance(std::chrono::seconds(1));
    const auto recorded = club.book->record(*back);
    REQUIRE_MESSAGE(recorded.ok(), why(recorded));
  }
  CHECK(given == std::vector<std::int64_t>{1100, 1000, 1100, 1000});
  const auto refunds = club.reader()->refunds_of(*id);
  REQUIRE_MESSAGE(refunds.ok(), why(refunds));
  std::vector<std::int64_t> read;
  for (const Tender& each : *refunds) read.push_back(each.amount.minor);
  CHECK(read == given);
  CHECK(club.reader()->refunds_of(FactId{})->empty());
}
