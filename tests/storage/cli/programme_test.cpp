#include <doctest/doctest.h>

#include "storage/cli/programme_file.hpp"

using namespace keepsake;
using namespace keepsake::cli;

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
      {with("10.00", "3"), "programme.inexact", "p.toml:5:12 (earn.for_each)"},
      {with("[earn]\npoints = 1\nfor_each = \"10.00\"\n", ""), "programme.missing",
       "p.toml:1:1 (earn)"},
      {with("[earn]\npoints = 1\nfor_each = \"10.00\"\n", "earn = 3\n"), "programme.type",
       "p.toml:3:8 (earn)"},
      {with("0.10", "-0.10"), "price.syntax", "p.toml:7:15 (redeem.point_value)"},
      {good + "[tiers]\ngold = 1\n", "programme.unknown", "p.toml:8:2 (tiers)"},
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
