// How a programme file says what rewards take, and what each slip is told.
#include <algorithm>
#include <doctest/doctest.h>

#include "storage/programme/programme_file.hpp"

using namespace keepsake;
using namespace keepsake::loyalty;

namespace {

// Ten lines: a reward's first key is on line 8.
const std::string rewards_head =
    "name = \"Bonus\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = 10\n[[reward]]\nid = "
    "\"x\"\n";
const std::string twice =
    "[[reward]]\nid = \"y\"\nkind = \"money off\"\nvalue = 1\nbest_of = \"b\"\n";

ProgrammeFile read(const std::string& keys) {
  return parse_programme(rewards_head + keys, "p.toml");
}

Reward sound(const std::string& keys) {
  const auto file = read(keys);
  for (const Error& each : file.mistakes) CAPTURE(to_line(each));
  REQUIRE(file.mistakes.empty());
  REQUIRE(!file.rules.rewards.empty());
  return file.rules.rewards.front();
}

LineFilter only(std::vector<std::string> articles) {
  LineFilter filter;
  filter.articles = std::move(articles);
  return filter;
}

}  // namespace

TEST_CASE("read rewards: a set at a price") {
  const std::string set = "kind = \"set price\"\nvalue = \"100.00\"\n";
  const Reward three = sound(set + "pieces = 3\ncategories = [\"Socks\"]\n");
  CHECK(three.kind == RewardKind::set_price);
  CHECK(three.minor == 10'000);
  CHECK(three.parts == std::vector<SetPart>{{{}, 3}});
  CHECK(three.filter.lines.categories == std::vector<std::string>{"Socks"});
  const Reward pair =
      sound(set + "parts = [{ articles = [\"A\"] }, { articles = [\"B\", \"C\"], pieces = 2 }]\n");
  CHECK(pair.parts == std::vector<SetPart>{{only({"A"}), 1}, {only({"B", "C"}), 2}});
}

TEST_CASE("read rewards: buy some of these and get some of those") {
  const std::string keys = "kind = \"buy x get y\"\nbuy = 2\nget = 1\narticles = [\"POT\"]\n";
  CHECK_FALSE(sound(keys).get_of.has_value());
  const Reward other = sound(keys + "percent = 50\nget_of = { labels = [\"filter\"] }\n");
  REQUIRE(other.get_of.has_value());
  CHECK(other.get_of->labels == std::vector<std::string>{"filter"});
  CHECK(other.basis_points == 5000);
}

TEST_CASE("read rewards: each manner of a discount") {
  const std::string ten = "kind = \"percent off\"\npercent = 10\n";
  CHECK(sound(ten).best_of.empty());
  CHECK_FALSE(sound(ten).lowers_earning.has_value());
  const Reward kept = sound(ten +
                            "lowers_earning = false\nbest_of = \"b\"\nbirthday = 0\n"
                            "minimum = 500\nminimum_of = \"order\"\nonce_per = \"year\"\n" +
                            twice);
  CHECK(kept.lowers_earning == Counts::no);
  CHECK(kept.best_of == "b");
  CHECK(kept.filter.order.birthday == 0);
  CHECK(kept.minimum == Minimum{50'000, TaxBasis::included, {}, MinimumOf::order});
  CHECK(kept.once_per == Period::year);
  CHECK(sound(ten + "lowers_earning = true\n").lowers_earning == Counts::yes);
  for (const auto& [word, period] : {std::pair{"day", Period::day}, {"month", Period::month}})
    CHECK(sound(ten + "once_per = \"" + word + "\"\n").once_per == period);
  const Reward each = sound("kind = \"money off\"\nvalue = 5\nscope = \"each\"\n");
  CHECK(each.scope == RewardScope::each);
  const Reward cups = sound("kind = \"free item\"\narticle = \"CUP\"\npieces = 2\n");
  CHECK(cups.pieces == 2);
  CHECK(sound("kind = \"free item\"\narticle = \"CUP\"\n").pieces == 1);
  const Reward several = sound(
      ten + "trigger = \"code\"\nmax_steps = 2\ncodes = [\"A\", { code = \"B\", uses = 0 }]\n");
  CHECK(several.max_steps == 2);
  CHECK(several.codes == std::vector<CouponCode>{{"A", 1, 1}, {"B", std::nullopt, 1}});
}

TEST_CASE("read rewards: whom and where an exclusion leaves out") {
  const Reward reward = sound(
      "kind = \"percent off\"\npercent = 10\nnot_articles = [\"A\"]\nnot_categories = [\"C\"]\n"
      "not_labels = [\"L\"]\nnot_brands = [\"B\"]\nnot_stores = [\"S\"]\nnot_segments = [\"G\"]\n"
      "not_tiers = [\"gold\"]\nbirthday = 180\n[tiers]\nbasis = \"visits\"\n[[tiers.level]]\n"
      "id = \"gold\"\nthreshold = 1\n");
  using Words = std::vector<std::string>;
  CHECK(reward.filter.lines.not_articles == Words{"A"});
  CHECK(reward.filter.lines.not_categories == Words{"C"});
  CHECK(reward.filter.lines.not_labels == Words{"L"});
  CHECK(reward.filter.lines.not_brands == Words{"B"});
  CHECK(reward.filter.order.not_stores == Words{"S"});
  CHECK(reward.filter.order.not_segments == Words{"G"});
  CHECK(reward.filter.order.not_tiers == Words{"gold"});
  CHECK(reward.filter.order.birthday == 180);
}

namespace {

const std::string set = "kind = \"set price\"\nvalue = 100\n";
const std::string ten = "kind = \"percent off\"\npercent = 10\n";
const std::string gift = "kind = \"gift\"\narticle = \"MUG\"\n";
const std::string buy = "kind = \"buy x get y\"\nbuy = 1\nget = 1\n";
const struct {
  std::string keys;
  const char* code;
  const char* where;
  const char* remedy_has;
} slips[] = {
    {set, "programme.missing", "p.toml:6:1 (reward x.pieces)", "pieces = 3"},
    {"kind = \"set price\"\npieces = 3\n", "programme.missing", "p.toml:6:1 (reward x.value)", ""},
    {set + "pieces = 0\n", "programme.range", "p.toml:10:10 (reward x.pieces)", "1 to 1000"},
    {set + "pieces = 1001\n", "programme.range", "p.toml:10:10 (reward x.pieces)", "1000"},
    {set + "pieces = 2\nparts = [{ articles = [\"A\"] }]\n", "programme.contradiction",
     "p.toml:10:10 (reward x.pieces)", "parts"},
    {set + "parts = [{ article = \"A\" }]\n", "programme.unknown",
     "p.toml:10:12 (reward x.parts.article)", "articles"},
    {set + "parts = [{ articles = [\"A\"], pieces = 0 }]\n", "programme.range",
     "p.toml:10:39 (reward x.parts.pieces)", ""},
    {set + "pieces = 2\nmost = 5\n", "programme.contradiction", "p.toml:11:8 (reward x.most)",
     "Remove"},
    {set + "pieces = 2\nscope = \"lines\"\n", "programme.contradiction",
     "p.toml:11:9 (reward x.scope)", "Remove"},
    {ten + "pieces = 3\n", "programme.contradiction", "p.toml:10:10 (reward x.pieces)", "Remove"},
    {ten + "parts = [{ articles = [\"A\"] }]\n", "programme.contradiction",
     "p.toml:10:9 (reward x.parts)", "Remove"},
    {ten + "get_of = { articles = [\"A\"] }\n", "programme.contradiction",
     "p.toml:10:10 (reward x.get_of)", "Remove"},
    {buy + "get_of = {}\n", "programme.missing", "p.toml:11:10 (reward x.get_of)", "articles"},
    {buy + "get_of = [\"A\"]\n", "programme.type", "p.toml:11:10 (reward x.get_of)", ""},
    {ten + "scope = \"each\"\n", "programme.contradiction", "p.toml:10:9 (reward x.scope)",
     "lines"},
    {ten + "best_of = 1\n", "programme.type", "p.toml:10:11 (reward x.best_of)", ""},
    {gift + "best_of = \"b\"\n" + twice, "programme.contradiction",
     "p.toml:10:11 (reward x.best_of)", "Remove"},
    {gift + "lowers_earning = false\n", "programme.contradiction",
     "p.toml:10:18 (reward x.lowers_earning)", "Remove"},
    {ten + "lowers_earning = \"no\"\n", "programme.type", "p.toml:10:18 (reward x.lowers_earning)",
     "true"},
    {ten + "minimum_of = \"order\"\n", "programme.contradiction",
     "p.toml:10:14 (reward x.minimum_of)", "Add minimum"},
    {ten + "minimum = 5\nminimum_of = \"basket\"\n", "programme.choice",
     "p.toml:11:14 (reward x.minimum_of)", "order"},
    {ten + "birthday = -1\n", "programme.range", "p.toml:10:12 (reward x.birthday)", "0 to 180"},
    {ten + "birthday = 181\n", "programme.range", "p.toml:10:12 (reward x.birthday)", "0 to 180"},
    {ten + "birthday = \"week\"\n", "programme.type", "p.toml:10:12 (reward x.birthday)", ""},
    {ten + "once_per = \"week\"\n", "programme.choice", "p.toml:10:12 (reward x.once_per)",
     "month"},
    {ten + "not_brands = \"Acme\"\n", "programme.type", "p.toml:10:14 (reward x.not_brands)", ""},
    {ten + "brands = [\"A\"]\nnot_brands = [\"A\"]\n", "programme.contradiction",
     "p.toml:10:10 (reward x.brands)", "one of the two"},
    {ten + "stores = [\"A\"]\nnot_stores = [\"A\"]\n", "programme.contradiction",
     "p.toml:10:10 (reward x.stores)", "one of the two"},
    {ten + "segments = [\"A\"]\nnot_segments = [\"A\"]\n", "programme.contradiction",
     "p.toml:10:12 (reward x.segments)", "one of the two"},
    {ten + "not_tiers = [\"gold\"]\n", "programme.unknown", "p.toml:10:13 (not_tiers)", "Define"},
    {ten + "trigger = \"code\"\ncodes = [{ uses = 1 }]\n", "programme.missing",
     "p.toml:11:10 (reward x.codes.code)", ""},
    {ten + "trigger = \"code\"\ncodes = [{ code = \"A\", uses = -1 }]\n", "programme.range",
     "p.toml:11:31 (reward x.codes.uses)", ""},
    {ten + "trigger = \"code\"\ncodes = [7]\n", "programme.type", "p.toml:11:10 (reward x.codes)",
     "code ="},
    {ten + "[discounts]\nround_to = 0\n", "programme.range", "p.toml:11:12 (discounts.round_to)",
     ""},
    {ten + "[discounts]\nround = \"off\"\n", "programme.choice", "p.toml:11:9 (discounts.round)",
     "half up"},
    {ten + "[tiers]\nbasis = \"visits\"\ncounts_from = \"now\"\n[[tiers.level]]\nid = "
           "\"a\"\nthreshold = 1\n",
     "programme.choice", "p.toml:12:15 (tiers.counts_from)", "this purchase"},
};

}  // namespace

TEST_CASE("read rewards: each slip is told at its line, with what to do") {
  for (const auto& c : slips) {
    CAPTURE(c.keys);
    const auto file = read(c.keys);
    REQUIRE(file.mistakes.size() == 1);
    CHECK(file.mistakes[0].code == c.code);
    CHECK(file.mistakes[0].where == c.where);
    CHECK_MESSAGE(file.mistakes[0].remedy.find(c.remedy_has) != std::string::npos,
                  file.mistakes[0].remedy);
  }
}

TEST_CASE("read rewards: how shares are rounded and from when a level counts") {
  const auto file = read(
      "kind = \"percent off\"\npercent = 10\n[discounts]\nround_to = \"0.50\"\nround = \"down\"\n"
      "[tiers]\nbasis = \"visits\"\ncounts_from = \"this purchase\"\n[[tiers.level]]\nid = \"a\"\n"
      "threshold = 1\n");
  REQUIRE(file.mistakes.empty());
  CHECK(file.rules.discount_rounding == DiscountRounding{50, RoundingMode::down});
  CHECK(file.rules.tiers.counts == LevelCounts::this_purchase);
}

TEST_CASE("read rewards: what is valid and will surprise is warned of") {
  const auto warned = [](const std::string& keys) {
    const auto file = read("kind = \"percent off\"\npercent = 10\n" + keys);
    CHECK(file.mistakes.empty());
    std::string told;
    for (const Error& each : file.warnings)
      told.append(told.empty() ? "" : " ").append(each.code + " " + each.where);
    return told;
  };
  CHECK(warned("best_of = \"b\"\n") == "programme.lone p.toml:10:11 (best_of)");
  CHECK(warned("best_of = \"b\"\n" + twice).empty());
  const std::string rule = "[[rule]]\nid = \"r\"\nkind = \"event\"\npoints = 25\n";
  for (const char* event : {"warranty registered", "survey", "referrer"}) {
    CAPTURE(event);
    const std::string happens = rule + "event = \"" + event + "\"\n";
    CHECK(warned(happens) == "programme.uncapped p.toml:14:9 (event)");
    CHECK(warned(happens + "cap_per_purchase = 25\n") == "programme.uncapped p.toml:14:9 (event)");
    for (const char* bound : {"cap_per_day = 50\n", "cap_per_customer = 100\n",
                              "uses_per_customer = 3\n", "uses = 1000\n"})
      CHECK(warned(happens + bound).empty());
    CHECK(warned(happens + "[counting]\ncap_per_day = 100\n").empty());
  }
  CHECK(warned(rule + "event = \"enrolled\"\n").empty());
}
