// Customers at the command line, in a real folder: each command as a person or a script meets it.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake::cli;

namespace {

/// Two customers: Ingrid with everything, and Ola. By card.
class Club : public CustomerShop {
 public:
  Club() {
    const auto file = scratch().write("few.csv",
                                      "no,name,phone,card,points\n"
                                      "1,Ingrid Haugen,912 34 417,C-1,120\n"
                                      "2,Ola Nordmann,922 33 445,C-2,30\n");
    const auto map = scratch().write("few.toml", R"(origin = "old"
key = "no"
[[column]]
from = "name"
to = "name"
[[column]]
from = "phone"
to = "phone"
[[column]]
from = "card"
to = "card"
[[column]]
from = "points"
to = "points"
)");
    const auto programme = scratch().write("club.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10.00"
)");
    const auto published = run({"programme", "publish", programme});
    REQUIRE_MESSAGE(published.exit == 0, published.err);
    const auto imported = run({"import", "customers", file, "--map", map});
    REQUIRE_MESSAGE(imported.exit == 0, imported.err);
  }
};

std::string fields_of(const Ran& shown, const char* name) {
  return shown.json().at("customer").at("fields").value(name, "");
}

}  // namespace

TEST_CASE("customer: whoever is named in any way is shown") {
  const Club shop;
  const auto by_card = shop.json({"customer", "show", "C-1"});
  CHECK(fields_of(by_card, "name") == "Ingrid Haugen");
  CHECK(by_card.json().at("customer").at("points_hundredths") == 12'000);
  for (const char* who : {"91234417", "+47 912 34 417"})
    CHECK(shop.json({"customer", "show", who}).json() == by_card.json());
  const std::string ref = by_card.json().at("customer").at("reference");
  CHECK(shop.json({"customer", "show", ref}).json() == by_card.json());
  const auto words = shop.run({"customer", "show", "C-1"});
  CHECK(words.exit == 0);
  CHECK(words.out.find("Ingrid Haugen") != std::string::npos);
  CHECK(words.out.find("120") != std::string::npos);
  const auto nobody = shop.run({"customer", "show", "C-9"});
  CHECK(nobody.exit == 1);
  CHECK(nobody.err.find("no such customer") != std::string::npos);
}

TEST_CASE("customer: changes are made once and refused when wrong") {
  const Club shop;
  const auto change = [&](Args more) {
    Args args{"customer", "change", "C-1", "--staff", "marit"};
    args.insert(args.end(), more.begin(), more.end());
    return shop.json(args);
  };
  CHECK(change({"--set", "birthday=1961-02-28", "--add", "email=ih@example.no"})
            .json()
            .at("id")
            .is_string());
  CHECK(change({"--set", "birthday=1961-02-28"}).json().at("id").is_null());
  const auto shown = shop.json({"customer", "show", "ih@example.no"});
  CHECK(fields_of(shown, "birthday") == "1961-02-28");
  std::string email;
  const auto answer = shown.json();
  for (const auto& each : answer.at("customer").at("contacts"))
    if (each.at("kind") == "email") email = each.at("id");
  CHECK(change({"--remove", email}).exit == 0);
  CHECK(shop.run({"customer", "show", "ih@example.no"}).exit == 1);
  CHECK(change({"--set", "birthday=yesterday"}).json().at("error").at("code") == "birthday.range");
  CHECK(change({"--set", "hat=red"}).json().at("error").at("code") == "field.unknown");
  CHECK(change({"--set", "hat"}).json().at("error").at("code") == "usage");
  CHECK(change({"--add", "card=C-2"}).json().at("error").at("code") == "card.taken");
}

TEST_CASE("customer: notes and consents stand in the timeline") {
  const Club shop;
  CHECK(shop.run({"customer", "note", "C-1", "--text", "prefers lamps"}).exit == 0);
  const Args consent{"customer",  "consent",     "C-1",     "--purpose", "marketing",
                     "--wording", "marketing-1", "--place", "Oslo"};
  CHECK(shop.run(consent).out.starts_with("Given"));
  const auto marketing = [&] {
    const auto answer = shop.json({"customer", "show", "C-1"}).json();
    for (const auto& each : answer.at("customer").at("consents"))
      if (each.at("purpose") == "marketing") return each.at("granted").get<bool>();
    return false;
  };
  CHECK(marketing());
  auto withdrawn = consent;
  withdrawn.push_back("--withdraw");
  CHECK(shop.run(withdrawn).exit == 0);
  CHECK_FALSE(marketing());
  const auto timeline = shop.json({"customer", "timeline", "C-1"}).json().at("timeline");
  CHECK(timeline.at(0).at("kind") == "consent");
  CHECK(timeline.at(2).at("text") == "prefers lamps");
  CHECK(shop.json({"customer", "timeline", "C-1", "--limit", "1"}).json().at("timeline").size() ==
        1);
  CHECK(shop.run({"customer", "timeline", "C-1"}).out.find("prefers lamps") != std::string::npos);
  CHECK(shop.run({"customer", "consent", "C-1", "--purpose", "fun", "--wording", "x"}).exit == 2);
}

TEST_CASE("customer: a consent names a text that exists and a language that people speak") {
  const Club shop;
  const auto consent = [&](const char* wording, const char* language) {
    return shop.json({"customer", "consent", "C-1", "--purpose", "marketing", "--wording", wording,
                      "--language", language});
  };
  CHECK(consent("nosuch-9", "en").json().at("error").at("code") == "consent.wording");
  CHECK(consent("membership-1", "en").json().at("error").at("code") == "consent.wording");
  CHECK(consent("marketing-1", "klingon").json().at("error").at("code") == "consent.language");
  CHECK(consent("marketing-1", "fil").exit == 0);
  CHECK(shop.json({"customer", "join", "--set", "name=X", "--wording", "terms-7"})
            .json()
            .at("error")
            .at("code") == "consent.wording");
  CHECK(shop.run({"customer", "change", "C-1", "--set", "language=klingon"}).exit == 2);
  CHECK(shop.run({"customer", "change", "C-1", "--set", "language=zh-Hant-TW"}).exit == 0);
}

TEST_CASE("customer: the trail names who looked and who changed") {
  const Club shop;
  CHECK(shop.run({"customer", "show", "C-1", "--staff", "anna"}).exit == 0);
  CHECK(shop.run({"customer", "note", "C-1", "--text", "x", "--staff", "marit"}).exit == 0);
  const auto trail = shop.json({"customer", "audit", "C-1"}).json().at("audit");
  CHECK(trail.at(0).at("action") == "changed");
  CHECK(trail.at(0).at("staff") == "marit");
  CHECK(trail.at(1).at("action") == "looked");
  CHECK(trail.at(1).at("staff") == "anna");
  CHECK(shop.json({"customer", "audit", "C-2"}).json().at("audit").empty());
  CHECK(shop.json({"customer", "audit"}).json().at("audit").size() >= 2);
}

TEST_CASE("customer: merged and parted again") {
  const Club shop;
  const auto merged = shop.json({"customer", "merge", "C-1", "C-2", "--staff", "marit"});
  REQUIRE(merged.exit == 0);
  const auto both = shop.json({"customer", "show", "C-2"});
  CHECK(fields_of(both, "name") == "Ingrid Haugen");
  CHECK(both.json().at("customer").at("points_hundredths") == 15'000);
  CHECK(shop.json({"customer", "merge", "C-2", "C-1"}).json().at("error").at("code") ==
        "merge.same");
  CHECK(shop.run({"customer", "unmerge", merged.json().at("id")}).exit == 0);
  CHECK(fields_of(shop.json({"customer", "show", "C-2"}), "name") == "Ola Nordmann");
  CHECK(shop.json({"customer", "unmerge", merged.json().at("id")}).json().at("error").at("code") ==
        "merge.undone");
  CHECK(shop.run({"verify"}).exit == 0);
  CHECK(shop.run({"rebuild", "--check"}).exit == 0);
}

TEST_CASE("customer: what is kept of a person is written for that person") {
  const Club shop;
  const std::string folder = (shop.scratch() / "for ingrid").string();
  REQUIRE(shop.run({"customer", "export", "C-1", "--out", folder}).exit == 0);
  const auto json = nlohmann::json::parse(shop.scratch().read("for ingrid/customer.json"));
  CHECK(json.at("customer").at("fields").at("name") == "Ingrid Haugen");
  CHECK_FALSE(json.at("timeline").empty());
  CHECK(shop.scratch().read("for ingrid/customer.pdf").starts_with("%PDF-"));
  struct stat file {};
  REQUIRE(::stat((folder + "/customer.json").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);
  CHECK(shop.json({"customer", "audit", "C-1"}).json().at("audit").at(0).at("action") ==
        "exported");
}

TEST_CASE("customer: erasing asks twice and leaves nothing but sums") {
  const Club shop;
  const auto before = shop.json({"report"}).json().at("totals");
  CHECK(shop.run({"customer", "erase", "C-2"}).exit == 2);
  CHECK(shop.run({"customer", "erase", "C-2"}).err.find("30 points") != std::string::npos);
  const auto erased = shop.json({"customer", "erase", "C-2", "--yes"});
  REQUIRE(erased.exit == 0);
  CHECK(erased.json().at("points_left") == "30");
  CHECK(erased.json().at("wallet_left") == "0.00");
  CHECK(erased.json().at("kept").empty());
  CHECK(shop.run({"customer", "show", "C-2"}).exit == 1);
  CHECK(shop.json({"report"}).json().at("totals").at("customers") == before.at("customers"));
  CHECK(shop.run({"verify"}).exit == 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.folder())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    CHECK_MESSAGE(bytes.find("Nordmann") == std::string::npos, entry.path().string());
    CHECK_MESSAGE(bytes.find("+4792233445") == std::string::npos, entry.path().string());
  }
}

TEST_CASE("customer: whoever is erased hears what stays, why and until when") {
  const Club shop;
  std::string settings = shop.scratch().read("shop/keepsake.toml");
  const std::string days = "audit_days = 365";
  REQUIRE(settings.find(days) != std::string::npos);
  settings.replace(settings.find(days), days.size(), days + "\nbookkeeping_years = 5");
  shop.scratch().write("shop/keepsake.toml", settings);
  REQUIRE(shop.run({"wallet", "top-up", "C-1", "100", "--paid", "card"}).exit == 0);
  const auto asked = shop.run({"customer", "erase", "C-1"});
  CHECK(asked.exit == 2);
  CHECK(asked.out.find("money in the wallet, until settled") != std::string::npos);
  CHECK(asked.out.find("sales, for bookkeeping, until ") != std::string::npos);
  const auto shown = shop.json({"customer", "show", "C-1"});
  CHECK(shown.json().at("customer").at("kept").empty());
  const std::string ref = shown.json().at("customer").at("reference");
  const auto erased = shop.json({"customer", "erase", "C-1", "--yes"});
  REQUIRE_MESSAGE(erased.exit == 0, erased.out);
  const auto kept = erased.json().at("kept");
  REQUIRE(kept.size() == 2);
  CHECK(kept.at(0) == nlohmann::json{{"reason", "wallet"}, {"until", nullptr}});
  CHECK(kept.at(1).at("reason") == "bookkeeping");
  // Whoever looks at it later reads the same.
  CHECK(shop.json({"customer", "show", ref}).json().at("customer").at("kept") == kept);
  CHECK(shop.run({"verify"}).exit == 0);
}

TEST_CASE("settings: of a till alone keepsake.toml decides") {
  const Club shop;
  const auto shown = shop.json({"settings", "show"});
  REQUIRE(shown.exit == 0);
  const auto all = shown.json().at("settings");
  CHECK(all.size() == 10);
  for (const auto& each : all) {
    CHECK(each.at("by") == "this till");
    CHECK(each.at("value") == each.at("own"));
  }
  CHECK(shop.run({"settings", "show"}).out.find("cannot be changed here") == std::string::npos);
}

TEST_CASE("member: shows points without anything personal") {
  const Club shop;
  const auto shown = shop.json({"member", "show", "C-1"});
  CHECK(shown.exit == 0);
  CHECK(shown.out.find("Ingrid") == std::string::npos);
  CHECK(shown.out.find("\"120\"") != std::string::npos);
  CHECK(shop.run({"member", "show", "old:1"}).exit == 0);
  CHECK(shop.run({"member", "show", "C-9"}).exit == 1);
}

TEST_CASE("gift card: one that nobody knows can be neither shown nor blocked") {
  const Club shop;
  const auto shown = shop.json({"gift-card", "show", "5000 1111"});
  CHECK(shown.exit == 1);
  CHECK(shown.json().at("error").at("code") == "gift-card.unknown");
  CHECK(shop.run({"gift-card", "block", "5000 1111", "--reason", "lost"}).exit == 1);
  CHECK(shop.run({"gift-card", "show", ""}).exit == 2);
}

TEST_CASE("expire: what never expires stays however often it is asked") {
  const Club shop;
  for (int n = 0; n < 2; ++n) CHECK(shop.run({"expire", "--yes"}).exit == 0);
  CHECK(shop.json({"customer", "show", "C-1"}).json().at("customer").at("points_hundredths") ==
        12'000);
}

TEST_CASE("retention: erases who was not seen for as long as the settings say") {
  const Club shop;
  const auto quiet = shop.json({"retention"});
  CHECK(quiet.exit == 0);
  CHECK(quiet.json().at("customers_erased") == 0);
  std::string settings = shop.scratch().read("shop/keepsake.toml");
  const std::string never = "customers_inactive_months = 0";
  REQUIRE(settings.find(never) != std::string::npos);
  settings.replace(settings.find(never), never.size(), "customers_inactive_months = 12");
  shop.scratch().write("shop/keepsake.toml", settings);
  const auto joined = shop.json({"customer", "join", "--set", "name=Kari Bakke", "--add",
                                 "card=C-3", "--wording", "membership-1", "--language", "nb"});
  REQUIRE_MESSAGE(joined.exit == 0, joined.out);
  const auto listed = shop.json({"retention", "--at", "2199-01-01"});
  CHECK_MESSAGE(listed.exit == 0, listed.out);
  CHECK(listed.json().at("done") == false);
  CHECK(listed.json().at("customers_due") == 1);  // the others have points
  CHECK(listed.json().at("customers").at(0) == joined.json().at("customer"));
  CHECK(shop.run({"customer", "show", "C-3"}).exit == 0);
  const auto late = shop.json({"retention", "--at", "2199-01-01", "--yes"});
  CHECK_MESSAGE(late.exit == 0, late.out);
  CHECK(late.json().at("customers_erased") == 1);
  CHECK(shop.json({"retention", "--at", "2199-01-01", "--yes"}).json().at("customers_erased") == 0);
  CHECK(shop.run({"customer", "show", "C-3"}).exit == 1);
  CHECK(shop.run({"customer", "show", "C-1"}).exit == 0);
  CHECK(shop.run({"retention", "--at", "soon"}).exit == 2);
}

TEST_CASE("dedupe: lists pairs and merges the certain ones when asked") {
  const Club shop;
  CHECK(shop.json({"dedupe"}).json().at("pairs").empty());
  REQUIRE(shop.run({"customer", "change", "C-2", "--set", "name=Haugen Ingrid", "--add",
                    "phone=91234417"})
              .exit == 0);
  const auto pairs = shop.json({"dedupe", "--staff", "marit"}).json().at("pairs");
  REQUIRE(pairs.size() == 1);
  CHECK(pairs.at(0).at("verdict") == "certain");
  CHECK(pairs.at(0).at("score") == 900);
  CHECK(pairs.at(0).at("reasons") == nlohmann::json({"phone", "name"}));
  const auto words = shop.run({"dedupe"});
  CHECK(words.out.find("certain") != std::string::npos);
  CHECK(words.out.find("Haugen I.") != std::string::npos);
  CHECK(shop.run({"customer", "apart", "C-1", "C-2"}).exit == 0);
  CHECK(shop.json({"dedupe", "--merge-certain"}).json().at("merged").empty());
  CHECK(shop.json({"customer", "audit", "--limit", "5"}).json().at("audit").at(0).at("action") ==
        "searched");
}

TEST_CASE("dedupe: certain pairs become one customer and can be parted") {
  const Club shop;
  REQUIRE(shop.run({"customer", "change", "C-2", "--set", "name=Ingrid Haugen", "--add",
                    "phone=91234417"})
              .exit == 0);
  const auto merged = shop.json({"dedupe", "--merge-certain"}).json();
  REQUIRE(merged.at("merged").size() == 1);
  CHECK(merged.at("pairs").empty());
  CHECK(shop.json({"customer", "show", "C-2"}).json().at("customer").at("points_hundredths") ==
        15'000);
  CHECK(shop.run({"customer", "unmerge", merged.at("merged").at(0)}).exit == 0);
  CHECK(shop.json({"dedupe"}).json().at("pairs").size() == 1);
  CHECK(shop.run({"verify"}).exit == 0);
}

TEST_CASE("customer join: whoever may be a customer already is listed, and joins when told to") {
  const CustomerShop shop;
  const Args kari = {"customer", "join",
                     "--set",    "name=Kari Nordmann",
                     "--set",    "birthday=1980-05-17",
                     "--set",    "postcode=0150",
                     "--add",    "address=Storgata 1, Oslo"};
  const auto first = shop.json(kari);
  REQUIRE_MESSAGE(first.exit == 0, first.err);
  Args again = kari;
  again.insert(again.end(), {"--add", "phone=40000001"});
  const auto asked = shop.json(again);
  CHECK(asked.exit == 1);
  CHECK(asked.json().at("customer").is_null());
  REQUIRE(asked.json().at("similar").size() == 1);
  CHECK(asked.json().at("similar").at(0).at("reference") == first.json().at("customer"));
  CHECK(shop.json({"customer", "find", "nordmann"}).json().at("customers").size() == 1);
  CHECK(shop.run(again).out.find("--new-anyway") != std::string::npos);
  again.push_back("--new-anyway");
  CHECK(shop.json(again).exit == 0);
  CHECK(shop.json({"customer", "find", "nordmann"}).json().at("customers").size() == 2);
  // Somebody else is asked nothing.
  CHECK(
      shop.json({"customer", "join", "--set", "name=Ola Bakke", "--add", "phone=40000002"}).exit ==
      0);
  CHECK(shop.verify() == 0);
}

TEST_CASE(
    "customer export: everything that is kept is in it, with who looked and the words agreed to") {
  const CustomerShop shop;
  const auto joined = shop.json({"customer", "join", "--set", "name=Kari Bakke", "--add",
                                 "phone=40000001", "--wording", "membership-1", "--staff", "ola"});
  REQUIRE_MESSAGE(joined.exit == 0, joined.out);
  const std::string who = joined.json().at("customer");
  CHECK(shop.run({"customer", "show", who, "--staff", "marit"}).exit == 0);
  const auto folder = shop.scratch() / "export";
  REQUIRE(shop.run({"customer", "export", who, "--out", folder.string()}).exit == 0);
  std::ifstream in(folder / "customer.json");
  const auto file = nlohmann::json::parse(in);
  for (const char* part : {"customer", "merges", "timeline", "purchases", "points", "lots",
                           "wallet", "warranties", "files", "looks"})
    CHECK_MESSAGE(file.contains(part), part);
  CHECK(file.at("customer").at("contacts").at(0).at("value") == "+4740000001");
  CHECK(file.at("customer").at("consents").at(0).at("wording") == "membership-1");
  CHECK(file.at("customer").at("consents").at(0).contains("text"));
  REQUIRE_FALSE(file.at("looks").empty());
  CHECK(file.at("looks").at(0).at("staff") == "marit");
  CHECK(file.at("looks").at(0).at("action") == "looked");
}

TEST_CASE("customer consent: whoever withdraws from the programme is told, and is no member") {
  const CustomerShop shop;
  const auto joined = shop.json({"customer", "join", "--set", "name=Kari Bakke", "--add",
                                 "phone=40000001", "--wording", "membership-1"});
  REQUIRE_MESSAGE(joined.exit == 0, joined.out);
  const auto consent = [&](bool withdraw) {
    Args args = {"customer",   "consent",   "+4740000001", "--purpose",
                 "membership", "--wording", "membership-1"};
    if (withdraw) args.push_back("--withdraw");
    return shop.run(args);
  };
  const auto withdrawn = consent(true);
  CHECK(withdrawn.exit == 0);
  CHECK(withdrawn.out.find("earn and redeem nothing") != std::string::npos);
  CHECK(withdrawn.out.find("customer erase") != std::string::npos);
  CHECK(consent(false).out.find("earn") == std::string::npos);
  CHECK(shop.verify() == 0);
}

TEST_CASE("customer: points are kept or given up at a withdrawal, as the programme says") {
  const auto balance = [](const Club& shop) {
    return shop.json({"member", "show", "C-1"}).json().at("balance").get<std::string>();
  };
  const Args withdraw{"customer",   "consent",   "C-1",          "--purpose",
                      "membership", "--wording", "membership-1", "--withdraw"};
  const auto with_yes = [&] {
    Args args = withdraw;
    args.emplace_back("--yes");
    return args;
  };
  const Club kept;
  CHECK(kept.run(withdraw).out.find("points are kept") != std::string::npos);
  CHECK(balance(kept) == "120");
  const Club given_up;
  const auto terms = given_up.scratch().write("terms.toml", R"(name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10.00"
[membership]
points_at_withdrawal = "given up"
)");
  REQUIRE(given_up.run({"programme", "publish", terms}).exit == 0);
  const auto unsure = given_up.json(withdraw);
  CHECK(unsure.json().at("error").at("code") == "withdrawal.unsure");
  CHECK(unsure.json().at("error").at("what").get<std::string>().find("120") != std::string::npos);
  CHECK(balance(given_up) == "120");
  CHECK(given_up.run(with_yes()).out.find("gave up their points") != std::string::npos);
  CHECK(balance(given_up) == "0");
  const auto timeline = given_up.json({"customer", "timeline", "C-1"}).json().at("timeline");
  CHECK(timeline.dump().find("\"given up\"") != std::string::npos);
  CHECK(timeline.dump().find("\"expired\"") == std::string::npos);
  CHECK(given_up.verify() == 0);
  // Who rejoins begins anew.
  CHECK(given_up
            .run({"customer", "consent", "C-1", "--purpose", "membership", "--wording",
                  "membership-1"})
            .exit == 0);
  CHECK(balance(given_up) == "0");
}
