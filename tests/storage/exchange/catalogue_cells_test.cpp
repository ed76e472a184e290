#include "storage/exchange/catalogue_cells.hpp"

#include <doctest/doctest.h>
#include <utility>

using namespace keepsake;

TEST_CASE("cells: several barcodes in one, and one that is printed in groups") {
  using Codes = std::vector<std::string>;
  CHECK(codes_in("7038010000010") == Codes{"7038010000010"});
  CHECK(codes_in("7038010000010, 96385074;036000291452 | 4006381333931\n1") ==
        Codes{"7038010000010", "96385074", "036000291452", "4006381333931", "1"});
  CHECK(codes_in("7 038010 000010") == Codes{"7038010000010"});
  CHECK(codes_in("978-0-306-40615-7") == Codes{"9780306406157"});
  CHECK(codes_in("96385074 96385074") == Codes{"96385074"});
  CHECK(codes_in("").empty());
  CHECK(codes_in(" ;, ").empty());
}

TEST_CASE("numbers and codes with letters are told apart") {
  using Codes = std::vector<std::string>;
  const auto of = [](std::string_view cell) {
    const LabelCodes codes = label_codes_in(cell);
    return std::pair(codes.numbers, codes.worded);
  };
  CHECK(of("ABC-1234") == std::pair(Codes{}, Codes{"ABC-1234"}));
  CHECK(of("ABC 1234") == std::pair(Codes{}, Codes{"ABC 1234"}));
  CHECK(of("7038010000010 ABC-1") == std::pair(Codes{"7038010000010"}, Codes{"ABC-1"}));
  CHECK(of("ABC-1, 7 038010 000010; x9") ==
        std::pair(Codes{"7038010000010"}, Codes{"ABC-1", "x9"}));
  CHECK(of("none") == std::pair(Codes{"none"}, Codes{}));  // no code; gtin_of() says so
  CHECK(of("12345") == std::pair(Codes{"12345"}, Codes{}));
  CHECK(of("") == std::pair(Codes{}, Codes{}));
}

TEST_CASE("cells: what spreadsheets make of barcodes is undone, or told") {
  CHECK(gtin_of("7038010000010.0")->shortest() == "7038010000010");
  CHECK(gtin_of("'7038010000010")->shortest() == "7038010000010");
  CHECK(gtin_of("36000291452")->shortest() == "036000291452");  // a zero lost
  CHECK(gtin_of("04252614")->digits14() == "00042100005264");   // UPC-E
  CHECK(gtin_of("7.03801E+12").error().code == "gtin.rounded");
  CHECK(gtin_of("7,03801E+12").error().code == "gtin.rounded");
  CHECK(codes_in("7,03801E+12").size() == 1);
  CHECK(label_codes_in("7,03801E+12").worded.empty());
  CHECK(gtin_of("SKU-1").error().code == "gtin.length");
  CHECK(gtin_of("36000291453").error().code == "gtin.length");
}

TEST_CASE("cells: prices as people and other systems write them") {
  const auto read = [](const char* text, char decimal = '.') {
    const auto price = price_text(text, decimal);
    return price ? *price : price.error().code;
  };
  CHECK(read("49.90") == "49.90");
  CHECK(read("$1,240.50") == "1240.50");
  CHECK(read("NOK 49.90") == "49.90");
  CHECK(read("kr. 49.90") == "49.90");
  CHECK(read("49.90 kr") == "49.90");
  CHECK(read("1 240.50") == "1240.50");
  CHECK(read("1'240.50") == "1240.50");
  CHECK(read("49,90") == "price.decimal");
  CHECK(read("1.240,50") == "price.decimal");
  CHECK(read("1.240,50", ',') == "1240.50");
  CHECK(read("1 240,50 kr", ',') == "1240.50");
  CHECK(read("49.90", ',') == "price.decimal");
  CHECK(read("1,240") == "1240");
  CHECK(read("1,23,456.78") == "123456.78");  // one lakh and a quarter, about
  CHECK(read("12,34,567") == "1234567");
  CHECK(read("123,45,678") == "price.decimal");
  CHECK(read("1,23.00") == "price.decimal");
  CHECK(read("1,234,56") == "price.decimal");
  CHECK(read("-3.00") == "-3.00");
  CHECK(read("free") == "free");
}

TEST_CASE("cells: the one percentage of a tax") {
  CHECK(percent_text("25") == "25");
  CHECK(percent_text("25%") == "25");
  CHECK(percent_text("VAT 12,5 % (incl.)") == "12.5");
  CHECK(percent_text("25% 15%") == "");
  CHECK(percent_text("exempt") == "");
}
