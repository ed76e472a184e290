#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

struct Bought {
  Quote quote;
  PurchaseLedger ledger;
  Member member;  // afterwards
};

Bought buy(const Rules& programme, const Basket& basket, const Member& buyer) {
  Bought bought{quoted(programme, basket, buyer), {}, {}};
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < bought.quote.new_lots.size(); ++i)
    ids.push_back("new" + std::to_string(buyer.lots.size() + i));
  auto ledger = ledger_of(bought.quote, basket, buyer, ids);
  REQUIRE(ledger.ok());
  bought.ledger = std::move(*ledger);
  bought.member = after(buyer, bought.quote, saturday);
  return bought;
}

ReturnQuote returned(const Rules& programme, const Bought& bought, std::vector<LineQuantity> before,
                     std::vector<LineQuantity> now, LocalTime when = saturday) {
  auto result = quote_return(programme, bought.ledger, before, now, bought.member, when);
  REQUIRE(result.ok());
  return std::move(*result);
}

LineQuantity pieces(std::size_t line, std::int64_t n) { return {line, Quantity::pieces(n)}; }

}  // namespace

TEST_CASE("returns: earned goes back and spent comes back in proportion") {
  const Rules p = basic();
  auto goods = basket({line("A", 10'000, 2), line("B", 5000)});
  goods.tenders = {{TenderKind::points, 5000}};
  const auto bought = buy(p, goods, member({lot("old", 600)}));
  CHECK(bought.quote.points_earned == pts(20));
  CHECK(bought.member.lots[0].remaining == pts(100));
  const ReturnQuote quote = returned(p, bought, {}, {pieces(0, 1)});
  CHECK(quote.amount == kr(8000));  // what money paid: 100 less the points' share
  CHECK(quote.reversed == pts(8));
  CHECK(quote.given_back == pts(200));
  CHECK(quote.restored == std::vector<LotUse>{{"old", pts(200)}});
  CHECK(quote.taken == std::vector<LotUse>{{"new1", pts(8)}});
  CHECK(quote.balance_after == pts(100 + 20 + 200 - 8));
}

TEST_CASE("returns: the pending points of the sale go first, and the others stay") {
  Rules p = basic();
  p.pending_days = 14;
  Lot other = lot("other", 9, "2026-12-01");
  other.spendable_from = day("2026-11-30");
  const auto bought =
      buy(p, basket({line("A", 10'000, 2)}), member({lot("old", 30, "2026-11-30"), other}));
  CHECK(bought.quote.pending_after == Pending{pts(29), day("2026-12-05")});
  const ReturnQuote part = returned(p, bought, {}, {pieces(0, 1)});
  CHECK(part.taken == std::vector<LotUse>{{"new2", pts(10)}});
  CHECK(part.balance_after == pts(30 + 9 + 10));
  CHECK(part.pending_after == Pending{pts(19), day("2026-12-05")});
  // What the programme lacks otherwise comes out of any points before it becomes a debt.
  Bought spent = bought;
  spent.member.lots[2].remaining = pts(0);
  const ReturnQuote rest = returned(p, spent, {}, {pieces(0, 2)});
  CHECK(rest.taken == std::vector<LotUse>{{"old", pts(20)}});
  spent.member.lots[0].remaining = pts(15);
  const ReturnQuote both = returned(p, spent, {}, {pieces(0, 2)});
  CHECK(both.taken == std::vector<LotUse>{{"old", pts(15)}, {"other", pts(5)}});
  CHECK(both.debt_after == pts(0));
}

TEST_CASE("returns: several parts sum to the whole exactly") {
  Rules p = basic();
  p.earning.rounding.decimals = 2;
  p.earning.rules.push_back(rule("bonus", EarnKind::per_order, pts(7)));
  const auto goods = basket({line("A", 333, 7), line("B", 101, 3)});
  const auto bought = buy(p, goods, member());
  Points reversed;
  Money amount = kr(0);
  std::vector<LineQuantity> before;
  Bought now = bought;
  for (const auto& step : {pieces(0, 2), pieces(1, 1), pieces(0, 4), pieces(1, 2), pieces(0, 1)}) {
    const ReturnQuote quote = returned(p, now, before, {step});
    reversed.hundredths += quote.reversed.hundredths;
    amount.minor += quote.amount.minor;
    before.push_back(step);
    for (const LotUse& use : quote.taken)
      for (Lot& each : now.member.lots)
        if (each.id == use.lot) each.remaining.hundredths -= use.points.hundredths;
  }
  CHECK(reversed == bought.quote.points_earned);
  CHECK(amount == bought.quote.total);
  const auto more = quote_return(p, bought.ledger, before, {pieces(0, 1)}, now.member, saturday);
  CHECK(more.error().code == "return.exceeds");
}

TEST_CASE("returns: a programme of whole points takes whole points of parts") {
  Rules p = programme({rule("bonus", EarnKind::per_order, pts(10))});
  const auto goods = basket({line("A", 1000, 3), line("B", 500)});
  const auto bought = buy(p, goods, member());
  std::vector<LineQuantity> before;
  std::vector<Points> parts;
  for (const LineQuantity& now : {pieces(0, 1), pieces(0, 1), pieces(1, 1), pieces(0, 1)}) {
    const ReturnQuote part = returned(p, bought, before, {now});
    parts.push_back(part.reversed);
    REQUIRE(part.lines.size() == 1);
    CHECK(part.lines[0].reversed == part.reversed);
    before.push_back(now);
  }
  // Of 10 points 2.86, 5.71, 7.14 fall on the parts.
  CHECK(parts == std::vector{pts(2), pts(3), pts(2), pts(3)});
  p.earning.rounding.decimals = 2;
  CHECK(returned(p, bought, {}, {pieces(0, 1)}).reversed == Points{286});
}

TEST_CASE("returns: a shortfall becomes debt that says why") {
  const Rules p = basic();
  auto bought = buy(p, basket({line("A", 50'000)}), member());
  bought.member.lots[0].remaining = pts(20);  // 30 of 50 were spent elsewhere
  const ReturnQuote quote = returned(p, bought, {}, {pieces(0, 1)});
  CHECK(quote.reversed == pts(50));
  CHECK(quote.debt_after == pts(30));
  CHECK(quote.balance_after == pts(0));
  REQUIRE(quote.why.size() == 2);
  CHECK(quote.why[1].code == "return.debt");
  CHECK(sentence(quote.why[1]).find("30 points") == 0);
}

TEST_CASE("returns: points that expired have gone back already") {
  const Rules p = basic();
  auto bought = buy(p, basket({line("A", 50'000, 2)}), member());
  bought.member.lots[0].remaining = {};
  bought.ledger.expired = pts(80);
  const ReturnQuote half = returned(p, bought, {}, {pieces(0, 1)});
  CHECK(half.reversed == pts(50));
  CHECK(half.debt_after == pts(0));
  const ReturnQuote rest = returned(p, bought, {pieces(0, 1)}, {pieces(0, 1)});
  CHECK(rest.debt_after == pts(20));
}

TEST_CASE("returns: spent points whose lot has expired come back for a while") {
  Rules p = basic();
  p.returned_points_days = 14;
  auto goods = basket({line("A", 10'000)});
  goods.tenders = {{TenderKind::points, 3000}};
  const auto bought =
      buy(p, goods, member({lot("soon", 200, "2026-11-30"), lot("later", 200, "2027-06-30")}));
  const auto when = at("2026-12-10");
  const ReturnQuote quote = returned(p, bought, {}, {pieces(0, 1)}, when);
  CHECK(quote.given_back == pts(300));
  CHECK(quote.restored == std::vector<LotUse>{{"later", pts(100)}});
  CHECK(quote.new_lots == std::vector<IssuedLot>{{pts(200), day("2026-12-24")}});
}

TEST_CASE("returns: what was handed over for points stays spent") {
  Rules p = basic();
  Reward mug = reward("mug", RewardKind::gift);
  mug.cost = pts(100);
  mug.article = "MUG";
  p.rewards = {mug};
  auto goods = basket({line("A", 10'000)});
  goods.claims = {{"mug", 1, {}}};
  const auto bought = buy(p, goods, member({lot("old", 150)}));
  CHECK(returned(p, bought, {}, {pieces(0, 1)}).given_back == pts(0));
}

TEST_CASE("returns: lines must exist and stand once") {
  const Rules p = basic();
  const auto bought = buy(p, basket({line("A", 10'000, 2)}), member());
  const auto code = [&](std::vector<LineQuantity> before, std::vector<LineQuantity> now) {
    const auto result = quote_return(p, bought.ledger, before, now, bought.member, saturday);
    return result ? std::string() : result.error().code;
  };
  CHECK(code({}, {pieces(1, 1)}) == "return.line");
  CHECK(code({}, {pieces(0, 1), pieces(0, 1)}) == "return.line");
  CHECK(code({}, {{0, {}}}) == "return.line");
  CHECK(code({}, {pieces(0, 3)}) == "return.exceeds");
  CHECK(code({pieces(0, 3)}, {}) == "return.exceeds");
  CHECK(code({pieces(0, 1)}, {pieces(0, 1)}) == "");
}

}  // namespace keepsake::loyalty::test
