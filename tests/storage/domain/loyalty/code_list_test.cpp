#include "storage/domain/loyalty/code_list.hpp"

#include <algorithm>

#include "storage/domain/loyalty/member_after.hpp"
#include "storage/domain/values/limits.hpp"
#include "tests/storage/domain/loyalty/scene.hpp"

using namespace keepsake;
using namespace keepsake::loyalty;
using namespace keepsake::loyalty::test;

namespace {

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> codes;
  for (std::size_t n = 0; n < count; ++n) codes.push_back("K-" + std::to_string(n));
  return codes;
}

/// Half off for a code of a list; a cinema ticket, handed out of another list for 10 points.
Rules listed_programme() {
  Rules made = basic();
  Reward half = reward("half", RewardKind::percent_off);
  half.trigger = Trigger::code;
  half.basis_points = 5000;
  half.code_source = CodeSource::list;
  Reward ticket = reward("ticket", RewardKind::voucher);
  ticket.cost = pts(10);
  ticket.code_source = CodeSource::list;
  made.rewards = {half, ticket};
  return made;
}

loyalty::Basket shown(const std::string& code, std::vector<ListedCode> listed) {
  loyalty::Basket made = basket({line("MUG", 10'000)});
  made.codes = {code};
  made.listed = std::move(listed);
  return made;
}

const Why& refusal(const Quote& quote) {
  REQUIRE(quote.refused.size() == 1);
  return quote.refused.front().why;
}

}  // namespace

TEST_CASE("codes are dealt as runs of a list, whatever else of it is used") {
  const FactId one{1, 1}, other{2, 2};
  const CodePlace places[] = {{one, 3}, {one, 4}, {one, 7}, {other, 8}, {other, 9}, {other, 10}};
  const auto all = dealt(saturday, "half", places, {17});
  REQUIRE(all.size() == 3);
  CHECK(all[0] == CodesDealt{saturday, "half", one, 3, 2, {17}});
  CHECK(all[1] == CodesDealt{saturday, "half", one, 7, 1, {17}});
  CHECK(all[2] == CodesDealt{saturday, "half", other, 8, 3, {17}});
  for (const CodesDealt& each : all) CHECK(check(each).ok());
  CHECK(dealt(saturday, "half", {}, {17}).empty());
  CodesDealt bad = all[0];
  bad.count = 0;
  CHECK(check(bad).error().code == "codes.range");
  bad = all[0];
  bad.first = limits::codes_per_fact;
  CHECK(check(bad).error().code == "codes.range");
}

TEST_CASE("code list: a fact holds codes that differ, and not too many") {
  const CodesAdded good{saturday, "anna", "half", {"A 1", "B-2"}};
  CHECK(check(good).ok());
  const auto refused = [&](std::vector<std::string> codes) {
    CodesAdded bad = good;
    bad.codes = std::move(codes);
    return check(bad).error().code;
  };
  CHECK(refused({}) == "codes.none");
  CHECK(refused({"A1", "a 1"}) == "codes.twice");
  CHECK(refused({""}) == "text.missing");
  CHECK(refused({std::string(65, 'A')}) == "text.length");
  CHECK(refused(numbered(limits::codes_per_fact + 1)) == "codes.limit");
  CodesAdded nobodys = good;
  nobodys.reward.clear();
  CHECK(check(nobodys).error().code == "text.missing");
}

TEST_CASE("code list: a long one is several facts in order, each within its limit") {
  const CodesAdded list{saturday, "anna", "half", numbered(2 * limits::codes_per_fact + 1)};
  const auto parts = parts_of(list);
  REQUIRE(parts.size() == 3);
  std::vector<std::string> all;
  for (const CodesAdded& part : parts) {
    CHECK(check(part).ok());
    CHECK(part.reward == "half");
    std::ranges::copy(part.codes, std::back_inserter(all));
  }
  CHECK(all == list.codes);
  CHECK(parts_of({saturday, "anna", "half", {}}).empty());
}

TEST_CASE(
    "code list: a code counts in whatever capitals and blanks, once, and says when it was used") {
  const Rules rules = listed_programme();
  const Quote taken = quoted(rules, shown("aut 0001", {{"AUT-0001", "half", {}}}), member());
  CHECK(refusal(taken).code == "refuse.unknown-code");  // "-" is no blank
  const Quote half = quoted(rules, shown("aut 0001", {{"AUT0001", "half", {}}}), member());
  CHECK(half.total == kr(5000));
  REQUIRE(half.discounts.size() == 1);
  CHECK(half.discounts[0].code == "AUT0001");

  const CodeUse use{at("2026-11-20", 15 * 60 + 2), "anna"};
  const Quote again = quoted(rules, shown("AUT0001", {{"AUT0001", "half", use}}), member());
  CHECK(again.total == kr(10'000));
  CHECK(refusal(again).code == "refuse.code-spent-by");
  CHECK(sentence(refusal(again)) == "The code was used on 2026-11-20 at 15:02 by anna");
  const CodeUse unsigned_use{use.at, ""};
  CHECK(sentence(refusal(quoted(rules, shown("AUT0001", {{"AUT0001", "half", unsigned_use}}),
                                member()))) == "The code was used on 2026-11-20 at 15:02");
}

TEST_CASE("code list: two codes of one reward only where it says so, and the same never twice") {
  Rules rules = listed_programme();
  rules.rewards[0].kind = RewardKind::money_off;
  rules.rewards[0].minor = 1000;
  loyalty::Basket both = shown("A1", {{"A1", "half", {}}, {"A2", "half", {}}});
  both.codes = {"A1", "A2"};
  CHECK(quoted(rules, both, member()).refused.size() == 1);
  rules.rewards[0].max_steps = 2;
  CHECK(quoted(rules, both, member()).total == kr(8000));
  both.codes = {"A1", "a 1"};
  CHECK(refusal(quoted(rules, both, member())).code == "refuse.repeated");
}

TEST_CASE("code list: vouchers are handed out in order, and only where a list was brought in") {
  const Rules rules = listed_programme();
  loyalty::Basket nothing = basket({});
  nothing.claims = {{"ticket", 2, {}}};
  Member rich = member({lot("a", 100)});
  CHECK(refusal(quoted(rules, nothing, rich)).code == "refuse.no-list");
  rich.next_codes["ticket"] = {"T-1", "T-2", "T-3"};
  const Quote two = quoted(rules, nothing, rich);
  REQUIRE(two.issued.size() == 1);
  CHECK(two.issued[0].codes == std::vector<std::string>{"T-1", "T-2"});
  const Member after = member_after(rules, nothing, rich, two, saturday);
  CHECK(after.next_codes.at("ticket") == std::vector<std::string>{"T-3"});
  CHECK(refusal(quoted(rules, nothing, after)).code == "refuse.stock");
  nothing.claims = {{"ticket", Claim::most, {}}};
  CHECK(quoted(rules, nothing, after).issued.at(0).codes == std::vector<std::string>{"T-3"});
}

TEST_CASE("code list: a code handed out is no coupon of the reward that gave it") {
  const Rules rules = listed_programme();
  CHECK(refusal(quoted(rules, shown("T-1", {{"T-1", "ticket", {}}}), member())).code ==
        "refuse.unknown-code");
}
