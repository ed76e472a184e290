// Every command's answer has the forms that kiosk/cli/JSON.md tells.
#include "kiosk/cli/json.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// The keys that a paragraph of the page lists: "Keys of days: `as_of` `day` ...".
std::map<std::string, std::set<std::string>> keys_of_the_page() {
  std::ifstream in(std::string(KEEPSAKE_SOURCE_DIR) + "/kiosk/cli/JSON.md");
  std::map<std::string, std::set<std::string>> keys;
  std::string under;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) under.clear();
    const auto colon = line.find(':');
    if (line.starts_with("Keys of ") && colon != std::string::npos)
      under = line.substr(8, colon - 8);
    if (under.empty()) continue;
    static const std::regex word("`([a-z_]+)`");
    for (std::sregex_iterator at(line.begin(), line.end(), word), end; at != end; ++at)
      keys[under].insert((*at)[1]);
  }
  return keys;
}

class Forms {
 public:
  /// What is wrong with an answer, a line each.
  std::string faults(const nlohmann::json& answer) {
    told_.clear();
    look(answer, "");
    return told_;
  }

 private:
  void look(const nlohmann::json& value, const std::string& key) {
    if (value.is_object()) {
      for (const auto& [name, each] : value.items())
        if (name != "fields") look(each, name);
    } else if (value.is_array()) {
      for (const auto& each : value) look(each, key);
    } else if (value.is_string()) {
      look_at_text(value.get<std::string>(), key);
    } else if (value.is_number()) {
      expect(!value.is_number_float(), key, "a number with a fraction");
    } else if (value.is_null()) {
      return;
    }
    const bool whole = key == "minor" || key.ends_with("_minor") || key.ends_with("_hundredths");
    if (whole) expect(value.is_number_integer() || value.is_array(), key, "not a whole number");
  }

  void look_at_text(const std::string& text, const std::string& key) {
    static const std::regex decimal("-?[0-9]+\\.[0-9]+"), time("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*"),
        whole_time("[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}"),
        day("[0-9]{4}-[0-9]{2}-[0-9]{2}"), id("[0-9a-f]{32}"), hash("[0-9a-f]{64}");
    const auto of = [&](const std::regex& form, const char* keys) {
      if (std::regex_match(text, form))
        expect(page_[keys].contains(key), key, std::string("not among the keys of ") + keys);
    };
    of(decimal, "decimal text");
    of(time, "times");
    of(day, "days");
    of(id, "32 digits");
    of(hash, "64 digits");
    if (std::regex_match(text, time))
      expect(std::regex_match(text, whole_time), key, "a time of another form: " + text);
  }

  void expect(bool right, const std::string& key, const std::string& what) {
    if (!right) told_ += key + ": " + what + "\n";
  }

  std::map<std::string, std::set<std::string>> page_ = keys_of_the_page();
  std::string told_;
};

/// A shop in which there is something of everything that a command may tell.
struct Everything : CustomerShop {
  std::string hash, other;

  Everything() {
    const auto club = scratch().write(
        "club.toml",
        "name = \"Club\"\ncurrency = \"NOK\"\n[earn]\npoints = \"1.5\"\nfor_each = \"10.00\"\n"
        "[expiry]\nkind = \"months\"\ncount = 24\n[rounding]\ndecimals = 2\n");
    must({"programme", "publish", club});
    const auto map = scratch().write(
        "map.toml",
        "origin = \"old\"\nkey = \"no\"\n[[column]]\nfrom = \"name\"\nto = \"name\"\n"
        "[[column]]\nfrom = \"phone\"\nto = \"phone\"\n[[column]]\nfrom = \"points\"\nto = "
        "\"points\"\n");
    const auto people = scratch().write(
        "people.csv", "no,name,phone,points\n1,Ingrid Haugen,91234417,120.50\n2,Per Vik,12,3\n");
    json({"import", "customers", people, "--map", map});
    must({"customer", "change", "91234417", "--add", "card=C-1"});
    other = must({"customer", "join", "--set", "name=Ingrid Haugen", "--add",
                  "email=ingrid@example.no"})
                .at("customer");
    must({"customer", "consent", "C-1", "--purpose", "marketing", "--wording", "marketing-1",
          "--language", "nb"});
    must({"customer", "note", "C-1", "--text", "likes mugs"});
    hash = must({"customer", "attach", "C-1", scratch().write("bill.pdf", "%PDF-1.4\n%%EOF\n")})
               .at("attached");
    must({"gift-card", "sell", "KC-123456", "250.50", "--paid", "card"});
    must({"wallet", "top-up", "C-1", "99.50", "--paid", "card"});
    const auto goods = scratch().write("goods.csv", "code,name,price\nMUG,Mug,49.90\n");
    must({"import", "catalogue", goods});
  }
  nlohmann::json must(Args args) const {
    const auto ran = json(std::move(args));
    REQUIRE_MESSAGE(ran.exit == 0, ran.out);
    return ran.json();
  }
  std::string out(const char* name) const { return (scratch() / name).string(); }
};

}  // namespace

TEST_CASE("json: every command's answer has the forms of the page") {
  const Everything shop;
  const auto map = shop.out("map.toml"), people = shop.out("people.csv");
  const auto basket = shop.scratch().write(
      "b.json", "{\"lines\": [{\"article\": \"MUG\", \"price\": \"49.90\", \"quantity\": 2}]}");
  const Args commands[] = {
      {"customer", "show", "C-1"},
      {"customer", "find", "ingrid", "--limit", "1"},
      {"customer", "timeline", "C-1"},
      {"customer", "audit"},
      {"customer", "files", "C-1"},
      {"customer", "file", "C-1", shop.hash, "--out", shop.out("bill-out.pdf")},
      {"customer", "export", "C-1", "--out", shop.out("export")},
      {"customer", "merge", "C-1", shop.other},
      {"customer", "erase", "C-1"},
      {"export", "customers", "--out", shop.out("all.json")},
      {"dedupe", "--min-score", "400"},
      {"member", "show", "C-1"},
      {"member", "event", "survey", "C-1"},
      {"wallet", "show", "C-1"},
      {"wallet", "block", "C-1"},
      {"gift-card", "show", "KC-123456"},
      {"gift-card", "show", "KC-999999"},
      {"report"},
      {"report", "--by", "day"},
      {"report", "--by", "hour"},
      {"report", "--by", "product"},
      {"report", "--by", "category"},
      {"report", "--by", "customer"},
      {"report", "--by", "staff"},
      {"report", "--by", "tender"},
      {"report", "--by", "tax-rate"},
      {"retention", "--at", "2062-01-01"},
      {"expire"},
      {"staff", "list"},
      {"exceptions"},
      {"exceptions", "--settled"},
      {"clock", "show"},
      {"settings", "check"},
      {"settings", "show"},
      {"programme", "check", shop.out("club.toml")},
      {"quote", "--programme", shop.out("club.toml"), "--basket", basket},
      {"import", "customers", people, "--map", map, "--check"},
      {"import", "customers", people, "--map", map, "--preview", "2"},
      {"import", "catalogue", shop.out("goods.csv")},
      {"sync"},
      {"sync", "status"},
      {"verify"},
      {"rebuild", "--check"},
      {"backup", shop.out("copy.db")},
      {"version"},
      {"nonsense"},
  };
  Forms forms;
  for (const Args& command : commands) {
    const auto ran = shop.json(command);
    const std::string name = command[0] + (command.size() > 1 ? " " + command[1] : "");
    REQUIRE_MESSAGE(nlohmann::json::accept(ran.out), name, ran.out, ran.err);
    CHECK_MESSAGE(forms.faults(ran.json()) == "", name, ": ", ran.out);
  }
  const auto exported = shop.scratch().read("export/customer.json");
  CHECK(forms.faults(nlohmann::json::parse(exported)) == "");
  CHECK(forms.faults(nlohmann::json::parse(shop.scratch().read("all.json"))) == "");
}

TEST_CASE("json: another form would be seen") {
  Forms forms;
  CHECK(forms.faults({{"balance", 1.5}}) != "");
  CHECK(forms.faults({{"sum_minor", "12"}}) != "");
  CHECK(forms.faults({{"price", "12.50"}}) != "");
  CHECK(forms.faults({{"at", "2026-11-21T15:02:07Z"}}) != "");
  CHECK(forms.faults({{"when", "2026-11-21"}}) != "");
  CHECK(forms.faults(
            {{"balance", "12.50"}, {"sum_minor", 12}, {"at", "2026-11-21T15:02:07+01:00"}}) == "");
}
