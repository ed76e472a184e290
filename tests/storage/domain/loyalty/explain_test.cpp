#include "storage/domain/loyalty/explain.hpp"

#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

std::vector<std::string> said(const Rules& programme, const Basket& basket, const Member& member) {
  std::vector<std::string> all;
  for (const Why& why : explain(programme, member, quoted(programme, basket, member)))
    all.push_back(sentence(why));
  return all;
}

}  // namespace

TEST_CASE("explain: points that pay name their lots in the order of their days") {
  Rules p = basic();
  p.redeeming.point_value_milli_minor = 10'000;
  Member buyer = member({lot("b", 50), lot("a", 30, "2026-12-31")});
  auto goods = basket({line("A", 10'000)});
  goods.tenders = {{TenderKind::points, 400}};
  const auto why = said(p, goods, buyer);
  REQUIRE(why.size() == 4);
  CHECK(why[0] == "4.00 paid with 40 points");
  CHECK(why[1] == "30 points of lot a, which expires first, on 2026-12-31");
  CHECK(why[2] == "10 points of lot b, which never expires and is used last");
  CHECK(why[3].ends_with(" new points never expire"));
}

TEST_CASE("explain: the day of new points and what settled a debt") {
  Rules p = basic();
  Member buyer = member();
  buyer.debt = pts(2);
  const auto goods = basket({line("A", 10'000)});
  p.expiry = {ExpiryKind::end_of_year, 0};
  auto why = said(p, goods, buyer);
  REQUIRE(why.size() == 2);
  CHECK(why[0].ends_with(" new points are valid until 2026-12-31"));
  CHECK(why[1] == "2 points used for points owed; 0 still owed");
  p.expiry = {ExpiryKind::inactivity, 18};
  why = said(p, goods, buyer);
  CHECK(why[0].ends_with(" new points expire after 18 months without activity"));
}

TEST_CASE("explain: the level that is reached and the way to the next in what levels count") {
  Rules p = basic();
  p.tiers.levels = {{"silver", "Silver", 5'000}, {"gold", "Gold", 50'000}};
  const auto goods = basket({line("A", 10'000)});
  auto why = said(p, goods, member());
  REQUIRE(why.size() == 3);
  CHECK(why[1] == "silver is reached at 50.00");
  CHECK(why[2] == "400.00 to gold");
  p.tiers.window = TierWindow::calendar_quarter;
  CHECK(said(p, goods, member()).back() == "400.00 to gold, until 2026-12-31");
  p.tiers.window = TierWindow::lifetime;
  p.tiers.basis = TierBasis::visits;
  p.tiers.levels = {{"silver", "Silver", 3}};
  why = said(p, goods, member());
  CHECK(why.back() == "2 to silver");
  CHECK(said(p, basket({}), Member{}).empty());
}

}  // namespace keepsake::loyalty::test
