// Which pieces of a basket a reward takes: sets at a price, and one article for another.
#include "storage/domain/loyalty/pieces.hpp"

#include <algorithm>
#include <rapidcheck.h>

#include "storage/domain/loyalty/return_basis.hpp"
#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {
namespace {

LineFilter only(std::vector<std::string> articles) {
  LineFilter filter;
  filter.articles = std::move(articles);
  return filter;
}

Reward set_price(std::int64_t minor, std::vector<SetPart> parts) {
  Reward made = reward("set", RewardKind::set_price);
  made.trigger = Trigger::automatic;
  made.minor = minor;
  made.parts = std::move(parts);
  return made;
}

Reward buy_get(std::int64_t buy, std::vector<std::string> bought, std::int64_t get,
               std::vector<std::string> given) {
  Reward made = reward("gift", RewardKind::buy_x_get_y);
  made.trigger = Trigger::automatic;
  made.buy = buy;
  made.get = get;
  made.basis_points = 10'000;
  made.filter.lines = only(std::move(bought));
  made.get_of = only(std::move(given));
  return made;
}

Quote with(std::vector<Reward> rewards, std::vector<BasketLine> lines,
           const Member& buyer = member()) {
  Rules p = basic();
  p.rewards = std::move(rewards);
  return quoted(p, basket(std::move(lines)), buyer);
}

std::string reason(const Quote& quote) {
  return quote.not_applied.empty() ? "" : std::string(quote.not_applied.front().why.code);
}

}  // namespace

TEST_CASE("pieces: any so many of these for a price") {
  const Reward three = set_price(10'000, {{{}, 3}});
  const struct {
    const char* what;
    std::vector<BasketLine> lines;
    std::int64_t total;
  } cases[] = {
      {"too few", {line("A", 5000, 2)}, 10'000},
      {"three alike", {line("A", 5000, 3)}, 10'000},
      {"on three lines", {line("A", 5000), line("A", 5000), line("A", 5000)}, 10'000},
      {"the fourth costs its price", {line("A", 5000, 4)}, 15'000},
      {"two sets", {line("A", 5000, 6)}, 20'000},
      // 60 + 50 + 40 = 150 for 100; 10 stays.
      {"the dearest", {line("A", 1000), line("B", 4000), line("C", 6000), line("D", 5000)}, 11'000},
      // 60 + 50 + 40 for 100; the next three make 30 + 20 + 10 = 60, which is less than 100.
      {"no set that costs more than its pieces",
       {line("A", 1000), line("B", 2000), line("C", 3000), line("D", 4000), line("E", 5000),
        line("F", 6000)},
       16'000},
      {"exactly its pieces", {line("A", 3333, 2), line("B", 3334)}, 10'000},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    CHECK(with({three}, c.lines).total == kr(c.total));
  }
  CHECK(reason(with({three}, {line("A", 5000, 2)})) == "refuse.incomplete");
  CHECK(reason(with({three}, {line("A", 3000, 3)})) == "refuse.incomplete");
  const Quote quote = with({three}, {line("A", 5000, 6)});
  REQUIRE(quote.discounts.size() == 1);
  CHECK(quote.discounts[0].steps == 2);
  CHECK(sentence(quote.discounts[0].why) == "set: 2 sets of 6 items together at 100.00 each");
}

TEST_CASE("pieces: one of each part for a price") {
  const Reward pair = set_price(5000, {{only({"A"}), 1}, {only({"B"}), 1}});
  // A 40 + B 30 for 50: of the 20 off A bears 11.43 and B 8.57.
  const Quote quote = with({pair}, {line("A", 4000), line("B", 3000)});
  CHECK(quote.total == kr(5000));
  CHECK(quote.lines[0].discount == kr(1143));
  CHECK(quote.lines[1].discount == kr(857));
  CHECK(with({pair}, {line("A", 4000, 3), line("B", 3000, 2)}).total == kr(14'000));
  CHECK(with({pair}, {line("A", 4000, 3)}).total == kr(12'000));
  CHECK(with({pair}, {line("A", 4000, 1000), line("B", 3000, 1000)}).total == kr(5'000'000));
  // A part takes the dearest that fits it, and gives way where another part has no choice.
  const Reward mixed = set_price(5000, {{only({"A", "B", "C"}), 1}, {only({"A"}), 1}});
  CHECK(with({mixed}, {line("A", 4000), line("B", 3000), line("C", 1000)}).total == kr(6000));
  const Reward deep =
      set_price(5000, {{only({"A", "B"}), 1}, {only({"A", "C"}), 1}, {only({"A"}), 1}});
  // C 20 fits only beside A; A 90 goes to its own part, B 10 to the first.
  CHECK(with({deep}, {line("A", 9000), line("B", 1000), line("C", 2000)}).total == kr(5000));
  Reward two_of_one = set_price(9000, {{only({"A"}), 2}, {only({"B"}), 1}});
  CHECK(with({two_of_one}, {line("A", 4000), line("B", 3000)}).discount == kr(0));
  CHECK(with({two_of_one}, {line("A", 4000, 2), line("B", 3000)}).total == kr(9000));
  // One piece is a price of its own.
  const Reward members = set_price(800, {{only({"A"}), 1}});
  CHECK(with({members}, {line("A", 1000, 3), line("B", 1000)}).total == kr(3400));
}

TEST_CASE("pieces: weighed goods and money paid in belong to no set") {
  auto cheese = line("CHEESE", 10'000, 2);
  cheese.sold_by = SoldBy::weight;
  CHECK(with({set_price(5000, {{{}, 2}})}, {cheese}).discount == kr(0));
  auto card = line("CARD", 50'000, 2);
  card.labels = {"gift-card"};
  CHECK(with({set_price(5000, {{{}, 2}})}, {card}).discount == kr(0));
}

TEST_CASE("pieces: a set can be claimed for points and be limited") {
  Reward three = set_price(10'000, {{{}, 3}});
  three.trigger = Trigger::claim;
  three.cost = pts(50);
  Rules p = basic();
  p.rewards = {three};
  auto goods = basket({line("A", 5000, 7)});
  goods.claims = {{"set", Claim::most, {}}};
  const Quote quote = quoted(p, goods, member({lot("l", 80)}));
  CHECK(quote.points_spent == pts(50));
  CHECK(quote.total == kr(10'000 + 4 * 5000));
  CHECK(quoted(p, goods, member({lot("l", 1000)})).points_spent == pts(100));
  CHECK(quoted(p, goods, member({lot("l", 49)})).refused.front().why.code == "refuse.points-short");
  p.rewards[0].max_steps = 1;
  CHECK(quoted(p, goods, member({lot("l", 1000)})).points_spent == pts(50));
}

TEST_CASE("pieces: what is bought gives pieces of something else") {
  const Reward filter = buy_get(1, {"POT"}, 1, {"FILTER", "SCOOP"});
  const struct {
    const char* what;
    std::vector<BasketLine> lines;
    std::int64_t discount;
  } cases[] = {
      {"one with one", {line("POT", 9000), line("FILTER", 500)}, 500},
      {"none to give", {line("POT", 9000, 5)}, 0},
      {"none bought", {line("FILTER", 500, 5)}, 0},
      {"two with one", {line("POT", 9000, 2), line("FILTER", 500)}, 500},
      {"two with three", {line("POT", 9000, 2), line("FILTER", 500, 3)}, 1000},
      {"the cheapest is given", {line("POT", 9000), line("FILTER", 500), line("SCOOP", 300)}, 300},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    CHECK(with({filter}, c.lines).discount == kr(c.discount));
  }
  CHECK(reason(with({filter}, {line("POT", 9000)})) == "refuse.incomplete");
  Reward half = buy_get(2, {"POT"}, 1, {"FILTER"});
  half.basis_points = 5000;
  CHECK(with({half}, {line("POT", 9000, 3), line("FILTER", 501, 2)}).discount == kr(251));
}

TEST_CASE("pieces: what may be bought and given is used once") {
  // Buy any two of A and B, get one A: of A, A, B one A is given, the other and B are bought.
  const Reward overlap = buy_get(2, {"A", "B"}, 1, {"A"});
  CHECK(with({overlap}, {line("A", 1000, 2), line("B", 2000)}).discount == kr(1000));
  CHECK(with({overlap}, {line("A", 1000), line("B", 2000)}).discount == kr(0));
  CHECK(with({overlap}, {line("A", 1000), line("B", 2000, 2)}).discount == kr(1000));
  CHECK(with({overlap}, {line("A", 1000, 6)}).discount == kr(2000));
  // Give A or C, buy A: C 30 must be given, for the only A is the one that is bought.
  const Reward scarce = buy_get(1, {"A"}, 1, {"A", "C"});
  CHECK(with({scarce}, {line("A", 1000), line("C", 3000)}).discount == kr(3000));
  // Two rewards share three pieces of A and one of B.
  Reward second = set_price(1500, {{only({"A"}), 2}});
  const Reward gift = buy_get(1, {"B"}, 1, {"A"});
  const Quote quote = with({gift, second}, {line("A", 1000, 3), line("B", 2000)});
  CHECK(quote.discount == kr(500 + 1000));
}

TEST_CASE("pieces: several pieces of one step") {
  Reward cups = reward("cups", RewardKind::free_item);
  cups.article = "CUP";
  cups.pieces = 2;
  cups.cost = pts(10);
  Rules p = basic();
  p.rewards = {cups};
  auto goods = basket({line("CUP", 300, 5)});
  goods.claims = {{"cups", 1, {}}};
  CHECK(quoted(p, goods, member({lot("l", 100)})).discount == kr(600));
  goods.claims = {{"cups", 3, {}}};  // five pieces make two steps
  const Quote quote = quoted(p, goods, member({lot("l", 100)}));
  CHECK(quote.discount == kr(1200));
  CHECK(quote.points_spent == pts(20));
  goods = basket({line("CUP", 300)});
  goods.claims = {{"cups", 1, {}}};
  CHECK(quoted(p, goods, member({lot("l", 100)})).refused.front().why.code == "refuse.incomplete");
}

TEST_CASE("pieces: parts of a set come back exactly") {
  const Reward pair = set_price(5000, {{only({"A"}), 2}, {only({"B"}), 1}});
  Rules p = basic();
  p.rewards = {pair};
  const auto goods = basket({line("A", 2999, 2), line("B", 1999)});
  const Quote quote = quoted(p, goods, member());
  CHECK(quote.total == kr(5000));
  const auto ledger = ledger_of(quote, goods, member(), {"new-1"});
  REQUIRE(ledger.ok());
  Member now = after(member(), quote, saturday);
  now.lots[0].id = "new-1";
  std::vector<LineQuantity> before;
  std::int64_t back = 0;
  for (const std::size_t i : {0U, 1U, 0U}) {
    const auto part = quote_return(p, *ledger, before, {{i, Quantity::pieces(1)}}, now, saturday);
    REQUIRE(part.ok());
    back += part->amount.minor;
    before.push_back({i, Quantity::pieces(1)});
  }
  CHECK(back == 5000);
}

TEST_CASE("pieces: a set is never dearer than its pieces, and lines do not matter") {
  CHECK(rc::check([] {
    const auto any = [](std::int64_t from, std::int64_t to) {
      return *rc::gen::inRange<std::int64_t>(from, to + 1);
    };
    const std::vector<std::string> articles = {"A", "B", "C", "D"};
    const auto some = [&] {
      auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(articles));
      if (chosen.size() > 3) chosen.resize(3);
      return only(chosen);
    };
    std::vector<SetPart> parts;
    for (std::int64_t i = any(1, 3); i > 0; --i) parts.push_back({some(), any(1, 3)});
    Reward other = buy_get(any(1, 2), some().articles, any(1, 2), some().articles);
    other.basis_points = static_cast<std::int32_t>(any(1, 10'000));
    const Reward set = set_price(any(1, 9000), parts);
    std::vector<BasketLine> lines, apart;
    std::int64_t gross = 0;
    for (const std::string& article : articles) {
      const std::int64_t price = any(1, 5000), pieces = any(1, 7);
      gross += price * pieces;
      lines.push_back(line(article, price, pieces));
      for (std::int64_t n = 0; n < pieces; ++n) apart.push_back(line(article, price));
    }
    std::ranges::reverse(apart);
    const Quote one = with({set, other}, lines);
    RC_ASSERT(one.total.minor <= gross && one.total.minor >= 0);
    RC_ASSERT(with({other, set}, apart).total == one.total);
    std::int64_t used = 0;
    for (const DiscountTaken& taken : one.discounts) {
      std::int64_t each = other.buy + other.get;
      if (taken.reward == "set") {
        each = 0;
        for (const SetPart& part : parts) each += part.pieces;
      }
      used += taken.steps * each;
    }
    RC_ASSERT(used <= static_cast<std::int64_t>(apart.size()));
  }));
}

}  // namespace keepsake::loyalty::test
