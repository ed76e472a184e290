// The program as a person or a script meets it.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "tests/kiosk/cli/imports/retail_text.hpp"
#include "tests/kiosk/cli/run_program.hpp"

using namespace keepsake::cli;

namespace {

using Args = std::vector<std::string>;

/// A folder with a shop in it.
class Shop {
 public:
  explicit Shop(const std::string& currency = "NOK", const std::string& zone = "Europe/Oslo") {
    REQUIRE(run({"init", "--shop", "Lysvik Elektro", "--currency", currency, "--time-zone", zone})
                .exit == 0);
  }
  Ran run(Args args, std::string_view input = {}) const {
    args.insert(args.begin(), {"--data", folder()});
    return run_program(args, input);
  }
  Ran json(Args args, std::string_view input = {}) const {
    args.push_back("--json");
    return run(std::move(args), input);
  }
  std::string folder() const { return (scratch_ / "shop").string(); }
  const Scratch& scratch() const { return scratch_; }

 private:
  Scratch scratch_;
};

const std::string demo = std::string(KEEPSAKE_SOURCE_DIR) + "/assets/demo/";

void check_one_line(const Ran& ran) {
  CHECK(ran.out.empty());
  CHECK(ran.err.starts_with("keepsake: "));
  CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
}

void check_error_object(const Ran& ran) {
  CHECK(ran.err.empty());
  const auto error = ran.json().at("error");
  for (const char* key : {"code", "what", "where", "remedy"}) CHECK(error.at(key).is_string());
  CHECK_FALSE(error.at("what").get<std::string>().empty());
  CHECK(ran.json().at("errors").at(0) == error);
}

}  // namespace

TEST_CASE("program: every command has a help worth reading") {
  const Args commands[] = {{},
                           {"init"},
                           {"import"},
                           {"import", "catalogue"},
                           {"import", "online-retail"},
                           {"import", "customers"},
                           {"export"},
                           {"export", "customers"},
                           {"customer", "join"},
                           {"member", "event"},
                           {"gift-card", "sell"},
                           {"gift-card", "top-up"},
                           {"wallet", "show"},
                           {"wallet", "top-up"},
                           {"wallet", "block"},
                           {"wallet", "unblock"},
                           {"dedupe"},
                           {"retention"},
                           {"clock", "show"},
                           {"clock", "confirm"},
                           {"programme"},
                           {"programme", "check"},
                           {"programme", "publish"},
                           {"staff"},
                           {"staff", "add"},
                           {"staff", "remove"},
                           {"staff", "list"},
                           {"report"},
                           {"verify"},
                           {"rebuild"},
                           {"settings"},
                           {"settings", "check"},
                           {"settings", "show"},
                           {"backup"},
                           {"restore"},
                           {"enrol"},
                           {"sync"},
                           {"version"}};
  std::set<std::string> seen;
  for (auto args : commands) {
    args.push_back("--help");
    const auto ran = run_program(args);
    CAPTURE(args.front());
    CHECK(ran.exit == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out.size() > 180);
    CHECK(ran.out.find("Usage: keepsake") != std::string::npos);
    CHECK(seen.insert(ran.out).second);
  }
}

TEST_CASE("program: usage errors are one line and exit 2") {
  const struct {
    Args args;
    const char* says;
  } cases[] = {
      {{}, "subcommand"},
      {{"sell"}, "Unknown command sell"},
      {{"import", "everything"}, "Unknown command everything"},
      {{"--data", "/tmp", "import"}, "subcommand"},
      {{"report", "--by", "moon", "--data", "/tmp"}, "moon"},
      {{"report"}, "No data folder"},
      {{"verify", "--data", "/nowhere/at all"}, "/nowhere/at all"},
      {{"verify", "--colour"}, "--colour"},
      {{"rebuild", "--data", "/nowhere/at all"}, "/nowhere/at all"},
      {{"sync", "--data", "/nowhere/at all"}, "/nowhere/at all"},
      {{"settings", "check", "--data", "/nowhere/at all"}, "/nowhere/at all"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC"}, "--currency"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC", "--currency", "kr"}, "--currency"},
      {{"init", "--data", "/tmp/x", "--time-zone", "Mars", "--currency", "NOK"}, "Mars"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC", "--currency", "NOK", "--cash-step", "0"},
       "--cash-step"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC", "--currency", "NOK", "--country",
        "Norge"},
       "--country"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC", "--currency", "NOK", "--printer", "lpt1"},
       "--printer"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC", "--currency", "NOK", "--paper", "57"},
       "--paper"},
      {{"init", "--data", "/tmp/x", "--time-zone", "UTC", "--currency", "NOK", "--calling-code",
        "47"},
       "--calling-code"},
      {{"programme", "check", "/nowhere.toml"}, "/nowhere.toml"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.says);
    auto ran = run_program(c.args);
    CHECK(ran.exit == 2);
    check_one_line(ran);
    CHECK(ran.err.find(c.says) != std::string::npos);
    auto args = c.args;
    args.push_back("--json");
    ran = run_program(args);
    CHECK(ran.exit == 2);
    check_error_object(ran);
  }
}

TEST_CASE("program: version needs no folder") {
  const auto ran = run_program({"version"});
  CHECK(ran.exit == 0);
  CHECK(ran.out.starts_with("keepsake "));
  CHECK(run_program({"version", "--json"}).json().at("name") == "keepsake");
}

TEST_CASE("program: a shop is made once") {
  const Shop shop;
  const auto again = shop.run({"init", "--currency", "NOK", "--time-zone", "UTC"});
  CHECK(again.exit == 2);
  check_one_line(again);
  const auto totals = shop.json({"report"}).json().at("totals");
  CHECK(totals.at("facts") == 0);
  CHECK(totals.at("purchases") == 0);
}

TEST_CASE("program: a shop's name is tidied, and one that cannot be shown is refused") {
  const Scratch scratch;
  const auto made = [&](const std::string& name, const std::string& line) {
    return run_program({"--data", (scratch / "shop").string(), "--json", "init", "--currency",
                        "NOK", "--time-zone", "UTC", "--shop", name, "--receipt-line", line});
  };
  CHECK(made("Ly\x1b[2Jsvik", "a").json().at("error").at("where") == "--shop");
  CHECK(made("Lysvik\xff", "a").json().at("error").at("where") == "--shop");
  CHECK(made("Lysvik", "a\x07").json().at("error").at("where") == "--receipt-line");
  const auto ran = made(" Ly\u202esvik\u00a0", "Storg\u200bata 12");
  REQUIRE(ran.exit == 0);
  CHECK(ran.json().at("shop") == "Lysvik");
  CHECK(scratch.read("shop/keepsake.toml").find("Storgata 12") != std::string::npos);
}

TEST_CASE("program: what a shop keeps is its owner's alone") {
  const Shop shop;
  const std::string copy = (shop.scratch() / "copy.db").string();
  REQUIRE(shop.run({"backup", copy}).exit == 0);
  using std::filesystem::perms;
  const auto is_private = [](const std::filesystem::path& file) {
    const auto others = perms::group_all | perms::others_all;
    return (std::filesystem::status(file).permissions() & others) == perms::none;
  };
  CHECK(is_private(copy));
  CHECK(is_private(shop.folder()));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.folder()))
    CHECK_MESSAGE(is_private(entry.path()), entry.path().filename().string());
}

TEST_CASE("program: the demo shop loads and loading it again adds nothing") {
  const Shop shop;
  auto catalogue = shop.json({"import", "catalogue", demo + "catalogue.csv"});
  REQUIRE(catalogue.exit == 0);
  const auto articles = catalogue.json().at("articles").get<int>();
  CHECK(articles >= 60);
  CHECK(catalogue.json().at("added") == articles);
  catalogue = shop.json({"import", "catalogue", demo + "catalogue.csv"});
  CHECK(catalogue.json().at("unchanged") == articles);
  CHECK(catalogue.json().at("added") == 0);

  CHECK(run_program({"programme", "check", demo + "programme.toml"}).exit == 0);
  auto published = shop.json({"programme", "publish", demo + "programme.toml"});
  CHECK(published.json().at("published") == true);
  CHECK(published.json().at("programme").at("version") == 1);
  CHECK(published.json().at("programme").at("points_per_major_unit") == "0.1");
  CHECK(shop.json({"programme", "publish", demo + "programme.toml"}).json().at("published") ==
        false);

  const auto totals = shop.json({"report"}).json().at("totals");
  CHECK(totals.at("articles") == articles);
  CHECK(totals.at("facts") == 2);
  CHECK(shop.run({"verify"}).exit == 0);
  CHECK(shop.json({"verify"}).json().at("sound") == true);
  CHECK(shop.json({"rebuild", "--check"}).json().at("same") == true);
}

TEST_CASE("program: a changed catalogue changes only what differs and a broken one nothing") {
  const Shop shop;
  const auto file = shop.scratch().write("c.csv", "code,name,price\nA,Cup,10\nB,Mug,12\n");
  REQUIRE(shop.run({"import", "catalogue", file}).exit == 0);
  shop.scratch().write("c.csv", "code,name,price\nA,Cup,10\nB,Mug,13\nC,Jug,30\n");
  const auto changed = shop.json({"import", "catalogue", file}).json();
  CHECK(changed.at("added") == 1);
  CHECK(changed.at("changed") == 1);
  CHECK(changed.at("unchanged") == 1);
  shop.scratch().write("c.csv", "code,name,price\nA,Cup,11\nB,Mug,x\nC,Jug,y\n");
  const auto broken = shop.run({"import", "catalogue", file});
  CHECK(broken.exit == 2);
  CHECK(broken.err.find("c.csv:3:7 (price)") != std::string::npos);
  CHECK(broken.err.find("c.csv:4:7 (price)") != std::string::npos);
  CHECK(shop.json({"import", "catalogue", file}).json().at("errors").size() == 2);
  CHECK(shop.json({"report"}).json().at("totals").at("facts") == 2);
}

TEST_CASE("program: a GTIN cannot move to another article unnoticed") {
  const Shop shop;
  const auto file = shop.scratch().write("c.csv", "code,name,price,gtin\nA,Cup,10,2900000000018\n");
  REQUIRE(shop.run({"import", "catalogue", file}).exit == 0);
  shop.scratch().write("c.csv", "code,name,price,gtin\nB,Mug,10,2900000000018\n");
  const auto taken = shop.json({"import", "catalogue", file});
  CHECK(taken.exit == 2);
  CHECK(taken.json().at("error").at("code") == "catalogue.gtin-taken");
  shop.scratch().write("c.csv", "code,name,price,gtin\nB,Mug,10,2900000000018\nA,Cup,10,\n");
  CHECK(shop.run({"import", "catalogue", file}).exit == 0);
}

TEST_CASE("program: codes that the till cannot tell apart are reported with every other mistake") {
  const Shop shop;
  const std::string reward =
      "[[reward]]\nid = \"spring\"\nkind = \"money off\"\nvalue = 1\ntrigger = \"code\"\n"
      "codes = [\"SPRING 5\", \"Spring5\"]\n";
  const auto file = shop.scratch().write("p.toml", "name = \"X\"\ncurrency = \"NOK\"\n" + reward);
  const auto checked = run_program({"programme", "check", file});
  CHECK(checked.exit == 1);
  CHECK(checked.err.find("SPRING 5 and Spring5") != std::string::npos);
  shop.scratch().write(
      "p.toml",
      "name = \"X\"\ncurrency = \"NOK\"\n[earn]\npoints = 0\nfor_each = \"x\"\n" + reward);
  const auto all = run_program({"programme", "check", file});
  CHECK(all.err.find("earn.for_each") != std::string::npos);
  CHECK(all.err.find("earn.points") != std::string::npos);
  CHECK(all.err.find("SPRING 5 and Spring5") != std::string::npos);
}

TEST_CASE("program: a programme with mistakes is answered no and not published") {
  const Shop shop;
  const auto file = shop.scratch().write(
      "p.toml", "name = \"X\"\ncurrency = \"NOK\"\n[earn]\npoints = 0\nfor_each = \"x\"\n");
  const auto checked = run_program({"programme", "check", file});
  CHECK(checked.exit == 1);
  CHECK(checked.err.find("p.toml:5:12 (earn.for_each)") != std::string::npos);
  CHECK(shop.run({"programme", "publish", file}).exit == 2);
  shop.scratch().write("p.toml",
                       "name = \"X\"\ncurrency = \"SEK\"\n[earn]\npoints = 1\nfor_each = 1\n");
  CHECK(run_program({"programme", "check", file}).exit == 0);
  const auto foreign = shop.json({"programme", "publish", file});
  CHECK(foreign.exit == 2);
  CHECK(foreign.json().at("error").at("code") == "programme.currency");
  CHECK(shop.json({"report"}).json().at("totals").at("facts") == 0);
}

TEST_CASE("program: a programme in several files is checked, published and quoted as one") {
  const Shop shop("GBP", "Europe/London");
  const auto& folder = shop.scratch();
  const auto rules = folder.write(
      "rules.toml", "name = \"X\"\ncurrency = \"GBP\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n");
  const auto offers =
      folder.write("offers.toml", "[[rule]]\nid = \"each\"\nkind = \"per order\"\npoints = 7\n");
  const auto checked = run_program({"programme", "check", rules, offers});
  CHECK(checked.exit == 0);
  CHECK(checked.out.find(rules + ", " + offers + " are valid together.") != std::string::npos);
  const auto twice = run_program({"programme", "check", rules, rules});
  CHECK(twice.exit == 1);
  CHECK(twice.err.find("rules.toml:1:8 (name)") != std::string::npos);

  const auto published = shop.json({"programme", "publish", rules, offers}).json();
  CHECK(published.at("published") == true);
  CHECK(published.at("programme").at("rules") == 2);
  CHECK(shop.json({"programme", "publish", rules, offers}).json().at("published") == false);

  const auto basket = folder.write("b.json", R"({"lines":[{"article":"A","price":"20.00"}]})");
  const auto quoted = run_program({"quote", "--programme", rules, "--programme", offers, "--basket",
                                   basket, "--member", folder.write("m.json", "{}"), "--json"});
  REQUIRE(quoted.exit == 0);
  CHECK(quoted.json().at("points_earned") == "9");

  // What was published does not change with the files.
  folder.write("offers.toml", "[[rule]]\nid = \"each\"\nkind = \"per order\"\npoints = 8\n");
  const auto sales = folder.write(
      "s.csv", retail::text_of({{"536365", "A", "2", "17850", "2010-12-01 08:26:00", "10.00"}}));
  const auto imported = shop.run({"import", "online-retail", sales});
  REQUIRE_MESSAGE(imported.exit == 0, imported.err);
  CHECK(shop.json({"report"}).json().at("totals").at("points_outstanding_hundredths") == 900);
  CHECK(shop.run({"verify"}).exit == 0);
  CHECK(shop.json({"rebuild", "--check"}).json().at("same") == true);
  const auto second = shop.json({"programme", "publish", rules, offers}).json();
  CHECK(second.at("programme").at("version") == 2);
}

TEST_CASE("program: staff come and go and a PIN is never an argument") {
  const Shop shop;
  CHECK(
      shop.run({"staff", "add", "--id", "marit", "--name", "Marit", "--manager"}, "2468\n").exit ==
      0);
  CHECK(shop.run({"staff", "add", "--id", "jonas", "--name", "Jonas"}, "1357\r\n").exit == 0);
  CHECK(shop.run({"staff", "add", "--id", "jonas", "--name", "Jonas"}, "1357").exit == 0);
  const auto staff = shop.json({"staff", "list"}).json().at("staff");
  REQUIRE(staff.size() == 2);
  for (const auto& member : staff) CHECK(member.at("manager") == (member.at("id") == "marit"));
  CHECK(shop.run({"staff", "list"}).out.find("2468") == std::string::npos);

  CHECK(shop.run({"staff", "add", "--id", "kim", "--name", "Kim"}, "").err.find("No PIN") !=
        std::string::npos);
  for (const char* pin : {"123\n", "123456789\n", "12a4\n", "\n"}) {
    const auto ran = shop.run({"staff", "add", "--id", "kim", "--name", "Kim"}, pin);
    CHECK(ran.exit == 2);
    check_one_line(ran);
  }
  CHECK(shop.run({"staff", "add", "--id", "kim", "--name", "Kim", "--pin", "1234"}).exit == 2);
  CHECK(shop.run({"staff", "add", "--id", "Kim K", "--name", "Kim"}, "9753\n").exit == 2);

  CHECK(shop.run({"staff", "remove", "jonas"}).exit == 0);
  CHECK(shop.run({"staff", "remove", "jonas"}).exit == 2);
  CHECK(shop.json({"staff", "list"}).json().at("staff").size() == 1);
}

TEST_CASE("program: reports have their shapes") {
  const Shop shop("GBP", "Europe/London");
  const auto file = shop.scratch().write(
      "s.csv",
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
      "536365,A,CUP,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n"
      "536366,B,MUG,1,2010-12-02 08:26:00,3.00,NA,United Kingdom\n"
      "C536367,A,CUP,-2,2010-12-03 08:26:00,2.55,17850,United Kingdom\n");
  REQUIRE(shop.run({"import", "online-retail", file}).exit == 0);
  const auto days = shop.json({"report", "--by", "day"}).json();
  CHECK(days.at("currency") == "GBP");
  REQUIRE(days.at("days").size() == 3);
  CHECK(days.at("days").at(0).at("day") == "2010-12-01");
  CHECK(days.at("days").at(0).at("purchase_minor") == 1530);
  CHECK(days.at("days").at(2).at("return_minor") == 510);
  CHECK(shop.json({"report", "--by", "day", "--limit", "1"}).json().at("days").at(0).at("day") ==
        "2010-12-03");
  const auto products = shop.json({"report", "--by", "product"}).json().at("products");
  REQUIRE(products.size() == 2);
  CHECK(products.at(0).at("article") == "A");
  CHECK(products.at(0).at("name") == "CUP");
  const auto customers = shop.json({"report", "--by", "customer"}).json().at("customers");
  REQUIRE(customers.size() == 1);
  CHECK(customers.at(0).at("purchases") == 1);
  const auto staff = shop.json({"report", "--by", "staff"}).json().at("staff");
  REQUIRE(staff.size() == 1);
  CHECK(staff.at(0).at("returns") == 1);
  const auto totals = shop.json({"report"}).json().at("totals");
  for (const auto& [by, rows, key] :
       {std::tuple("hour", "hours", "hour"), std::tuple("category", "categories", "category"),
        std::tuple("tender", "tenders", "tender"),
        std::tuple("tax-rate", "tax_rates", "tax_percent")}) {
    const auto groups = shop.json({"report", "--by", by}).json().at(rows);
    REQUIRE_FALSE(groups.empty());
    CHECK(groups.at(0).contains(key));
    for (const char* sum : {"purchase_minor", "return_minor", "sales_minor", "loads_minor"}) {
      std::int64_t all = 0;
      for (const auto& each : groups) all += each.at(sum).get<std::int64_t>();
      CHECK_MESSAGE(totals.at(sum) == all, by, " ", sum);
    }
  }
  CHECK(shop.json({"report", "--by", "hour"}).json().at("hours").at(0).at("hour") == 8);
  for (const char* by :
       {"day", "product", "customer", "staff", "hour", "category", "tender", "tax-rate"}) {
    CHECK(shop.run({"report", "--by", by}).out.find("----") != std::string::npos);
  }
  CHECK(shop.run({"report"}).out.find("18.30 GBP") != std::string::npos);
}

TEST_CASE("program: a backup is a whole shop again") {
  const Shop shop;
  REQUIRE(shop.run({"import", "catalogue", demo + "catalogue.csv"}).exit == 0);
  const auto file = (shop.scratch() / "copy.db").string();
  const auto made = shop.json({"backup", file});
  REQUIRE(made.exit == 0);
  CHECK(made.json().at("bytes").get<std::uint64_t>() == std::filesystem::file_size(file));
  const auto restored = shop.scratch() / "restored";
  std::filesystem::create_directory(restored);
  std::filesystem::copy(file, restored / "keepsake.db");
  std::filesystem::copy(shop.scratch() / "shop/keepsake.toml", restored / "keepsake.toml");
  std::filesystem::copy(shop.scratch() / "shop/vault.db", restored / "vault.db");
  const auto verified = run_program({"--data", restored.string(), "verify", "--json"});
  CHECK(verified.exit == 0);
  CHECK(verified.json().at("facts") == 1);
  CHECK(shop.run({"backup", "/nowhere/copy.db"}).exit == 2);
}

TEST_CASE("program: a copy takes the place of an earlier copy and of nothing else") {
  const Shop shop;
  const std::string data = (shop.scratch() / "shop").string();
  const auto copy = (shop.scratch() / "copy.db").string();
  const auto mine = shop.scratch().write("mine.txt", "mine");
  CHECK(shop.run({"backup", copy}).exit == 0);
  CHECK(shop.run({"backup", copy}).exit == 0);
  for (const auto& target : {mine, data + "/keepsake.db", data + "/copy.db", data + "/../shop/x"})
    CHECK(shop.run({"backup", target}).exit == 2);
  CHECK(shop.json({"backup", mine}).json().at("error").at("code") == "file.exists");
  CHECK(shop.json({"backup", data + "/copy.db"}).json().at("error").at("code") == "backup.inside");
  CHECK(
      run_program({"--data", data, "backup", "--keys", mine}, "lamp orchard seven kettle\n").exit ==
      2);
  CHECK(shop.scratch().read("mine.txt") == "mine");
  CHECK(shop.run({"verify"}).exit == 0);
}

TEST_CASE("program: data and keys come back from their copies under the passphrase") {
  const Shop shop;
  REQUIRE(shop.run({"import", "catalogue", demo + "catalogue.csv"}).exit == 0);
  const auto file = (shop.scratch() / "copy.db").string(),
             keys = (shop.scratch() / "keys").string();
  const std::string data = (shop.scratch() / "shop").string();
  const std::string passphrase = "lamp orchard seven kettle\n";
  const auto made =
      run_program({"--data", data, "--json", "backup", file, "--keys", keys}, passphrase);
  REQUIRE(made.exit == 0);
  CHECK(made.json().at("keys") == keys);
  CHECK(made.json().at("files").at("copied") == 0);
  CHECK(run_program({"--data", data, "backup"}).exit == 2);
  CHECK(run_program({"--data", data, "backup", "--keys", keys}, "short\n").exit == 2);
  CHECK(run_program({"--data", data, "backup", "--keys", keys}).exit == 2);

  const std::string restored = (shop.scratch() / "restored").string();
  CHECK(run_program({"--data", restored, "restore", file}).exit == 0);
  CHECK(run_program({"--data", restored, "restore", "--keys", keys}, "another passphrase\n").exit ==
        2);
  CHECK(run_program({"--data", restored, "restore", "--keys", keys}, passphrase).exit == 0);
  const auto verified = run_program({"--data", restored, "verify", "--json"});
  CHECK(verified.exit == 0);
  CHECK(verified.json().at("facts") == 1);
}

TEST_CASE("program: a restore that was cut short is repeated") {
  const Shop shop;
  REQUIRE(shop.run({"import", "catalogue", demo + "catalogue.csv"}).exit == 0);
  const auto file = (shop.scratch() / "copy.db").string(),
             keys = (shop.scratch() / "keys").string();
  const std::string data = (shop.scratch() / "shop").string();
  const std::string passphrase = "lamp orchard seven kettle\n";
  REQUIRE(run_program({"--data", data, "backup", file, "--keys", keys}, passphrase).exit == 0);

  const std::string restored = (shop.scratch() / "restored").string();
  const auto restore = [&](const std::string& typed) {
    return run_program({"--data", restored, "--json", "restore", file, "--keys", keys}, typed);
  };
  CHECK(restore("another passphrase\n").json().at("error").at("code") == "keys.passphrase");
  CHECK(restore(passphrase).exit == 0);
  CHECK(restore(passphrase).exit == 0);  // cut short after its last file
  CHECK(run_program({"--data", restored, "verify"}).exit == 0);
  // Once it is used it is another shop, which no copy may take the place of.
  REQUIRE(
      run_program({"--data", restored, "staff", "add", "--id", "eva", "--name", "Eva"}, "7391\n")
          .exit == 0);
  CHECK(restore(passphrase).exit == 2);
}

TEST_CASE("program: without a head office sync says no") {
  const Shop shop;
  auto ran = shop.run({"sync", "--once"});
  CHECK(ran.exit == 1);
  ran = shop.json({"sync", "--once"});
  CHECK(ran.exit == 1);
  CHECK(shop.run({"enrol", "--url", "https://127.0.0.1:1", "--code", "no code"}).exit != 0);
  ran = shop.json({"sync", "status"});
  CHECK(ran.exit == 0);
  CHECK(ran.json().at("link") == "not enrolled");
}

TEST_CASE("program: damage is found") {
  const Shop shop;
  REQUIRE(shop.run({"import", "catalogue", demo + "catalogue.csv"}).exit == 0);
  const auto database = (shop.scratch() / "shop/keepsake.db").string();
  auto bytes = shop.scratch().read("shop/keepsake.db");
  // Facts are stored as they were encoded: this changes one letter of an article's name in the
  // journal or the records.
  const auto at = bytes.rfind("Kettle Kok 1.7 l");
  REQUIRE(at != std::string::npos);
  bytes[at] = 'N';
  shop.scratch().write("shop/keepsake.db", bytes);
  const bool chain_broken = shop.run({"verify"}).exit == 1;
  const bool records_differ = shop.run({"rebuild", "--check"}).exit == 1;
  CHECK((chain_broken || records_differ));
}

TEST_CASE("program: no core file is written of what it holds in memory") {
  const Shop shop;
  const Args waiting{"--data", shop.folder(), "staff", "add", "--id", "anna", "--name", "Anna"};
  const std::string none = "Max core file size        0                    0 ";
  CHECK(core_limit(waiting, none).starts_with(none));
}

TEST_CASE("program: every mistake of the settings is told at once") {
  const Shop shop;
  std::ofstream(shop.folder() + "/keepsake.toml") << "shop = 7\ncash_step_minor = 0\n";
  const Ran words = shop.run({"staff", "list"});
  CHECK(words.exit == 2);
  CHECK(std::count(words.err.begin(), words.err.end(), '\n') == 2);
  CHECK(shop.json({"staff", "list"}).json().at("errors").size() == 2);
}
