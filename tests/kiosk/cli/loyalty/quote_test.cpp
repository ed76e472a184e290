#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/quote_input.hpp"
#include "kiosk/cli/program.hpp"
#include "tests/support/scratch.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using keepsake::test::Scratch;

namespace {

const std::string source = KEEPSAKE_SOURCE_DIR;
const std::string demo = source + "/assets/demo/programme.toml";

struct Answer {
  int exit;
  std::string out;
  std::string err;
};

Answer ask(std::vector<std::string> args) {
  std::istringstream in;
  std::ostringstream out, err;
  Program program({in, out, err});
  const int exit = program.run(args, add_commands);
  return {exit, out.str(), err.str()};
}

// The example of the page that is marked with these words.
std::string example(const std::string& name) {
  std::ifstream in(source + "/kiosk/cli/QUOTE.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  const std::string mark = "```json " + name + "\n";
  const auto begin = page.find(mark);
  REQUIRE(begin != std::string::npos);
  const auto from = begin + mark.size();
  return page.substr(from, page.find("```", from) - from);
}

}  // namespace

TEST_CASE("quote: the examples of the page are answered as it says") {
  const Scratch scratch;
  const auto member = scratch.write("m.json", example("member"));
  const auto run = [&](const char* option, const char* file, const char* expected) {
    const auto answer =
        ask({"quote", "--programme", demo, option, scratch.write("q.json", example(file)),
             "--member", member, "--at", "2026-11-21T15:02:07+01:00", "--json"});
    INFO(answer.out);
    REQUIRE(answer.exit == 0);
    const auto given = nlohmann::json::parse(answer.out);
    const auto promised = nlohmann::json::parse(example(expected));
    for (const auto& [key, value] : promised.items())
      CHECK_MESSAGE(given.at(key) == value, key, " is ", given.at(key).dump());
    return given;
  };
  const auto quoted = run("--basket", "basket", "answer");
  CHECK(quoted["refused"][0]["asked"] == "WINTER");
  CHECK(quoted["earned"][0]["why"]["code"] == "earn.per-amount");
  CHECK(quoted["ledger"]["lines"].size() == 2);
  CHECK(quoted["why"][0]["code"] == "tender.points");
  CHECK(quoted["why"][0]["figures"]["points"] == "200");
  CHECK(quoted["why"][1]["text"] == "700 points of lot a, which expires first, on 2026-12-31");
  run("--return", "return", "return answer");
}

TEST_CASE("quote: the ledger of a quote can be returned as it stands") {
  const Scratch scratch;
  const auto basket = scratch.write("b.json", R"({"lines":[{"article":"A","price":"100.00"}]})");
  const auto nobody_yet = scratch.write("m.json", "{}");
  const auto bought = ask({"quote", "--programme", demo, "--basket", basket, "--member", nobody_yet,
                           "--at", "2026-11-21T15:02Z", "--json"});
  REQUIRE(bought.exit == 0);
  const nlohmann::json back = {{"ledger", nlohmann::json::parse(bought.out)["ledger"]},
                               {"returning", {{{"line", 0}, {"quantity", 1}}}}};
  const auto owner = scratch.write("o.json", R"({"lots":[{"id":"new-1","remaining":10}]})");
  const auto returned =
      ask({"quote", "--programme", demo, "--return", scratch.write("r.json", back.dump()),
           "--member", owner, "--at", "2026-11-22T15:02Z", "--json"});
  REQUIRE(returned.exit == 0);
  const auto answer = nlohmann::json::parse(returned.out);
  CHECK(answer["balance_after"] == "0");
  CHECK(answer["amount"] == "100.00");
}

TEST_CASE("quote: the member afterwards is the member of the next quote") {
  const Scratch scratch;
  const auto programme = scratch.write("p.toml", R"(name = "Capped"
currency = "NOK"
[earn]
points = 1
for_each = 10
[counting]
cap_per_day = 15
[[reward]]
id = "step"
kind = "money off"
value = 1
cost = 3
)");
  const auto basket = scratch.write("b.json", R"({"lines":[{"article":"A","price":"100.00"}]})");
  const auto run = [&](const std::string& asked, const std::string& member, const char* day) {
    const auto answer =
        ask({"quote", "--programme", programme, "--basket", asked, "--member",
             scratch.write("m.json", member), "--at", std::string(day) + "T12:00+01:00", "--json"});
    INFO(answer.err);
    REQUIRE(answer.exit == 0);
    return nlohmann::json::parse(answer.out);
  };
  const auto first = run(basket, R"({"birthday":"1980-11-24","segments":["a"]})", "2026-11-21");
  CHECK(first["points_earned"] == "10");
  const std::string after = first["member_after"].dump();
  CHECK(first["member_after"]["birthday"] == "1980-11-24");
  const auto second = run(basket, after, "2026-11-21");
  CHECK(second["balance_before"] == first["balance_after"]);
  CHECK(second["points_earned"] == "5");  // the cap of the day
  CHECK(second["member_after"]["visits"] == 2);
  CHECK(run(basket, after, "2026-11-22")["points_earned"] == "10");
  const auto claim = scratch.write("c.json", R"({"lines":[{"article":"A","price":"100.00"}],
    "claims":[{"reward":"step","times":"most"}]})");
  CHECK(run(claim, after, "2026-11-22")["points_spent"] == "9");
  CHECK_FALSE(nlohmann::json::parse(
                  ask({"quote", "--programme", programme, "--basket", basket, "--json"}).out)
                  .contains("member_after"));
}

TEST_CASE("quote: points are pending until their day and a return takes them first") {
  const Scratch scratch;
  const auto programme = scratch.write("p.toml", R"(name = "Held"
currency = "NOK"
[earn]
points = 1
for_each = 10
[pending]
days = 14
[redeem]
point_value = "0.10"
)");
  const auto basket = scratch.write("b.json", R"({"lines":[{"article":"A","price":"500.00"}]})");
  const auto paying = scratch.write("t.json", R"({"lines":[{"article":"A","price":"100.00"}],
    "tenders":[{"kind":"points","amount":"5.00"}]})");
  const auto run = [&](const char* option, const std::string& file, const std::string& member,
                       const char* day) {
    const auto answer =
        ask({"quote", "--programme", programme, option, file, "--member",
             scratch.write("m.json", member), "--at", std::string(day) + "T12:00+01:00", "--json"});
    INFO(answer.out);
    REQUIRE(answer.exit == 0);
    return nlohmann::json::parse(answer.out);
  };
  const auto bought = run("--basket", basket, R"({"balance":"30"})", "2026-11-21");
  CHECK(bought["pending_before"] == "0");
  CHECK(bought["balance_after"] == "80");
  CHECK(bought["pending_after"] == "50");
  CHECK(bought["pending_until"] == "2026-12-05");
  CHECK(bought["new_lots"][0]["spendable_from"] == "2026-12-05");
  const std::string after = bought["member_after"].dump();
  const auto early = run("--basket", paying, after, "2026-12-04");
  CHECK(early["pending_before"] == "50");
  CHECK(early["refused"][0]["why"]["figures"]["balance"] == "30");
  CHECK(early["points_spent"] == "0");
  CHECK(run("--basket", paying, after, "2026-12-05")["points_spent"] == "50");
  const nlohmann::json back = {{"ledger", bought["ledger"]},
                               {"returning", {{{"line", 0}, {"quantity", 1}}}}};
  const auto returned = run("--return", scratch.write("r.json", back.dump()), after, "2026-11-28");
  CHECK(returned["taken"][0]["lot"] == "new-1");
  CHECK(returned["balance_after"] == "30");
  CHECK(returned["pending_until"].is_null());
  const auto said = ask({"quote", "--programme", programme, "--basket", basket, "--member",
                         scratch.write("m.json", "{}"), "--at", "2026-11-21T12:00+01:00"});
  CHECK(said.out.find("= 50, 50 of them pending until 2026-12-05") != std::string::npos);
  CHECK(said.out.find("50 new points are pending and can be spent from 2026-12-05") !=
        std::string::npos);
}

TEST_CASE("quote: a code that no receipt can carry is told before it is handed out") {
  const Scratch scratch;
  const auto with_code = [&](std::size_t bytes) {
    return scratch.write("v.toml",
                         "name = \"V\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\n"
                         "for_each = 10\n[[reward]]\nid = \"boat\"\nkind = \"voucher\"\n"
                         "cost = 1\npool = [\"" +
                             std::string(bytes, 'B') + "\"]\n");
  };
  CHECK(ask({"programme", "check", with_code(64)}).exit == 0);
  const auto told = ask({"programme", "check", with_code(65)});
  CHECK(told.exit == 1);
  CHECK(told.err.find("boat.pool") != std::string::npos);
}

TEST_CASE("quote: the demo's programme surprises nobody but by its pool") {
  const auto checked = ask({"programme", "check", demo, "--json"});
  REQUIRE(checked.exit == 0);
  const auto warnings = nlohmann::json::parse(checked.out)["warnings"];
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0]["code"] == "programme.pool");
}

TEST_CASE("quote: each mistake in the JSON has its place") {
  const Currency nok = *Currency::parse("NOK");
  const struct {
    const char* text;
    const char* code;
    const char* where;
  } cases[] = {
      {"{\n\"lines\": [}", "json.syntax", "b.json:2"},
      {"{\"lines\": [{\"article\":\"A\",\"price\":1e400}]}", "json.range", "b.json"},
      {"[]", "json.type", "b.json:"},
      {R"({"lins": []})", "json.unknown", "b.json: lins"},
      {R"({"lines": [{"article":"A"}]})", "json.missing", "b.json: lines[0].price"},
      {R"({"lines": [{"article":"A","price":1.5}]})", "json.type", "b.json: lines[0].price"},
      {R"({"lines": [{"article":"A","price":"1,5"}]})", "price.syntax", "b.json: lines[0].price"},
      {R"({"tenders": [{"kind":"crad","amount":1}]})", "json.choice", "b.json: tenders[0].kind"},
      {R"({"events": ["x"]})", "json.choice", "b.json: events"},
      {R"({"claims": [{"reward":"x","times":0}]})", "json.range", "b.json: claims[0].times"},
      {R"({"claims": [{"reward":"x","times":"all"}]})", "json.choice", "b.json: claims[0].times"},
      {R"({"currency": "EUR"})", "quote.currency", "b.json: currency"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.text));
    const auto read = read_basket(c.text, "b.json", nok);
    REQUIRE(read.mistakes.size() == 1);
    CHECK(read.mistakes[0].code == c.code);
    CHECK(read.mistakes[0].where == c.where);
    CHECK_FALSE(read.mistakes[0].remedy.empty());
  }
  CHECK(read_member(R"({"balance": 5, "lots": [{"id":"a","remaining":1}]})", "m", nok)
            .mistakes.size() == 1);
  CHECK(read_return("{}", "r", nok).mistakes.size() == 1);
}

TEST_CASE("quote: times with an offset") {
  const auto time = parse_local_time("2026-11-21T15:02:07+01:00");
  REQUIRE(time.ok());
  CHECK(to_iso(*time) == "2026-11-21T15:02:07+01:00");
  CHECK(parse_local_time("2026-11-21T15:02Z")->offset_minutes == 0);
  for (const auto* wrong : {"", "2026-11-21", "2026-11-21T25:00Z", "2026-11-21T15:02",
                            "2026-11-21T15:02+1", "2026-02-30T15:02Z", "2026-11-21T15:02:61Z"})
    CHECK_FALSE(parse_local_time(wrong).ok());
}

TEST_CASE("quote: usage") {
  CHECK(ask({"quote", "--programme", demo}).exit == 2);
  const Scratch scratch;
  const auto basket = scratch.write("b.json", R"({"lines":[{"article":"A","price":"100.00"}]})");
  CHECK(ask({"quote", "--programme", demo, "--basket", basket, "--at", "noon"}).exit == 2);
  const auto plain = ask({"quote", "--programme", demo, "--basket", basket});
  CHECK(plain.exit == 0);
  CHECK(plain.out.find("Total 100.00") != std::string::npos);
  const auto wrong = scratch.write("p.toml", "name = 1\n");
  CHECK(ask({"quote", "--programme", wrong, "--basket", basket}).exit == 2);
}
