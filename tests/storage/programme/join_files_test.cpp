// A programme in several files is one programme.
#include <algorithm>
#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"
#include "storage/programme/programme_file.hpp"

using namespace keepsake;

namespace {

const std::string head =
    "name = \"Bonus\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n"
    "[tiers]\nbasis = \"spend\"\n[[tiers.level]]\nid = \"silver\"\nthreshold = 100\n";
const std::string offers =
    "[redeem]\npoint_value = \"0.10\"\n[[reward]]\nid = \"ten-off\"\nkind = \"money off\"\n"
    "value = 10\ncost = 100\n[[tiers.level]]\nid = \"gold\"\nthreshold = 500\n";
const std::string more =
    "[[rule]]\nid = \"large\"\nkind = \"per order\"\npoints = 5\n"
    "[[reward]]\nid = \"half-off\"\nkind = \"percent off\"\npercent = 50\ncost = 900\n";

ProgrammeFile parse(const std::vector<std::string>& texts) {
  std::vector<ProgrammeText> files;
  for (const std::string& text : texts)
    files.push_back({std::string(1, static_cast<char>('a' + files.size())) + ".toml", text});
  return parse_programme(files);
}

loyalty::Rules published(Programme programme) {
  programme.version = 1;
  const auto rules = rules_of(programme);
  REQUIRE(rules.ok());
  return *rules;
}

}  // namespace

TEST_CASE("programme files: several mean what one file with all of it means") {
  const auto several = parse({head, offers, more});
  REQUIRE(several.mistakes.empty());
  const auto one = parse({head + offers + more});
  REQUIRE(one.mistakes.empty());
  CHECK(several.rules == one.rules);
  CHECK(several.programme.name == "Bonus");
  CHECK(several.programme.per_major_unit == one.programme.per_major_unit);
  CHECK(several.programme.point_value_milli_minor == one.programme.point_value_milli_minor);
  CHECK(several.rules.tiers.levels.back().id == "gold");
  CHECK(several.rules.rewards.front().id == "ten-off");
}

TEST_CASE("programme files: keys stand in any file and lists follow the files' order") {
  const auto turned = parse({more, offers, head});
  REQUIRE(turned.mistakes.size() == 1);  // gold comes before silver
  CHECK(turned.mistakes[0].code == "programme.unreachable");
  CHECK(turned.mistakes[0].where == "c.toml:10:13 (tiers.level.threshold)");
  const auto rules = parse({more, head, offers}).rules;
  CHECK(rules.rewards.front().id == "half-off");
  CHECK(rules.earning.rules.front().id == "base");
  const auto levels_first =
      parse({"[[tiers.level]]\nid = \"new\"\nthreshold = 1\n", head}).rules.tiers;
  REQUIRE(levels_first.levels.size() == 2);
  CHECK(levels_first.levels.front().id == "new");
  CHECK(levels_first.basis == loyalty::TierBasis::spend);
}

TEST_CASE("programme files: what is kept of them reads the same again") {
  const std::string bare = head.substr(0, head.size() - 1);  // without its last line's end
  for (const auto& texts : {std::vector{head, offers, more}, std::vector{more, head, offers},
                            std::vector{bare, "\xEF\xBB\xBF" + offers}, std::vector{head, {}, more},
                            std::vector{std::string(), head}, std::vector{head}}) {
    const auto file = parse(texts);
    REQUIRE(file.mistakes.empty());
    CHECK(published(file.programme) == file.rules);
    const auto again = parse({file.programme.source});
    CHECK(again.rules == file.rules);
    CHECK(again.programme == file.programme);
  }
  CHECK(parse({head}).programme.source == head);
}

TEST_CASE("programme files: what is kept of them tells mistakes by its own lines") {
  auto file = parse({head, offers, more});
  const auto at = file.programme.source.find("half-off");
  file.programme.source.replace(at, 8, "ten-off");
  file.programme.version = 7;
  const auto line =
      std::count(file.programme.source.begin(),
                 file.programme.source.begin() + static_cast<std::ptrdiff_t>(at), '\n') +
      1;
  CHECK(rules_of(file.programme).error().where ==
        "programme 7:" + std::to_string(line) + ":6 (id)");
  CHECK(rules_of(file.programme).error().kind == Failure::corrupt);
}

TEST_CASE("programme files: each mistake names its own file and line") {
  const struct {
    const char* name;
    std::vector<std::string> texts;
    const char* code;
    const char* where;
    const char* what_has;
  } cases[] = {
      {"syntax", {head, "[[rule]\n"}, "programme.syntax", "b.toml:1:8", ""},
      {"no such key", {head, "\n[redeam]\n"}, "programme.unknown", "b.toml:2:2 (redeam)", ""},
      {"a value",
       {head, "[redeem]\npoint_value = 0.1\n"},
       "programme.type",
       "b.toml:2:15 (redeem.point_value)",
       ""},
      {"a missing key",
       {head, "[[rule]]\nid = \"x\"\nkind = \"per order\"\n"},
       "programme.missing",
       "b.toml:1:1 (rule x.points)",
       ""},
      {"a key twice",
       {head, "# two\nname = \"Other\"\n"},
       "programme.twice",
       "b.toml:2:8 (name)",
       "a.toml:1:8"},
      {"a table twice",
       {head, offers, "\n[redeem]\npoint_value = 1\n"},
       "programme.twice",
       "c.toml:2:1 (redeem)",
       "b.toml:1:1"},
      {"levels' table twice",
       {head, "[tiers]\nbasis = \"visits\"\n"},
       "programme.twice",
       "b.toml:1:1 (tiers)",
       "a.toml:6:1"},
      {"an id twice",
       {head, offers, "[[rule]]\nid = \"ten-off\"\nkind = \"per order\"\npoints = 5\n"},
       "programme.twice",
       "b.toml:4:6 (id)",
       "c.toml:1:1"},
      {"a level twice",
       {head, "[[tiers.level]]\nid = \"silver\"\nthreshold = 200\n"},
       "programme.twice",
       "b.toml:2:6 (id)",
       ""},
      {"a list that is none",
       {head, more, "rule = 3\n"},
       "programme.twice",
       "c.toml:1:8 (rule)",
       "b.toml:1:1"},
      {"a level that is none",
       {head, "[[rule]]\nid = \"x\"\nkind = \"per order\"\npoints = 5\ntiers = [\"golf\"]\n"},
       "programme.unknown",
       "b.toml:5:9 (tiers)",
       ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto file = parse(c.texts);
    REQUIRE(file.mistakes.size() == 1);
    CHECK(file.mistakes[0].code == c.code);
    CHECK(file.mistakes[0].where == c.where);
    CHECK(file.mistakes[0].what.find(c.what_has) != std::string::npos);
  }
}

TEST_CASE("programme files: mistakes come in the order of the files") {
  const auto file = parse({"name = 1\n", "currency = 1\n[earn]\npoints = 0\n", "typo = 1\n"});
  std::vector<std::string> files;
  for (const Error& each : file.mistakes) files.push_back(each.where.substr(0, 6));
  CHECK(files.size() == 5);
  CHECK(std::ranges::is_sorted(files));
}

TEST_CASE("programme files: limits hold over all files together") {
  const auto filled = [](std::size_t bytes) { return "#" + std::string(bytes - 2, ' ') + "\n"; };
  const auto half = limits::programme_bytes / 2;
  CHECK(parse({filled(half) + head, filled(half - head.size() - 100)}).mistakes.empty());
  const auto long_one = parse({filled(half) + head, filled(half)});
  REQUIRE(long_one.mistakes.size() == 1);
  CHECK(long_one.mistakes[0].code == "programme.long");
  CHECK(long_one.mistakes[0].where == "b.toml:1:1");

  std::string rules;
  for (int i = 0; i < 251; ++i)
    rules += "[[rule]]\nid = \"A" + std::to_string(i) + "\"\nkind = \"per order\"\npoints = 1\n";
  std::string other = rules;
  for (auto at = other.find('A'); at != std::string::npos; at = other.find('A')) other[at] = 'B';
  CHECK(parse({head, rules}).mistakes.empty());
  const auto many_rules = parse({head, rules, other});
  REQUIRE(many_rules.mistakes.size() == 1);
  CHECK(many_rules.mistakes[0].code == "programme.limit");

  std::vector<std::string> many(32);
  many[0] = head;
  CHECK(parse(many).mistakes.empty());
  many.emplace_back();
  REQUIRE(parse(many).mistakes.size() == 1);
  CHECK(parse(many).mistakes[0].code == "programme.limit");
}
