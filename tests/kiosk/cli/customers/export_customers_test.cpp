// `keepsake export customers` for spreadsheets of every country, and back.
#include <doctest/doctest.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

const std::string mark = "\xEF\xBB\xBF";

Args and_more(Args args, const Args& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

}  // namespace

TEST_CASE("export: with any separator and byte order mark the import reads it by itself") {
  const CustomerShop shop;
  REQUIRE(shop.run({"customer", "join", "--set", "name=Haugen; Ingrid, \"Inga\" \xC3\xB8", "--add",
                    "phone=91234417", "--add", "address=Storgata 1; 2, 0155 Oslo", "--add",
                    "label=a;b", "--add", "label=c,d"})
              .exit == 0);
  REQUIRE(shop.run({"customer", "join", "--add", "phone=92233445"}).exit == 0);
  struct {
    Args options;
    char separator;
    bool marked;
  } const ways[] = {
      {{}, ',', false},
      {{"--separator", "comma", "--bom"}, ',', true},
      {{"--separator", "semicolon"}, ';', false},
      {{"--separator", "semicolon", "--bom"}, ';', true},
      {{"--separator", "tab", "--bom"}, '\t', true},
      {{"--separator", "tab"}, '\t', false},
      {{"--separator", "semicolon", "--columns", "name,reference,phone"}, ';', false},
  };
  int n = 0;
  std::vector<std::string> elsewhere;
  for (const auto& way : ways) {
    const std::string name = "out" + std::to_string(n++) + ".csv";
    const auto file = (shop.scratch() / name).string();
    REQUIRE(shop.run(and_more({"export", "customers", "--out", file}, way.options)).exit == 0);
    const std::string text = shop.scratch().read(name);
    CHECK(text.starts_with(mark) == way.marked);
    CHECK(text.substr(0, text.find('\r')).find(way.separator) != std::string::npos);
    const auto home = shop.json({"import", "customers", file});
    CHECK_MESSAGE(home.exit == 0, name, home.out);
    CHECK(home.json().at("unchanged") == 2);
    if (way.options.size() > 3) continue;
    const CustomerShop other;
    CHECK(other.json({"import", "customers", file}).json().at("added") == 2);
    const auto shown = other.json({"customer", "show", "91234417"}).json().at("customer");
    CHECK(shown.at("fields").at("name") == "Haugen; Ingrid, \"Inga\" ø");
    CHECK(shown.at("contacts").size() == 4);
  }
}

TEST_CASE("export: separator and byte order mark are of CSV alone") {
  const CustomerShop shop;
  const auto json = (shop.scratch() / "all.json").string();
  for (const Args& options : {Args{"--separator", "tab"}, Args{"--bom"}}) {
    const auto ran = shop.json(and_more({"export", "customers", "--out", json}, options));
    CHECK(ran.exit == 2);
    CHECK(ran.json().at("error").at("code") == "export.columns");
    CHECK(ran.json().at("error").at("where") == options.front());
  }
  CHECK_FALSE(std::filesystem::exists(json));
}
