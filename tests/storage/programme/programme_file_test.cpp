#include "storage/programme/programme_file.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

namespace {

const std::string good =
    "name = \"Bonus\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = "
    "\"10.00\"\n[redeem]\npoint_value = \"0.10\"\n";

std::string with(std::string_view from, std::string_view to) {
  std::string text = good;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("programme: a good file") {
  const auto file = parse_programme(good, "p.toml");
  REQUIRE(file.mistakes.empty());
  CHECK(file.programme.name == "Bonus");
  CHECK(file.programme.currency.code() == "NOK");
  CHECK(file.programme.per_major_unit == Points{10});
  CHECK(file.programme.point_value_milli_minor == 10'000);
  CHECK(file.programme.version == 0);
  CHECK(file.programme.source == good);
  CHECK(parse_programme(with("[redeem]\npoint_value = \"0.10\"\n", ""), "p.toml").mistakes.empty());
  CHECK(
      parse_programme(with("points = 1", "points = \"0.5\""), "p.toml").programme.per_major_unit ==
      Points{5});
  CHECK(parse_programme(with("for_each = \"10.00\"", "for_each = 1"), "p.toml")
            .programme.per_major_unit == Points{100});
}

TEST_CASE("programme: each mistake has line and column and key") {
  const struct {
    std::string text;
    const char* code;
    const char* where;
  } cases[] = {
      {with("name = \"Bonus\"", "name = Bonus"), "programme.syntax", "p.toml:1:8"},
      {with("name = \"Bonus\"\n", ""), "programme.missing", "p.toml:1:1 (name)"},
      {with("\"Bonus\"", "\"\""), "text.missing", "p.toml:1:8 (name)"},
      {with("\"Bonus\"", "7"), "programme.type", "p.toml:1:8 (name)"},
      {with("NOK", "KRX"), "currency.unknown", "p.toml:2:12 (currency)"},
      {with("points = 1", "points = 0"), "programme.range", "p.toml:4:10 (earn.points)"},
      {with("points = 1", "points = 0.5"), "programme.type", "p.toml:4:10 (earn.points)"},
      {with("points = 1", "point = 1\npoints = 1"), "programme.unknown", "p.toml:4:1 (earn.point)"},
      {with("points = 1\n", ""), "programme.missing", "p.toml:3:1 (earn.points)"},
      {with("10.00", "10,00"), "money.syntax", "p.toml:5:12 (earn.for_each)"},
      {with("10.00", "0"), "programme.range", "p.toml:5:12 (earn.for_each)"},
      {with("[earn]\npoints = 1\nfor_each = \"10.00\"\n", ""), "programme.missing",
       "p.toml:1:1 (earn)"},
      {with("[earn]\npoints = 1\nfor_each = \"10.00\"\n", "earn = 3\n"), "programme.type",
       "p.toml:3:8 (earn)"},
      {with("0.10", "-0.10"), "programme.range", "p.toml:7:15 (redeem.point_value)"},
      {good + "[tears]\ngold = 1\n", "programme.unknown", "p.toml:8:2 (tears)"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto file = parse_programme(c.text, "p.toml");
    REQUIRE(file.mistakes.size() == 1);
    CHECK(file.mistakes[0].code == c.code);
    CHECK(file.mistakes[0].where == c.where);
    CHECK_FALSE(file.mistakes[0].remedy.empty());
  }
}

TEST_CASE("programme: all mistakes are told at once") {
  const auto file = parse_programme("name = 1\n[earn]\npoints = 0.5\n", "p.toml");
  CHECK(file.mistakes.size() == 4);
}

namespace {

// Everything at once: what each key means is checked below.
const std::string rich = R"(
name = "Rich"
currency = "NOK"
[earn]
points = 1
for_each = "10.00"
group = "base"
[rounding]
decimals = 1
mode = "half even"
per = "line"
[counting]
tax = "excluded"
discounts = "ignore"
points_paid = "ignore"
never_articles = ["DELIVERY"]
never_labels = ["gift card"]
compose = "add"
cap_per_day = 500
[[group]]
id = "base"
combine = "best"
[[rule]]
id = "weekend"
name.default = "Double weekend"
name.nb = "Dobbel helg"
name.pt-BR = "Dobro"
kind = "per amount"
points = "2.3"
for_each = 1
group = "base"
categories = ["Kitchen", "Coffee"]
not_labels = ["outlet"]
weekdays = ["sat", "sun"]
hours = "10:00-16:00"
stores = ["S1"]
tiers = ["gold"]
segments = ["students"]
tenders = ["card", "gift card"]
from = 2026-12-01
until = "2026-12-24"
minimum = "500.00"
minimum_tax = "excluded"
minimum_quantity = 2
multiplied = false
cap_per_purchase = 100
cap_per_customer = 1000
uses = 5000
uses_per_customer = 3
expiry = { kind = "days", count = 30 }
[[rule]]
id = "birthday"
kind = "event"
event = "birthday"
days_before = 7
days_after = 8
points = 100
[[rule]]
id = "tenth"
kind = "event"
event = "nth visit"
every_nth = 10
points = 50
[[multiplier]]
id = "gold-x"
times = "1.5"
tiers = ["gold"]
[expiry]
kind = "end of month"
count = 12
[tiers]
basis = "spend"
window = "rolling months"
months = 12
upgrade = "period end"
downgrade = "assigned"
assigned = "silver"
[[tiers.level]]
id = "silver"
threshold = "1000.00"
[[tiers.level]]
id = "gold"
name = "Gold"
threshold = 5000
[redeem]
point_value = "0.10"
smallest = 50
most_percent = 50
[discounts]
order = ["lines", "items", "order money", "order percent"]
[returns]
lapsed_points_days = 14
[[reward]]
id = "fifty"
kind = "money off"
value = 50
cost = 500
max_steps = 4
[[reward]]
id = "welcome"
kind = "percent off"
percent = "12.5"
most = 100
scope = "cheapest"
trigger = "code"
codes = ["ONCE", { code = "MANY", uses = 0, uses_per_customer = 2 }]
alone = true
[[reward]]
id = "three"
kind = "buy x get y"
trigger = "automatic"
buy = 2
get = 1
categories = ["Cables"]
[[reward]]
id = "train"
kind = "voucher"
cost = 1000
pool = ["T1", "T2"]
per_customer = 1
stock = 2
)";

std::vector<std::string> codes_of(const ProgrammeFile& file) {
  std::vector<std::string> codes;
  for (const Error& each : file.mistakes) codes.push_back(each.code + " " + each.where);
  return codes;
}

}  // namespace

TEST_CASE("programme: every key of the earning rules means what it says") {
  using namespace loyalty;
  const auto file = parse_programme(rich, "r.toml");
  CHECK(codes_of(file).empty());
  const Earning& earning = file.rules.earning;
  CHECK(earning.rounding == PointRounding{1, RoundingMode::half_even, RoundedPer::line});
  CHECK(earning.tax == TaxBasis::excluded);
  CHECK(earning.discounted == Counts::yes);
  CHECK(earning.paid_with_points == Counts::yes);
  CHECK(earning.never.not_articles == std::vector<std::string>{"DELIVERY"});
  CHECK(earning.never.not_labels == std::vector<std::string>{"gift card"});
  CHECK(earning.compose == Compose::add);
  CHECK(earning.caps.per_day == Points{50'000});
  CHECK(earning.groups == std::vector<EarningGroup>{{"base", Combine::best}});
  REQUIRE(earning.rules.size() == 4);
  CHECK(earning.rules[0].id == "base");
  CHECK(earning.rules[0].group == "base");
  const EarningRule& weekend = earning.rules[1];
  CHECK(weekend.name ==
        LocalizedText("Double weekend", {{"nb", "Dobbel helg"}, {"pt-BR", "Dobro"}}));
  CHECK(weekend.points == Points{230});
  CHECK(weekend.for_each_minor == 100);
  CHECK(weekend.filter.lines.categories.size() == 2);
  CHECK(weekend.filter.lines.not_labels == std::vector<std::string>{"outlet"});
  CHECK(weekend.filter.order.weekdays == 0b1100000);
  CHECK(weekend.filter.order.hours == Hours{600, 960});
  CHECK(weekend.filter.order.tenders ==
        std::vector<TenderKind>{TenderKind::card, TenderKind::gift_card});
  CHECK(to_iso(*weekend.filter.order.from) == "2026-12-01");
  CHECK(to_iso(*weekend.filter.order.until) == "2026-12-24");
  CHECK(weekend.minimum == Minimum{50'000, TaxBasis::excluded, Quantity::pieces(2)});
  CHECK(weekend.multiplied == Multiplied::no);
  CHECK(weekend.caps.per_purchase == Points{10'000});
  CHECK(weekend.limits.by_all == 5000);
  CHECK(weekend.limits.per_customer == 3);
  CHECK(weekend.expiry == Expiry{ExpiryKind::days, 30});
  CHECK(earning.rules[2].days_before == 7);
  CHECK(earning.rules[2].days_after == 8);
  CHECK(earning.rules[3].every_nth_visit == 10);
  REQUIRE(earning.multipliers.size() == 1);
  CHECK(earning.multipliers[0].millionths == 1'500'000);
}

TEST_CASE("programme: each window of levels is read, and only a rolling one has months") {
  using loyalty::TierWindow;
  const struct {
    const char* word;
    TierWindow window;
  } cases[] = {{"lifetime", TierWindow::lifetime},
               {"calendar month", TierWindow::calendar_month},
               {"calendar quarter", TierWindow::calendar_quarter},
               {"calendar year", TierWindow::calendar_year}};
  for (const auto& c : cases) {
    const std::string tiers =
        "[tiers]\nbasis = \"spend\"\nwindow = \"" + std::string(c.word) + "\"\n";
    const std::string level = "[[tiers.level]]\nid = \"silver\"\nthreshold = 100\n";
    const auto file = parse_programme(good + tiers + level, "p.toml");
    REQUIRE(file.mistakes.empty());
    CHECK(file.rules.tiers.window == c.window);
    const auto ends = parse_programme(
        good + tiers + "upgrade = \"period end\"\ndowngrade = \"gradual\"\n" + level, "p.toml");
    CHECK(ends.mistakes.empty() == (c.window != TierWindow::lifetime));
    CHECK(parse_programme(good + tiers + "months = 1\n" + level, "p.toml").mistakes.size() == 1);
  }
}

TEST_CASE("programme: every key of tiers and rewards means what it says") {
  using namespace loyalty;
  const auto rules = parse_programme(rich, "r.toml").rules;
  CHECK(rules.name == "Rich");
  CHECK(rules.expiry == Expiry{ExpiryKind::end_of_month, 12});
  CHECK(rules.tiers.window == TierWindow::rolling_months);
  CHECK(rules.tiers.upgrade == Upgrade::period_end);
  CHECK(rules.tiers.downgrade == Downgrade::assigned);
  CHECK(rules.tiers.assigned == "silver");
  CHECK(rules.tiers.levels ==
        std::vector<TierLevel>{{"silver", "silver", 100'000}, {"gold", "Gold", 500'000}});
  CHECK(rules.redeeming == Redeeming{10'000, Points{5000}, 5000});
  CHECK(rules.discount_order[0] == DiscountStage::lines);
  CHECK(rules.discount_order[3] == DiscountStage::order_percent);
  CHECK(rules.returned_points_days == 14);
  REQUIRE(rules.rewards.size() == 4);
  CHECK(rules.rewards[0].minor == 5000);
  CHECK(rules.rewards[0].cost == Points{50'000});
  CHECK(rules.rewards[0].max_steps == 4);
  const Reward& welcome = rules.rewards[1];
  CHECK(welcome.basis_points == 1250);
  CHECK(welcome.most_minor == 10'000);
  CHECK(welcome.scope == RewardScope::cheapest);
  CHECK(welcome.standing == Standing::alone);
  CHECK(welcome.codes == std::vector<CouponCode>{{"ONCE", 1, 1}, {"MANY", std::nullopt, 2}});
  CHECK(rules.rewards[2].buy == 2);
  CHECK(rules.rewards[2].basis_points == 10'000);
  CHECK(rules.rewards[2].trigger == Trigger::automatic);
  CHECK(rules.rewards[3].pool.size() == 2);
  CHECK(rules.rewards[3].stock == 2);
}

namespace {

const struct {
  std::string added;
  const char* code;
  const char* remedy_has;
} contradictions[] = {
    {"[rouding]\ndecimals = 1\n", "programme.unknown", "rounding"},
    {"[rounding]\nmode = \"half-up\"\n", "programme.choice", "half up"},
    {"[rounding]\ndecimals = 3\n", "programme.range", "0 to 2"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nfor_each = 1\n",
     "programme.contradiction", "kind"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = \"0.5\"\n", "programme.contradiction",
     "decimals"},
    {"[[rule]]\nid = \"base\"\nkind = \"per order\"\npoints = 1\n", "programme.twice", "another"},
    {"[[rule]]\nid = \"x\"\nkind = \"event\"\npoints = 1\nevent = \"brithday\"\n",
     "programme.choice", "\"birthday\""},
    {"[[rule]]\nid = \"x\"\nkind = \"event\"\npoints = 1\nevent = \"survey\"\nevery_nth = 3\n",
     "programme.contradiction", "Remove"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\ngroup = \"g\"\n", "programme.unknown",
     "Define"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nname.nb = \"Ti\"\n",
     "programme.missing", "default"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nname = {default = \"A\", n_b = "
     "\"Ti\"}\n",
     "programme.language", "nb"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nname = {default = \"A\", nb = 1}\n",
     "programme.type", "quotes"},
    {"[[reward]]\nid = \"x\"\nkind = \"money off\"\nvalue = 1\nname = {}\n", "programme.missing",
     "default"},
    {"[[multiplier]]\nid = \"x\"\ntimes = 2\nname = [\"A\"]\n", "programme.type", "quotes"},
    {"[tiers]\nbasis = \"spend\"\n[[tiers.level]]\nid = \"a\"\nthreshold = 1\nname.nb = \"\"\n"
     "name.default = \"A\"\n",
     "text.missing", ""},
    {"[[group]]\nid = \"g\"\ncombine = \"best\"\n", "programme.unused", "rule"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\ntiers = [\"gold\"]\n",
     "programme.unknown", "Define"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nweekdays = [\"sunday\"]\n",
     "programme.choice", "\"sun\""},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nhours = \"9-17\"\n",
     "programme.hours", "16:00"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nfrom = 2026-02-01\nuntil = "
     "2026-01-01\n",
     "programme.contradiction", "Swap"},
    {"[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nlabels = [\"a\"]\nnot_labels = "
     "[\"a\"]\n",
     "programme.contradiction", "two lists"},
    {"[[rule]]\nid = \"x\"\nkind = \"per amount\"\npoints = 1\nfor_each = 1\ntenders = "
     "[\"points\"]\n",
     "programme.contradiction", "points_paid"},
    {"[[multiplier]]\nid = \"x\"\ntimes = 1\n", "programme.contradiction", "another"},
    {"[tiers]\nbasis = \"spend\"\n[[tiers.level]]\nid = \"a\"\nthreshold = 10\n[[tiers.level]]\n"
     "id = \"b\"\nthreshold = 10\n",
     "programme.unreachable", "lowest"},
    {"[tiers]\nbasis = \"spend\"\ndowngrade = \"gradual\"\n[[tiers.level]]\nid = \"a\"\n"
     "threshold = 10\n",
     "programme.contradiction", "window"},
    {"[expiry]\nkind = \"days\"\n", "programme.missing", "count"},
    {"[expiry]\nkind = \"never\"\ncount = 3\n", "programme.contradiction", "Remove"},
    {"[pending]\n", "programme.missing", "days"},
    {"[pending]\ndays = 731\n", "programme.range", "0 to 730"},
    {"[pending]\ndays = \"14\"\n", "programme.type", "without quotes"},
    {"[pending]\ndays = 14\nunit = \"day\"\n", "programme.unknown", ""},
    {"[pending]\ndays = 14\n[expiry]\nkind = \"days\"\ncount = 13\n", "programme.pending",
     "at least 14 days"},
    {"[pending]\ndays = 29\n[expiry]\nkind = \"months\"\ncount = 1\n", "programme.pending", "29"},
    {"[pending]\ndays = 14\n[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 1\nexpiry = { "
     "kind = \"days\", count = 7 }\n",
     "programme.pending", "at least 14 days"},
    {"[discounts]\norder = [\"items\", \"lines\"]\n", "programme.choice", "order percent"},
    {"[[reward]]\nid = \"x\"\nkind = \"money off\"\n", "programme.missing", "value"},
    {"[[reward]]\nid = \"x\"\nkind = \"percent off\"\npercent = 101\n", "programme.range", "10"},
    {"[[reward]]\nid = \"x\"\nkind = \"money off\"\nvalue = 1\ntrigger = \"automatic\"\ncost = "
     "5\n",
     "programme.contradiction", "claimed"},
    {"[[reward]]\nid = \"x\"\nkind = \"money off\"\nvalue = 1\ntrigger = \"code\"\n",
     "programme.missing", "codes"},
    {"[[reward]]\nid = \"x\"\nkind = \"money off\"\nvalue = 1\ncodes = [\"A\"]\n",
     "programme.contradiction", "trigger"},
    {"[[reward]]\nid = \"x\"\nkind = \"money off\"\nvalue = 1\ntrigger = \"code\"\ncodes = "
     "[\"A\", \"A\"]\n",
     "programme.twice", "own"},
    {"[[reward]]\nid = \"x\"\nkind = \"voucher\"\ncost = 1\n", "programme.missing", "pool"},
    {"[[reward]]\nid = \"x\"\nkind = \"free item\"\n", "programme.missing", "article"},
    {"[[reward]]\nid = \"x\"\nkind = \"gift\"\narticle = \"G\"\nstokc = 3\n", "programme.unknown",
     "stock"},
};

}  // namespace

TEST_CASE("programme: what names money paid in is valid and warned of, with its line") {
  const std::string head =
      "name = \"P\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"1.00\"\n";
  const auto plain = parse_programme(head +
                                         "[[reward]]\nid = \"ten\"\nkind = \"percent "
                                         "off\"\npercent = 10\ntrigger = \"automatic\"\n",
                                     "p.toml");
  CHECK(plain.mistakes.empty());
  CHECK(plain.warnings.empty());
  const auto named =
      parse_programme(head +
                          "[[rule]]\nid = \"r\"\nkind = \"per amount\"\npoints = 1\nfor_each = "
                          "\"1.00\"\nlabels = [\"wallet\"]\n" +
                          "[[multiplier]]\nid = \"m\"\ntimes = \"2\"\nlabels = [\"gift-card\"]\n" +
                          "[[reward]]\nid = \"ten\"\nkind = \"percent off\"\npercent = 10\n"
                          "labels = [\"toys\", \"gift-card\"]\n" +
                          "[[reward]]\nid = \"out\"\nkind = \"percent off\"\npercent = 10\n"
                          "not_labels = [\"gift-card\"]\n",
                      "p.toml");
  CHECK(named.mistakes.empty());
  REQUIRE(named.warnings.size() == 3);
  CHECK(named.warnings[0].where == "p.toml:11:10 (labels)");
  CHECK(named.warnings[1].where == "p.toml:15:10 (labels)");
  CHECK(named.warnings[2].where == "p.toml:20:10 (labels)");
  for (const Error& each : named.warnings) CHECK(each.code == "programme.loads");
}

TEST_CASE("programme: contradictions and unknown words are told with what was meant") {
  for (const auto& c : contradictions) {
    CAPTURE(c.added);
    const auto file = parse_programme(good + c.added, "p.toml");
    REQUIRE(file.mistakes.size() == 1);
    CHECK(file.mistakes[0].code == c.code);
    CHECK(file.mistakes[0].where.starts_with("p.toml:"));
    const auto place = file.mistakes[0].remedy.find(c.remedy_has);
    CHECK_MESSAGE(place != std::string::npos, file.mistakes[0].remedy);
  }
}

TEST_CASE(
    "programme: points are pending for days, and a calendar that cuts them short is warned of") {
  const auto held = parse_programme(good + "[pending]\ndays = 14\n", "p.toml");
  REQUIRE(held.mistakes.empty());
  CHECK(held.rules.pending_days == 14);
  CHECK(held.warnings.empty());
  CHECK(parse_programme(good, "p.toml").rules.pending_days == 0);
  const auto cut = [&](const std::string& expiry) {
    auto file = parse_programme(good + "[pending]\ndays = 14\n[expiry]\n" + expiry, "p.toml");
    REQUIRE(file.mistakes.empty());
    return file.warnings;
  };
  const auto warned = cut("kind = \"end of month\"\ncount = 0\n");
  REQUIRE(warned.size() == 1);
  CHECK(warned[0].code == "programme.pending");
  CHECK(warned[0].what.find("14 days") != std::string::npos);
  CHECK(cut("kind = \"end of year\"\n").size() == 1);
  CHECK(cut("kind = \"end of month\"\ncount = 1\n").empty());
  CHECK(cut("kind = \"days\"\ncount = 14\n").empty());
}

TEST_CASE("programme: the rules of what was published") {
  auto file = parse_programme(rich, "r.toml");
  REQUIRE(file.mistakes.empty());
  file.programme.version = 3;
  const auto rules = rules_of(file.programme);
  REQUIRE(rules.ok());
  CHECK(*rules == file.rules);
  Programme simple;
  simple.version = 1;
  simple.currency = *Currency::parse("NOK");
  simple.per_major_unit = {10};
  REQUIRE(rules_of(simple).ok());
  CHECK(rules_of(simple)->earning.rules.size() == 1);
  simple.version = 0;
  CHECK(rules_of(simple)->earning.rules.empty());
  simple.version = 2;
  simple.source = "name = 1";
  CHECK(rules_of(simple).error().kind == Failure::corrupt);
}

TEST_CASE("programme: what becomes of a reward's use when the goods come back") {
  const std::string coupon =
      "[[reward]]\nid = \"c\"\nkind = \"money off\"\nvalue = 10\ntrigger = \"code\"\n"
      "codes = [\"ONCE\"]\n";
  const auto usual = parse_programme(good + coupon, "p.toml");
  REQUIRE(usual.mistakes.empty());
  CHECK_FALSE(loyalty::use_comes_back(usual.rules.rewards[0]));
  const auto lent = parse_programme(good + coupon + "on_return = \"restore\"\n", "p.toml");
  REQUIRE(lent.mistakes.empty());
  CHECK(loyalty::use_comes_back(lent.rules.rewards[0]));
  const std::string claimed =
      "[[reward]]\nid = \"m\"\nkind = \"money off\"\nvalue = 10\ncost = 5\n";
  CHECK(loyalty::use_comes_back(parse_programme(good + claimed, "p.toml").rules.rewards[0]));
  const auto kept = parse_programme(good + claimed + "on_return = \"keep\"\n", "p.toml");
  CHECK_FALSE(loyalty::use_comes_back(kept.rules.rewards[0]));
  const auto gift = parse_programme(
      good + "[[reward]]\nid = \"g\"\nkind = \"gift\"\narticle = \"A\"\non_return = \"restore\"\n",
      "p.toml");
  REQUIRE(gift.mistakes.size() == 1);
  CHECK(gift.mistakes[0].where == "p.toml:12:13 (reward g.on_return)");
}

TEST_CASE("programme: what becomes of points at a withdrawal is said, or they are kept") {
  const std::string least =
      "name = 'Club'\ncurrency = 'NOK'\n[earn]\npoints = 1\nfor_each = '10.00'\n";
  const auto read = [&](const std::string& more) {
    return parse_programme(least + more, "r.toml");
  };
  using loyalty::PointsAtWithdrawal;
  CHECK(read("").rules.points_at_withdrawal == PointsAtWithdrawal::kept);
  const auto kept = read("[membership]\npoints_at_withdrawal = 'kept'\n");
  CHECK(codes_of(kept).empty());
  CHECK(kept.rules.points_at_withdrawal == PointsAtWithdrawal::kept);
  const auto given_up = read("[membership]\npoints_at_withdrawal = 'given up'\n");
  CHECK(codes_of(given_up).empty());
  CHECK(given_up.rules.points_at_withdrawal == PointsAtWithdrawal::given_up);
  CHECK(codes_of(read("[membership]\npoints_at_withdrawal = 'gone'\n")).size() == 1);
}
