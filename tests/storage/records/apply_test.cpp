#include "storage/records/apply.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/tender.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("a fact applied twice is refused by the database") {
  Centre centre;
  const FactId id = centre.next_id(1);
  centre.take("Bergen", id, centre.sale());
  Transaction transaction(*centre.database);
  CHECK_THROWS_AS((void)records::apply(*centre.database, {id, "Bergen"}, centre.sale(), nullptr,
                                       records::Contradiction::note),
                  DatabaseError);
}

TEST_CASE("a gift card of another store pays less than it names and the programme loses the rest") {
  Centre centre;
  Purchase sale = centre.sale(1);
  sale.tenders = {{TenderKind::gift_card, sale.total, sale.total, "GIFT0001"}};
  CHECK(centre.take("Oslo", 2, sale) == Codes{"gift-card.unknown", "gift-card.short"});
  CHECK(centre.number("SELECT sum(amount) FROM account WHERE kind = 16") == -9900);
  CHECK(centre.number("SELECT sum(amount) FROM account WHERE kind = 14") == 9900);
  CHECK(centre.number("SELECT count(*) FROM account WHERE kind = 12 AND amount <> 0") == 0);
}
