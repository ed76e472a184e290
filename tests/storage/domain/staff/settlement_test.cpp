#include "storage/domain/staff/settlement.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

using namespace keepsake;

namespace {

void add_codes(const std::string& folder, const std::regex& said, std::set<std::string>& codes) {
  const auto root = std::filesystem::path(KEEPSAKE_SOURCE_DIR) / folder;
  for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
    if (file.path().extension() != ".cpp") continue;
    std::ifstream in(file.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), said), end; at != end; ++at)
      codes.insert((*at)[1]);
  }
}

/// Every code that the program's own text gives an exception.
std::set<std::string> codes_in_the_sources() {
  std::set<std::string> codes;
  add_codes("storage/records", std::regex(R"re(\b(?:contradict|note)\(\s*"([a-z.-]+)")re"), codes);
  // What take_value() and expect_good() are told to say.
  add_codes("storage/records/value", std::regex(R"re(\{"([a-z-]+\.[a-z-]+)",\s*"[A-Z][a-z])re"),
            codes);
  // What head office answers to a fact.
  add_codes("sync/central",
            std::regex(R"re(\{(?:record\.seq|seq|batch\.last),\s*"([a-z-]+\.[a-z-]+)")re"), codes);
  return codes;
}

ExceptionSettled said(Decision decision) {
  ExceptionSettled settled;
  settled.exception = {FactId::make({1}, {7}, {1}, 3), "points.short"};
  settled.decision = decision;
  settled.at = {{1000}, 60};
  if (decision == Decision::debt) {
    settled.customer = {{1}};
    settled.owed = Points{500};
  }
  return settled;
}

std::string fault(const ExceptionSettled& settled) {
  const auto ok = check(settled);
  return ok ? "" : ok.error().code;
}

}  // namespace

TEST_CASE("every code that is given has its line, and every line a decision") {
  const auto given = codes_in_the_sources();
  CHECK(given.size() > 35);
  std::set<std::string> known;
  for (const ExceptionKind& each : exception_kinds()) {
    CAPTURE(std::string(each.code));
    known.emplace(each.code);
    CHECK_FALSE(each.decisions.empty());
    CHECK(each.meaning.size() > 10);
    CHECK_FALSE(each.remedy.empty());
    CHECK(kind_of_exception(each.code).code == each.code);
  }
  for (const std::string& code : given) CHECK_MESSAGE(known.contains(code), code);
  // Nothing in the table that nobody gives any more.
  for (const std::string& code : known) CHECK_MESSAGE(given.contains(code), code);
}

TEST_CASE("what a newer version gives can be noted") {
  const ExceptionKind& kind = kind_of_exception("leases.overdrawn");
  CHECK(std::ranges::equal(kind.decisions, std::vector{Decision::noted}));
  CHECK(std::ranges::equal(kind_of_exception("").decisions, std::vector{Decision::noted}));
}

TEST_CASE("only what somebody who is known had too little of can be owed") {
  std::set<std::string> owed;
  for (const ExceptionKind& each : exception_kinds())
    if (std::ranges::count(each.decisions, Decision::debt) > 0) owed.emplace(each.code);
  CHECK(owed == std::set<std::string>{"points.short", "points.shortfall", "wallet.short"});
}

TEST_CASE("a decision has a name, and a name a decision") {
  for (const Decision each : {Decision::absorb, Decision::debt, Decision::noted})
    CHECK(*parse_decision(name_of(each)) == each);
  CHECK(parse_decision("later").error().code == "exception.decision");
  CHECK(parse_decision("").error().code == "exception.decision");
}

TEST_CASE("a settlement says of a debt who owes how much, and of nothing else") {
  CHECK(fault(said(Decision::absorb)).empty());
  CHECK(fault(said(Decision::noted)).empty());
  CHECK(fault(said(Decision::debt)).empty());
  auto nobody = said(Decision::debt);
  nobody.customer = {};
  CHECK(fault(nobody) == "exception.debt");
  auto nothing = said(Decision::debt);
  nothing.owed = {};
  CHECK(fault(nothing) == "exception.debt");
  nothing.owed = Points{0};
  CHECK(fault(nothing) == "exception.debt");
  nothing.owed = Money{-100, *Currency::parse("NOK")};
  CHECK(fault(nothing) == "exception.debt");
  auto named = said(Decision::absorb);
  named.customer = {{1}};  // whose shortfall the shop bears
  CHECK(fault(named).empty());
  named.owed = Points{1};
  CHECK(fault(named) == "exception.debt");
}

TEST_CASE("the texts of a settlement are checked") {
  for (const std::string code : {"", "Points.short", "points short", "points.short\n"}) {
    auto settled = said(Decision::noted);
    settled.exception.code = code;
    CHECK(fault(settled) == "exception.code");
  }
  auto settled = said(Decision::noted);
  settled.reason = std::string(300, 'x');
  CHECK(fault(settled) == "text.length");
  settled.reason = "two\nlines";
  CHECK(fault(settled) == "text.characters");
  settled.reason = "agreed";
  settled.exception.code = "something.new";  // of a newer till: it can be kept and counted
  CHECK(fault(settled).empty());
}

TEST_CASE("an exception is named by what made its fact") {
  CHECK(to_text(ExceptionName{FactId::make({99}, {1204711}, {2}, 42), "points.short"}) ==
        "1204711-2-42/points.short");
  CHECK(to_text(Lacking(Points{1250})) == "12.5 points");
  CHECK(to_text(Lacking(Money{4000, *Currency::parse("NOK")})) == "40.00 NOK");
  CHECK(to_text(Lacking()).empty());
}
