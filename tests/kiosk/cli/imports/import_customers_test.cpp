// Customers in and out as files, with the examples of storage/exchange/CUSTOMERS.md.
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <sys/stat.h>

#include "storage/exchange/customer_cells.hpp"
#include "storage/exchange/transcode.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/storage/exchange/memory_source.hpp"
#include "tests/support/traces.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// The n-th indented block of storage/exchange/CUSTOMERS.md.
std::string example(std::size_t n) {
  std::ifstream in(std::string(KEEPSAKE_SOURCE_DIR) + "/storage/exchange/CUSTOMERS.md");
  std::vector<std::string> blocks;
  std::string blanks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("    ")) {
      if (!inside) blocks.emplace_back();
      blocks.back() += (inside ? blanks : "") + line.substr(4) + "\n";
      inside = true;
      blanks.clear();
    } else if (line.empty()) {
      blanks += "\n";
    } else {
      inside = false;
      blanks.clear();
    }
  }
  REQUIRE(blocks.size() > n);
  return blocks[n];
}

std::string fields_of(const CustomerShop& shop, const char* who, const char* name) {
  const auto shown = shop.json({"customer", "show", who});
  REQUIRE_MESSAGE(shown.exit == 0, shown.out);
  return shown.json().at("customer").at("fields").value(name, "");
}

Ran import_as(const CustomerShop& shop, std::string_view csv, std::string_view map,
              Args more = {}) {
  Args args{"import", "customers", shop.scratch().write("in.csv", csv), "--map",
            shop.scratch().write("map.toml", map)};
  args.insert(args.end(), more.begin(), more.end());
  return shop.json(args);
}

const std::string simple_map = R"(origin = "old"
key = "no"
[[column]]
from = "name"
to = "name"
[[column]]
from = "phone"
to = "phone"
)";

std::int64_t facts(const CustomerShop& shop) {
  return shop.json({"report"}).json().at("totals").at("facts");
}

std::string code_of(const Ran& ran) { return ran.json().at("error").at("code"); }

}  // namespace

TEST_CASE("customers: the page's examples are imported as the page says") {
  const CustomerShop shop;
  const auto first = import_as(shop, example(0), example(1));
  CHECK(first.exit == 1);
  const auto told = first.json();
  CHECK(told.at("rows") == 3);
  CHECK(told.at("added") == 3);
  CHECK(told.at("refused") == 0);
  CHECK(told.at("warned") == 1);
  CHECK(told.at("errors").empty());
  CHECK(told.at("warnings").size() == 3);
  CHECK(told.at("unread_columns") == nlohmann::json({"Points"}));
  CHECK(told.at("reasons") ==
        nlohmann::json({{"date.syntax", 1}, {"import.consent", 1}, {"phone.syntax", 1}}));
  for (const auto& each : told.at("warnings")) {
    CHECK(each.at("line") == 4);
    CHECK(each.at("where").get<std::string>().find("in.csv:4:") != std::string::npos);
    CHECK_FALSE(each.at("remedy").get<std::string>().empty());
    CHECK(each.dump().find("31.02") == std::string::npos);
  }
  CHECK(fields_of(shop, "91234417", "name") == "Ingrid Haugen");
  CHECK(fields_of(shop, "91234417", "birthday") == "1961-02-28");
  CHECK(fields_of(shop, "+380441234567", "name") == "Олена Шевченко");
  CHECK(fields_of(shop, "+380441234567", "heard_from") == "the old till");
  const auto customer = shop.json({"customer", "show", "91234417"}).json().at("customer");
  const auto origin = customer.at("origin").get<std::string>();
  CHECK(origin.starts_with("old-till:"));
  CHECK(origin.find("4711") == std::string::npos);
  CHECK(customer.dump().find("Storgata 1, 0155 Oslo") != std::string::npos);
  CHECK(customer.at("consents").at(0).at("granted") == true);
  CHECK(shop.run({"verify"}).exit == 0);

  const auto before = facts(shop);
  const auto again = import_as(shop, example(0), example(1)).json();
  CHECK(again.at("unchanged") == 3);
  CHECK(again.at("added") == 0);
  CHECK(facts(shop) == before);
}

TEST_CASE("customers: a key that is a phone leaves nothing behind when its customer is erased") {
  const CustomerShop shop;
  const std::string map = R"(origin = "old"
key = "phone"
[[column]]
from = "name"
to = "name"
[[column]]
from = "card"
to = "card"
)";
  const std::string csv = "phone,name,card\n+4798765432,Kunigunde,CARD99887766\n";
  REQUIRE(import_as(shop, csv, map).exit == 0);
  const auto again = import_as(shop, csv, map).json();
  CHECK(again.at("unchanged") == 1);
  const auto profile = shop.json({"customer", "show", "CARD99887766"}).json().at("customer");
  CHECK(profile.at("consents").empty());
  REQUIRE(shop.run({"customer", "erase", "CARD99887766", "--yes"}).exit == 0);
  for (const char* value : {"98765432", "Kunigunde", "CARD99887766"}) {
    CAPTURE(value);
    CHECK(keepsake::test::holders(shop.folder(), value) == "");
  }
  // Erased, they are not brought back by the same file with another name in it.
  const auto renamed =
      import_as(shop, "phone,name,card\n+4798765432,Kunni,CARD99887766\n", map).json();
  CHECK(renamed.at("reasons").value("customer.erased", 0) == 1);
  CHECK(shop.verify() == 0);
}

TEST_CASE("customers: a changed row changes only that and what the shop corrected stays") {
  const CustomerShop shop;
  REQUIRE(import_as(shop, "no,name,phone\n1,Ingrid Hagen,91234417\n2,Ola,92233445\n", simple_map)
              .exit == 0);
  REQUIRE(shop.run({"customer", "change", "91234417", "--set", "name=Ingrid Haugen"}).exit == 0);
  const auto before = facts(shop);
  const auto told =
      import_as(shop, "no,name,phone\n1,Ingrid Hagen,93334455\n2,Ola,92233445\n", simple_map)
          .json();
  CHECK(told.at("changed") == 1);
  CHECK(told.at("unchanged") == 1);
  CHECK(facts(shop) == before + 1);
  CHECK(fields_of(shop, "93334455", "name") == "Ingrid Haugen");
  CHECK(shop.run({"customer", "show", "91234417"}).exit == 1);  // the source has another phone now
  CHECK(shop.json({"customer", "timeline", "93334455"}).json().at("timeline").at(0).at("staff") ==
        "import");
}

TEST_CASE("customers: a certain duplicate is left out or updated or added as the map says") {
  const struct {
    const char* setting;
    int exit;
    int added, changed, customers;
  } table[] = {{"skip", 1, 0, 0, 1}, {"update", 0, 0, 1, 1}, {"add", 0, 1, 0, 2}};
  for (const auto& row : table) {
    CAPTURE(row.setting);
    const CustomerShop shop;
    const std::string columns = "[[column]]\nfrom = \"born\"\nto = \"birthday\"\n";
    REQUIRE(import_as(shop, "no,name,phone\n1,Ingrid Haugen,91234417\n", simple_map).exit == 0);
    const auto other =
        import_as(shop, "no,name,phone,born\n9,HAUGEN Ingrid,91234417,1961-02-28\n",
                  "duplicates = \"" + std::string(row.setting) + "\"\n" + simple_map + columns);
    CHECK(other.exit == row.exit);
    CHECK(other.json().at("duplicates") == 1);
    CHECK(other.json().at("added") == row.added);
    CHECK(other.json().at("changed") == row.changed);
    CHECK(shop.json({"report"}).json().at("totals").at("customers") == row.customers);
    CHECK(fields_of(shop, "91234417", "birthday") == (row.changed > 0 ? "1961-02-28" : ""));
  }
}

TEST_CASE("customers: two rows of one file that are one person are seen") {
  const CustomerShop shop;
  const auto told = import_as(
      shop, "no,name,phone\n1,Ingrid Haugen,91234417\n2,Haugen Ingrid,+4791234417\n1,X,\n",
      simple_map);
  CHECK(told.exit == 1);
  CHECK(told.json().at("added") == 1);
  CHECK(told.json().at("reasons") ==
        nlohmann::json({{"import.duplicate", 1}, {"import.twice", 1}}));
}

TEST_CASE("customers: checking and previewing record nothing") {
  const CustomerShop shop;
  const std::string csv = "no,name,phone\n1,Ingrid Haugen,91234417\n2,Ola,x\n";
  const auto checked = import_as(shop, csv, simple_map, {"--check"});
  CHECK(checked.exit == 1);
  CHECK(checked.json().at("added") == 2);
  CHECK(checked.json().at("warned") == 1);
  const auto preview = import_as(shop, csv, simple_map, {"--preview", "5"}).json();
  REQUIRE(preview.at("rows").size() == 2);
  CHECK(preview.at("rows").at(0).at("fields").at("name") == "Ingrid Haugen");
  CHECK(preview.at("rows").at(0).at("contacts").at(0).at("value") == "+4791234417");
  CHECK(preview.at("rows").at(1).at("mistakes").empty());
  CHECK(preview.at("rows").at(1).at("warnings").at(0).at("code") == "phone.syntax");
  CHECK(facts(shop) == 0);
}

TEST_CASE("customers: rejects can be corrected and imported again") {
  const CustomerShop shop;
  const std::string rejects = (shop.scratch() / "rejects.csv").string();
  REQUIRE(import_as(shop, "no,name,phone\n1,Ingrid,91234417\n2,Ola,x\n", simple_map,
                    {"--rejects", rejects})
              .exit == 1);
  CHECK(import_as(shop, "no,name,phone\n1,Ingrid,91234417\n2,Ola,x\n", simple_map,
                  {"--rejects", rejects})
            .exit == 2);  // never over a file that is there
  struct stat file {};
  REQUIRE(::stat(rejects.c_str(), &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);
  std::string text = shop.scratch().read("rejects.csv");
  REQUIRE(text.starts_with("rejected_line,rejected_because,no,name,phone\n3,"));
  text.replace(text.rfind('x'), 1, "92233445");
  const auto corrected = import_as(shop, text, simple_map).json();
  CHECK(corrected.at("added") == 0);  // they are here since the first time, without the phone
  CHECK(corrected.at("changed") == 1);
  CHECK(fields_of(shop, "92233445", "name") == "Ola");
}

TEST_CASE("customers: a row stands among the rejects once, with the rows that continue it") {
  const CustomerShop shop;
  const std::string rejects = (shop.scratch() / "rejects.csv").string();
  const std::string map = simple_map + "[[column]]\nfrom = \"born\"\nto = \"birthday\"\n" +
                          "[[column]]\nfrom = \"tag\"\nto = \"label\"\n";
  const std::string csv =
      "no,name,phone,born,tag\n1,Ola,x,31.02.1990,VIP\n,,,,News\n,,,,\n2,Per,92233445,,\n";
  const auto first = import_as(shop, csv, map, {"--rejects", rejects}).json();
  CHECK(first.at("rows") == 3);
  CHECK(first.at("added") == 2);
  CHECK(first.at("warned") == 1);
  CHECK(first.at("reasons") == nlohmann::json({{"birthday.range", 1}, {"phone.syntax", 1}}));
  std::string text = shop.scratch().read("rejects.csv");
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  text.replace(text.find("31.02.1990"), 10, "1990-02-28");
  text.replace(text.find(",x,"), 3, ",91234417,");
  const auto corrected = import_as(shop, text, map).json();
  CHECK(corrected.at("changed") == 1);
  CHECK(corrected.at("warned") == 0);
  CHECK(fields_of(shop, "91234417", "birthday") == "1990-02-28");
  const auto shown = shop.json({"customer", "show", "91234417"}).json().dump();
  CHECK(shown.find("VIP") != std::string::npos);
  CHECK(shown.find("News") != std::string::npos);
}

TEST_CASE("customers: keys of other systems may be long") {
  const CustomerShop shop;
  for (const std::string& key : {std::string("c71758a2-79bf-11ea-bde9-1269e7c5a22d"),
                                 std::string("__export__.res_1324_ccf30abe"),
                                 std::string("ingrid.marie.haugen@eksempelfirma.no"),
                                 std::string("Олександр Шевченко"), std::string(512, 'k')}) {
    CAPTURE(key);
    const std::string csv = "no,name,phone\n" + key + ",Somebody,\n";
    CHECK(import_as(shop, csv, simple_map).json().at("added") == 1);
    CHECK(import_as(shop, csv, simple_map).json().at("unchanged") == 1);
  }
  const std::string longer = "no,name,phone\n" + std::string(513, 'k') + ",Somebody,\n";
  CHECK(import_as(shop, longer, simple_map).json().at("reasons") ==
        nlohmann::json({{"text.length", 1}}));
}

TEST_CASE("customers: a household is not one person") {
  const CustomerShop shop;
  const std::string map = simple_map + "[[column]]\nfrom = \"mail\"\nto = \"email\"\n" +
                          "[[column]]\nfrom = \"born\"\nto = \"birthday\"\n";
  const std::string csv =
      "no,name,phone,mail,born\n"
      "1,Ola Nordmann,91234417,us@example.no,\n"
      "2,Kari Nordmann,91234417,us@example.no,\n"
      "3,Lise Berg,92233445,berg@example.no,\n"
      "4,Lisa Berg,92233445,berg@example.no,\n"
      "5,Per Vik,22334455,vik@example.no,1950-05-05\n"
      "6,Per Vik,22334455,vik@example.no,1951-05-05\n";
  const auto told = import_as(shop, csv, map).json();
  CHECK(told.at("added") == 6);
  CHECK(told.at("duplicates") == 0);
  const auto pairs = shop.json({"dedupe"}).json().at("pairs");
  CHECK(pairs.size() == 3);
  for (const auto& pair : pairs) CHECK(pair.at("verdict") == "likely");
  CHECK(shop.json({"dedupe", "--merge-certain"}).json().at("merged").empty());
}

TEST_CASE("customers: of two who are certainly one the first of the file stays") {
  for (int run = 0; run < 3; ++run) {
    const CustomerShop shop;
    REQUIRE(import_as(shop,
                      "no,name,phone\n1,Ingrid Haugen,91234417\n2,Haugen Ingrid,91234417\n"
                      "3,Ingrid Haugen,91234417\n",
                      "duplicates = \"add\"\n" + simple_map)
                .json()
                .at("added") == 3);
    const auto pairs = shop.json({"dedupe"}).json().at("pairs");
    REQUIRE(pairs.size() == 3);
    const auto first = shop.json({"customer", "show", "91234417"}).json().at("customer");
    CHECK(pairs.at(0).at("one").dump().find(first.at("reference").get<std::string>()) !=
          std::string::npos);
    REQUIRE(shop.json({"dedupe", "--merge-certain"}).json().at("merged").size() == 2);
    CHECK(shop.json({"customer", "show", "91234417"}).json().at("customer").at("reference") ==
          first.at("reference"));
  }
}

TEST_CASE("customers: phones are read as their country writes them") {
  const CustomerShop shop;
  const std::string map = simple_map + "[[column]]\nfrom = \"land\"\nto = \"country\"\n";
  const auto told =
      import_as(shop,
                "no,name,phone,land\n1,Ingrid,4791234417,\n2,Emma,020 7946 0958,GB\n"
                "3,Olena,044 123 45 67,Ukraine\n4,Per,12345678,\n5,Kari,92233445,Narnia\n",
                map)
          .json();
  CHECK(told.at("added") == 5);
  CHECK(told.at("reasons") == nlohmann::json({{"import.country", 1}, {"phone.unknown", 1}}));
  CHECK(fields_of(shop, "91234417", "name") == "Ingrid");
  CHECK(fields_of(shop, "+442079460958", "name") == "Emma");
  CHECK(fields_of(shop, "+380441234567", "name") == "Olena");
  CHECK(fields_of(shop, "92233445", "name") == "Kari");
}

TEST_CASE("customers: files that are no tables are refused before anything is recorded") {
  const CustomerShop shop;
  const std::string good = "no,name,phone\n1,Ingrid,91234417\n";
  const struct {
    std::string csv;
    const char* code;
  } table[] = {{"", "import.header"},
               {good + std::string("2,\0x,\n", 6), "csv.nul"},
               {good + "2,\"never closed,\n", "csv.quote"},
               {good + "2,\xFF,\n", "csv.utf8"},
               {good + "2," + std::string(70'000, 'x') + ",\n", "csv.long"},
               {"no,name\n1,Ingrid\n", "import.column"},
               {"no,no,name,phone\n", "import.header"}};
  for (const auto& row : table) {
    CAPTURE(row.code);
    const auto ran = import_as(shop, row.csv, simple_map);
    CHECK(ran.exit == 2);
    CHECK(code_of(ran) == row.code);
    CHECK(ran.json().at("error").at("where").get<std::string>().find("in.csv") !=
          std::string::npos);
  }
  CHECK(facts(shop) == 0);
  CHECK(import_as(shop, "no,name,phone\n1,Ingrid\n", simple_map).json().at("reasons") ==
        nlohmann::json({{"import.fields", 1}}));
}

TEST_CASE("customers: a map's mistakes are told with line and remedy") {
  const CustomerShop shop;
  const struct {
    const char* map;
    const char* code;
  } table[] = {
      {"key = 'no'\n[[column]]\nfrom = 'name'\nto = 'name'\n", "map.missing"},
      {"origin = 'o'\nkey = 'no'\n[[column]]\nfrom = 'name'\nto = 'nmae'\n", "map.target"},
      {"origin = 'o'\nkey = 'no'\ncolour = 'red'\n[[column]]\nfrom = 'name'\nto = 'name'\n",
       "map.unknown"},
      {"origin = 'o'\nkey = 'no'\nencoding = 'ebcdic'\n[[column]]\nfrom='name'\nto='name'\n",
       "map.choice"},
      {"origin = 'o'\nkey = 'no'\ndates = 'MM/YY'\n[[column]]\nfrom = 'name'\nto = 'name'\n",
       "date.format"},
      {"origin = 'o'\nkey = 'no'\n[[column]]\nfrom = 'name'\nto = 'consent.marketing'\n",
       "map.missing"},
      {"origin = ", "map.syntax"}};
  for (const auto& row : table) {
    CAPTURE(row.map);
    const auto ran = import_as(shop, "no,name\n", row.map);
    CHECK(ran.exit == 2);
    CHECK(code_of(ran) == row.code);
    CHECK(ran.json().at("error").at("where").get<std::string>().find("map.toml:") !=
          std::string::npos);
  }
  CHECK(code_of(shop.json({"import", "customers", shop.scratch().write("x.csv", "a,b\n")})) ==
        "import.map");
}

TEST_CASE("customers: the maps that ship read the exports they are for") {
  // Headings as these systems write them.
  const struct {
    const char* map;
    const char* csv;
  } files[] = {
      {"shopify-customers.toml",
       "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
       "Default Address Address1,Default Address Address2,Default Address City,"
       "Default Address Province Code,Default Address Country Code,Default Address Zip,"
       "Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,"
       "Tax Exempt,Tags\n"
       "'7210448301122,Ingrid,Haugen,ingrid@example.no,yes,,Storgata 1,,Oslo,,NO,0155,"
       "912 34 417,'+4791234417,no,7790.44,6,,no,\"VIP, retail\"\n"
       "'7210448301123,Maria,Garcia,maria@example.com,no,,1 Main St,,San Francisco,CA,US,94103,"
       "(415) 555-0154,,no,0.00,0,,no,\n"},
      {"square-customers.toml",
       "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,"
       "Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,"
       "Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,"
       "Lifetime Spend,Email Subscription Status,Instant Profile\n"
       ",Ingrid,Haugen,ingrid@example.no,91234417,,,Storgata 1,,Oslo,,0155,1961-02-28,,"
       "8DDA5NZVBZFGAX0V3HPF81HHE0,Loyalty,2021-04-02,2026-10-30,41,\"$1,240.50\",subscribed,No\n"
       ",,,,,,,,,,,,0000-09-21,,YY4P8E7Z6M2X1V9T3R5N8B7C2F,Instant Profile,,,1,$9.00,,Yes\n"},
      {"odoo-customers.toml",
       "\"External ID\",\"Name\",\"Phone\",\"Mobile\",\"Email\",\"Street\",\"City\",\"Zip\","
       "\"Country\",\"Tags\",\"Barcode\",\"Created on\"\n"
       "\"__export__.res_partner_45_1f3b5a2c\",\"Ingrid Haugen\",\"'+47 912 34 417\",\"\","
       "\"ingrid@example.no\",\"Storgata 1\nOppgang B\",\"Oslo\",\"0155\",\"Norway\",\"VIP\","
       "\"042100005264\",\"2021-03-05 14:22:11\"\n"
       "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"Newsletter\",\"\",\"\"\n"
       "\"base.res_partner_12\",\"Olena\",\"\",\"044 123 45 67\",\"\",\"\",\"Kyiv\",\"\","
       "\"Ukraine\",\"\",\"\",\"\"\n"},
      {"erpnext-customers.toml",
       "ID,Customer Name,Customer Type,Customer Group,Territory,Gender,Mobile No,Email Id,"
       "Primary Address,Loyalty Program\n"
       "CUST-2026-00001,Ingrid Haugen,Individual,Retail,Norway,Female,912 34 417,"
       "ingrid@example.no,\"Storgata 1\n0155 Oslo\",Club\n"
       "CUST-2026-00002,Per Vik,Individual,Retail,Norway,,,,,\n"},
      {"loyverse-customers.toml",
       "Customer ID,Customer name,Email,Phone,Address,City,Province,Postal code,Country,"
       "Customer code,Points balance,Note,First visit,Last visit,Total visits,Total spent\n"
       "c1,Ingrid Haugen,ingrid@example.no,+4791234417,Storgata 1,Oslo,,0155,NO,K-1,0,,"
       "2025-01-02,2026-11-01,12,1240.50\n"
       "c2,Per Vik,,,,,,,,,0,,,,0,0.00\n"}};
  for (const auto& file : files) {
    CAPTURE(file.map);
    const CustomerShop shop;
    std::string map = std::string(KEEPSAKE_SOURCE_DIR) + "/assets/maps/" + file.map;
    std::ifstream in(map);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const auto club = shop.scratch().write(
        "club.toml",
        "name = \"Club\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n");
    REQUIRE(shop.run({"programme", "publish", club}).exit == 0);
    const auto told = import_as(shop, file.csv, text).json();
    CHECK(told.at("added") == 2);
    CHECK(told.at("refused") == 0);
    const auto shown = shop.json({"customer", "show", "91234417"});
    REQUIRE_MESSAGE(shown.exit == 0, told.dump());
    const auto customer = shown.json().at("customer").dump();
    for (const char* each : {"Ingrid Haugen", "ingrid@example.no", "Storgata 1"})
      CHECK(customer.find(each) != std::string::npos);
  }
}

TEST_CASE("customers: the export of WooCommerce, which tells people apart by their e-mail") {
  const CustomerShop shop;
  const auto file = shop.scratch().write(
      "woo.csv",
      "Name,Username,\"Last active\",\"Date registered\",Email,Orders,\"Total spend\",AOV,"
      "\"Country / Region\",City,Region,\"Postal code\"\n"
      "\"Ingrid Haugen\",ingrid,\"2026-11-01 10:00:00\",\"2024-05-06 09:00:00\","
      "ingrid@example.no,12,1240.50,103.38,NO,Oslo,,0155\n"
      "\"Guest\",,,,olena@example.com,1,20,20,UA,Kyiv,,\n");
  const auto map = std::string(KEEPSAKE_SOURCE_DIR) + "/assets/maps/woocommerce-customers.toml";
  const auto told = shop.json({"import", "customers", file, "--map", map});
  CHECK_MESSAGE(told.exit == 0, told.out);
  CHECK(told.json().at("added") == 2);
  const auto shown = shop.json({"customer", "show", "ingrid@example.no"}).json().at("customer");
  CHECK(shown.at("fields").at("name") == "Ingrid Haugen");
  CHECK(shown.dump().find("0155, Oslo") != std::string::npos);
  CHECK(shown.at("member_since").get<std::string>().starts_with("2024-05-06"));
}

TEST_CASE("customers: western encodings are read when the map says so") {
  const CustomerShop shop;
  const std::string map = "encoding = \"windows-1252\"\n" + simple_map;
  REQUIRE(import_as(shop, "no,name,phone\n1,Bj\xF8rn \x80,91234417\n", map).exit == 0);
  CHECK(fields_of(shop, "91234417", "name") == "Bjørn €");
  CHECK(code_of(import_as(shop, "no,name,phone\n1,\x81,91234417\n", map)) == "encoding.byte");
}

TEST_CASE("customers: a file in Windows-1251 is read, and no advice makes other letters of it") {
  const CustomerShop shop;
  const std::string csv =
      "no,name,phone\n1,\xCE\xEB\xE5\xED\xE0 \xD8\xE5\xE2\xF7\xE5\xED\xEA\xEE,91234417\n";
  const auto unknown = import_as(shop, csv, "encoding = \"windows-1215\"\n" + simple_map);
  CHECK(code_of(unknown) == "map.choice");
  CHECK(unknown.out.find("Did you mean") == std::string::npos);
  CHECK(unknown.out.find("windows-1251") != std::string::npos);
  const auto undeclared = import_as(shop, csv, simple_map).json().at("error");
  CHECK(undeclared.at("code") == "csv.utf8");
  CHECK(undeclared.at("what").get<std::string>().find("0xeb") != std::string::npos);
  CHECK(import_as(shop, csv, "encoding = \"Windows-1251\"\n" + simple_map).exit == 0);
  CHECK(fields_of(shop, "91234417", "name") == "Олена Шевченко");
}

TEST_CASE("customers: opening points follow the programme's decimals and expiry") {
  const CustomerShop shop;
  const std::string map = simple_map + "[[column]]\nfrom = \"points\"\nto = \"points\"\n" +
                          "[[column]]\nfrom = \"until\"\nto = \"points_until\"\n";
  const auto file = shop.scratch().write(
      "club.toml",
      "name = \"Club\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n"
      "[expiry]\nkind = \"months\"\ncount = 24\n");
  REQUIRE(shop.run({"programme", "publish", file}).exit == 0);
  const auto told = import_as(shop,
                              "no,name,phone,points,until\n1,Ingrid,91234417,1284.333333,\n"
                              "2,Per,92233445,\"50,5\",2031-05-06\n3,Kari,92233446,-12.0,\n"
                              "4,Ola,92233447,\"1,284\",\n5,Eva,92233448,0.0,\n",
                              map)
                        .json();
  CHECK(told.at("added") == 5);
  CHECK(told.at("points_hundredths") == 128'400 + 5'100);
  CHECK(told.at("reasons") ==
        nlohmann::json({{"points.negative", 1}, {"points.rounded", 2}, {"points.syntax", 1}}));
  const auto lots = [&](const char* who) { return shop.run({"member", "show", who}).out; };
  CHECK(lots("91234417").find("never") == std::string::npos);
  CHECK(lots("92233445").find("2031-05-06") != std::string::npos);
  CHECK(shop.verify() == 0);
}

TEST_CASE("customers: opening points are granted once and need a programme") {
  const CustomerShop shop;
  const std::string map = simple_map + "[[column]]\nfrom = \"points\"\nto = \"points\"\n";
  const std::string csv = "no,name,phone,points\n1,Ingrid Haugen,91234417,120.50\n";
  CHECK(code_of(import_as(shop, csv, map)) == "import.programme");
  const auto file = shop.scratch().write(
      "club.toml",
      "name = \"Club\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n"
      "[rounding]\ndecimals = 2\n");
  REQUIRE(shop.run({"programme", "publish", file}).exit == 0);
  CHECK(import_as(shop, csv, map).json().at("points_hundredths") == 12'050);
  const auto richer = "no,name,phone,points\n1,Ingrid Haugen,91234417,999\n";
  CHECK(import_as(shop, richer, map).json().at("points_hundredths") == 0);
  CHECK(shop.json({"customer", "show", "91234417"}).json().at("customer").at("points_hundredths") ==
        12'050);
  CHECK(shop.run({"verify"}).exit == 0);
}

TEST_CASE("customers: what is exported cannot be run by a spreadsheet and comes back as it was") {
  const CustomerShop shop;
  std::ofstream(shop.folder() + "/keepsake.toml", std::ios::app)
      << "\n[[customer_field]]\nkey = \"club\"\ntype = \"text\"\n";
  const std::string map = simple_map +
                          "[[column]]\nfrom = \"club\"\nto = \"custom.club\"\n"
                          "[[column]]\nfrom = \"where\"\nto = \"address\"\n";
  REQUIRE(import_as(shop,
                    "no,name,phone,club,where\n"
                    "1,\"=HYPERLINK(\"\"x\"\")\",91234417,@SUM(1),\"Gate 1 (left) | yard\\\"\n"
                    "2,'+1,92233445,-2,\"a, b\"\n3,Ola;Per,,,\n",
                    map)
              .exit == 0);
  REQUIRE(
      shop.run({"customer", "change", "92233445", "--add", "phone=93334455", "--add", "label=VIP"})
          .exit == 0);
  REQUIRE(shop.run({"customer", "consent", "92233445", "--purpose", "marketing", "--wording",
                    "marketing-1", "--language", "nb"})
              .exit == 0);
  const std::string file = (shop.scratch() / "out.csv").string();
  REQUIRE(shop.run({"export", "customers", "--out", file, "--staff", "marit"}).exit == 0);
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const std::string text = shop.scratch().read("out.csv");
  for (const char* armed_cell : {",=", ",+", ",-", ",@", "\"=", "\"+", "\"@"})
    CHECK_MESSAGE(text.find(armed_cell) == std::string::npos, armed_cell);
  CHECK(text.find("'+4791234417") != std::string::npos);
  CHECK(shop.json({"customer", "audit"}).json().at("audit").at(0).at("action") == "exported");

  // Where it came from it changes nothing.
  const auto before = facts(shop);
  const auto home = shop.json({"import", "customers", file});
  CHECK_MESSAGE(home.exit == 0, home.out);
  CHECK(home.json().at("unchanged") == 3);
  CHECK(facts(shop) == before);

  // Elsewhere it makes the same customers.
  const CustomerShop other;
  std::ofstream(other.folder() + "/keepsake.toml", std::ios::app)
      << "\n[[customer_field]]\nkey = \"club\"\ntype = \"text\"\n";
  CHECK(other.json({"import", "customers", file}).json().at("added") == 3);
  const std::string columns =
      "name,phone,address,label,custom.club,consent.marketing,"
      "consent.marketing.wording,consent.marketing.language";
  const auto lines_of = [&](const CustomerShop& from) {
    const std::string copy = (from.scratch() / "some.csv").string();
    REQUIRE(from.run({"export", "customers", "--out", copy, "--columns", columns}).exit == 0);
    std::istringstream in(from.scratch().read("some.csv"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  CHECK(lines_of(other) == lines_of(shop));
}

TEST_CASE("customers: exported as JSON in two shapes and not in others") {
  const CustomerShop shop;
  REQUIRE(import_as(shop, "no,name,phone\n1,Ingrid,91234417\n2,Ola,92233445\n", simple_map).exit ==
          0);
  const auto out = [&](const char* name) {
    return shop.json({"export", "customers", "--out", (shop.scratch() / name).string()});
  };
  REQUIRE(out("all.json").exit == 0);
  const auto all = nlohmann::json::parse(shop.scratch().read("all.json"));
  CHECK(all.size() == 2);
  REQUIRE(out("all.jsonl").json().at("customers") == 2);
  std::istringstream lines(shop.scratch().read("all.jsonl"));
  std::size_t n = 0;
  for (std::string line; std::getline(lines, line); ++n)
    CHECK(nlohmann::json::parse(line) == all.at(n));
  CHECK(n == 2);
  CHECK(code_of(out("all.xls")) == "export.format");
  CHECK(code_of(shop.json({"export", "customers", "--out", (shop.scratch() / "x.csv").string(),
                           "--columns", "hat"})) == "export.column");
  CHECK(code_of(shop.json({"export", "customers", "--out", "/nowhere/at/all.csv"})) ==
        "file.write");
}

TEST_CASE("cells: any text survives being defused and any contacts being joined") {
  CHECK(rc::check([] {
    const auto letters = rc::gen::element('a', ' ', '\'', '=', '+', '-', '@', '|', '(', ')', '\\');
    const auto text = *rc::gen::container<std::string>(letters);
    RC_ASSERT(armed(defused(text)) == text);
    const std::string cell = defused(text);
    RC_ASSERT(cell.empty() || std::string_view("=+-@\t\r").find(cell[0]) == std::string::npos);
    const auto word = rc::gen::map(rc::gen::container<std::string>(letters), [](std::string s) {
      return "x" + s + "x";  // values have no blanks around them
    });
    std::vector<Contact> contacts;
    std::vector<CellContact> expected;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
      const std::string value = *word, usage = *rc::gen::arbitrary<bool>() ? *word : "";
      contacts.push_back({{}, {}, ContactKind::label, value, usage});
      expected.push_back({value, usage});
    }
    RC_ASSERT(split_contacts(join_contacts(contacts, ContactKind::label)) == expected);
  }));
}

TEST_CASE("cells: dates in the formats people write") {
  const auto read = [](const char* format, const char* text) {
    const auto date = DateFormat::parse(format)->read(text);
    return date ? to_iso(*date) : std::string("none");
  };
  CHECK(read("DD.MM.YYYY", "28.02.1961") == "1961-02-28");
  CHECK(read("DD.MM.YYYY", "1.2.1961") == "1961-02-01");
  CHECK(read("MM/DD/YYYY", "2/28/1961") == "1961-02-28");
  CHECK(read("YYYYMMDD", "19610228") == "1961-02-28");
  CHECK(read("DD.MM.YYYY", "31.02.1961") == "none");
  CHECK(read("DD.MM.YYYY", "28.02.61") == "none");
  CHECK(read("DD.MM.YYYY", "28.02.1961 ") == "none");
  CHECK_FALSE(DateFormat::parse("DD.MM.YY").ok());
}
