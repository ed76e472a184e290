#include "storage/exchange/catalogue_file.hpp"

#include <doctest/doctest.h>

#include "tests/storage/exchange/memory_source.hpp"

using namespace keepsake;
using namespace keepsake;

namespace {

Catalogue read(const std::string& text) {
  MemorySource source(text);
  CsvReader csv(source, "c.csv");
  return read_catalogue(csv, *Currency::parse("NOK"));
}

const std::string header = "code,gtin,name,category,maker,price,tax_percent,sold_by,cover_months\n";

}  // namespace

TEST_CASE("catalogue: every column of a line") {
  const auto catalogue =
      read(header + "KET-17,2900000000018,\"Kettle, 1.7 l\",Kitchen,Kok,499.00,25,piece,24\n" +
           "APP,,Apples,,,39.9,12.5,weight,\n");
  REQUIRE(catalogue.mistakes.empty());
  REQUIRE(catalogue.entries.size() == 2);
  const auto& kettle = catalogue.entries[0].article;
  CHECK(kettle.code == "KET-17");
  CHECK(kettle.gtin->shortest() == "2900000000018");
  CHECK(kettle.name == "Kettle, 1.7 l");
  CHECK(kettle.category == "Kitchen");
  CHECK(kettle.maker == "Kok");
  CHECK(kettle.price == UnitPrice::from_minor(49900));
  CHECK(kettle.tax == TaxRate{2500});
  CHECK(kettle.sold_by == SoldBy::piece);
  CHECK(kettle.cover == terms_of({24, PeriodUnit::month}));
  const auto& apples = catalogue.entries[1].article;
  CHECK_FALSE(apples.gtin.has_value());
  CHECK(apples.price == UnitPrice::from_minor(3990));
  CHECK(apples.tax == TaxRate{1250});
  CHECK(apples.sold_by == SoldBy::weight);
  CHECK(apples.cover == CoverTerms{});
  CHECK(catalogue.entries[1].where == "c.csv:3");
}

TEST_CASE("catalogue: columns may stand in any order and most may be missing") {
  const auto catalogue = read("price,name,code\n10,Cup,C1\n");
  REQUIRE(catalogue.mistakes.empty());
  CHECK(catalogue.entries[0].article.name == "Cup");
  CHECK(catalogue.entries[0].article.price == UnitPrice::from_minor(1000));
}

TEST_CASE("catalogue: each mistake has its place") {
  const struct {
    std::string text;
    const char* code;
    const char* where;
  } cases[] = {
      {"", "catalogue.header", "c.csv:1:1"},
      {"code,name,price,prise\n", "catalogue.header", "c.csv:1:17"},
      {"code,name\nA,B\n", "catalogue.header", "c.csv:1:1"},
      {"code,name,price,name\n", "catalogue.header", "c.csv:1:17 (name)"},
      {header + "A,,N,,,1\n", "catalogue.columns", "c.csv:2:1"},
      {header + ",,N,,,1,,,\n", "text.missing", "c.csv:2:1 (code)"},
      {header + "A,,,,,1,,,\n", "text.missing", "c.csv:2:4 (name)"},
      {header + "A,2900000000019,N,,,1,,,\n", "gtin.check-digit", "c.csv:2:3 (gtin)"},
      {header + "A,29,N,,,1,,,\n", "gtin.length", "c.csv:2:3 (gtin)"},
      {header + "A,,N,,,\"1,50\",,,\n", "price.syntax", "c.csv:2:8 (price)"},
      {header + "A,,N,,,-1,,,\n", "price.syntax", "c.csv:2:8 (price)"},
      {header + "A,,N,,,,,,\n", "price.syntax", "c.csv:2:8 (price)"},
      {header + "A,,N,,,1,25 %,,\n", "tax.rate", "c.csv:2:10 (tax_percent)"},
      {header + "A,,N,,,1,-1,,\n", "tax.rate", "c.csv:2:10 (tax_percent)"},
      {header + "A,,N,,,1,101,,\n", "tax.rate", "c.csv:2:10 (tax_percent)"},
      {header + "A,,N,,,1,,kilo,\n", "article.sold-by", "c.csv:2:11 (sold_by)"},
      {header + "A,,N,,,1,,,two\n", "cover.months", "c.csv:2:12 (cover_months)"},
      {header + "A,,N,,,1,,,601\n", "cover.limit", "c.csv:2:12 (cover_months)"},
      {header + "A,,N,,,1,,,-1\n", "cover.months", "c.csv:2:12 (cover_months)"},
      {header + "A,,N,,,1,,,\nA,,N,,,1,,,\n", "catalogue.twice", "c.csv:3:1 (code)"},
      {header + "A,2900000000018,N,,,1,,,\nB,2900000000018,N,,,1,,,\n", "catalogue.twice",
       "c.csv:3:3 (gtin)"},
      {header + "A,,N,,,1,,,\nB,,\"N\n", "csv.quote", "c.csv:3:4"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto catalogue = read(c.text);
    REQUIRE(catalogue.mistakes.size() == 1);
    CHECK(catalogue.mistakes[0].code == c.code);
    CHECK(catalogue.mistakes[0].where == c.where);
    CHECK_FALSE(catalogue.mistakes[0].remedy.empty());
  }
}

TEST_CASE("catalogue: all mistakes are told up to twenty and then counted") {
  std::string text = header;
  for (int i = 0; i < 30; ++i) text += "A" + std::to_string(i) + ",,N,,,x,,,\n";
  const auto catalogue = read(text);
  REQUIRE(catalogue.mistakes.size() == most_mistakes_told + 1);
  CHECK(catalogue.mistakes[19].where == "c.csv:21:10 (price)");
  CHECK(catalogue.mistakes[20].what == "There are 10 more errors");
}

TEST_CASE("catalogue: how long, how far, what, from when, and whether by serial number") {
  const auto terms = [](const std::string& titles, const std::string& cells) {
    const auto catalogue = read("code,name,price," + titles + "\nA,N,1," + cells + "\n");
    REQUIRE_MESSAGE(catalogue.mistakes.empty(), cells);
    return catalogue.entries.at(0).article.cover;
  };
  using enum PeriodUnit;
  CHECK(terms("cover", "2 years") == terms_of({2, year}));
  CHECK(terms("cover", "90 days").serialised);
  CHECK(terms("cover_months,cover", "24,24 months") == terms_of({24, month}));
  CHECK(terms("cover_months,cover", "0,") == CoverTerms{});
  CHECK(terms("serialised", "yes") == CoverTerms{.serialised = true});
  CHECK_FALSE(terms("cover,serialised", "1 year,no").serialised);
  const CoverTerms car =
      terms("cover,cover_usage,covered,cover_starts", "2 years,100000 km,Engine,delivery");
  CHECK(car.usage == Usage{100'000, "km"});
  CHECK(car.covered == "Engine");
  CHECK(car.starts == CoverStart::delivery);
  CHECK(car.serialised);
  CHECK(terms("cover,serial_rule", "2 years,IMEI").serials.text == "imei");
  CHECK(terms("serial_rule", "kk-#{6}").serials.text == "KK#{6}");
  CHECK(terms("serial_rule", "vin")
            .serialised);  // whoever says how they look says that there are some
}

TEST_CASE(
    "catalogue: an unknown rule of another system's file costs itself, not the cover or the row") {
  const std::string file = "SKU,Title,Price,Months,Rule\nA,N,1,24,meid\nB,M,1,24,imei\n";
  CatalogueMap map;
  const std::pair<const char*, CatalogueTarget> columns[] = {
      {"SKU", CatalogueTarget::code},
      {"Title", CatalogueTarget::name},
      {"Price", CatalogueTarget::price},
      {"Months", CatalogueTarget::cover_months},
      {"Rule", CatalogueTarget::serial_rule}};
  for (const auto& [from, target] : columns) {
    map.columns.emplace_back();
    map.columns.back().from = from;
    map.columns.back().target = target;
  }
  MemorySource source(file);
  CsvReader csv(source, "other.csv");
  const auto catalogue = read_catalogue(csv, *Currency::parse("NOK"), map);
  CHECK(catalogue.mistakes.empty());
  REQUIRE(catalogue.warnings.size() == 1);
  CHECK(catalogue.warnings[0].code == "serial.rule");
  CHECK(catalogue.warnings[0].where.ends_with("(Rule)"));
  REQUIRE(catalogue.entries.size() == 2);
  CHECK(catalogue.entries[0].article.cover == terms_of({24, PeriodUnit::month}));
  CHECK(catalogue.entries[1].article.cover.serials.text == "imei");
}

TEST_CASE("catalogue: each mistake in a cover has its column") {
  const struct {
    const char* titles;
    const char* cells;
    const char* code;
    const char* column;
  } cases[] = {
      {"cover", "2 fortnights", "cover.period", "(cover)"},
      {"cover", "51 years", "cover.limit", "(cover)"},
      {"cover_months,cover", "24,2 years", "cover.twice", "(cover)"},
      {"cover_months,cover", "24,12", "cover.twice", "(cover)"},
      {"cover,cover_usage", "1 year,far", "cover.usage", "(cover_usage)"},
      {"cover_usage", "100 km", "cover.usage", "(cover_usage)"},
      {"cover,cover_starts", "1 year,tomorrow", "cover.start", "(cover_starts)"},
      {"cover,serialised", "1 year,maybe", "cover.serialised", "(serialised)"},
      {"cover,serial_rule", "1 year,meid", "serial.rule", "(serial_rule)"},
      {"serialised,serial_rule", "no,imei", "serial.rule", "(serial_rule)"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.cells);
    const auto catalogue =
        read("code,name,price," + std::string(c.titles) + "\nA,N,1," + c.cells + "\n");
    REQUIRE(catalogue.mistakes.size() == 1);
    CHECK(catalogue.mistakes[0].code == c.code);
    CHECK(catalogue.mistakes[0].where.ends_with(c.column));
  }
}
