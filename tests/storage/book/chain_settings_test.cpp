#include "storage/book/chain_settings.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

namespace {

constexpr const char* of_head_office = R"(
gift_card_months = 36

[retention]
customers_inactive_months = 24
bookkeeping_years = 5

[[customer_field]]
key = "shoe_size"
label.default = "Shoe size"

[[consent]]
purpose = "marketing"
version = "chain-1"
text.default = "Write to me with offers."
)";

std::vector<std::string> codes_of(const std::vector<Error>& mistakes) {
  std::vector<std::string> codes;
  for (const Error& each : mistakes) codes.push_back(each.code);
  return codes;
}

Settings own() {
  Settings settings;
  settings.shop = "Lysvik";
  settings.stored_value.wallet_months = 12;
  settings.stored_value.gift_card_months = 6;
  settings.retention = {60, 30, {}};
  CustomerField club;
  club.key = "club";
  settings.customer_fields = {club};
  settings.consent_texts = {{ConsentPurpose::marketing, "lysvik-1", {"Offers?", {}}}};
  return settings;
}

}  // namespace

TEST_CASE("what head office names holds and of the rest each till decides") {
  CHECK(chain_settings_mistakes(of_head_office, "chain.toml").empty());
  const ChainWord word = chain_word(of_head_office);
  CHECK(word.named.size() == 5);
  CHECK(word.names("gift_card_months"));
  CHECK(word.names("retention.bookkeeping_years"));
  CHECK_FALSE(word.names("retention.audit_days"));
  CHECK_FALSE(word.names("wallet_months"));
  const Settings present = with_word(own(), word);
  CHECK(present.shop == "Lysvik");
  CHECK(present.stored_value.gift_card_months == 36);
  CHECK(present.stored_value.wallet_months == 12);
  CHECK(present.retention == Retention{24, 30, {0, 5}});
}

TEST_CASE("fields and texts of a till's own stay beside head office's") {
  const Settings present = with_word(own(), chain_word(of_head_office));
  REQUIRE(present.customer_fields.size() == 2);
  CHECK(present.customer_fields[0].key == "shoe_size");
  CHECK(present.customer_fields[1].key == "club");
  // Head office's text is the one that is shown; the till's own can still be read.
  CHECK(present_text(present.consent_texts, ConsentPurpose::marketing)->version == "chain-1");
  CHECK(text_of_version(present.consent_texts, ConsentPurpose::marketing, "lysvik-1") != nullptr);
  // Of one key, and of one version, head office's holds.
  Settings same = own();
  same.customer_fields[0].key = "shoe_size";
  same.consent_texts[0].version = "chain-1";
  const Settings once = with_word(same, chain_word(of_head_office));
  CHECK(once.customer_fields.size() == 1);
  REQUIRE(once.consent_texts.size() == 1);
  CHECK(once.consent_texts[0].text.usual == "Write to me with offers.");
}

TEST_CASE("every mistake of a file is told with its line, and a till's own settings are one") {
  const auto mistakes = chain_settings_mistakes(
      "shop = \"Lysvik\"\nwallet_months = -1\nwalet = 3\n[retention]\naudit_days = \"a\"\n",
      "chain.toml");
  REQUIRE(mistakes.size() == 4);
  CHECK(mistakes[0].code == "settings.own");
  CHECK(mistakes[0].where.starts_with("chain.toml:1:"));
  CHECK(mistakes[1].where.starts_with("chain.toml:2:"));
  CHECK(mistakes[2].where.starts_with("chain.toml:3:"));
  CHECK(mistakes[3].where.starts_with("chain.toml:5:"));
  CHECK(codes_of(chain_settings_mistakes("= 3", "chain.toml")) ==
        std::vector<std::string>{"settings.syntax"});
  CHECK(chain_settings_mistakes("", "chain.toml").empty());
  for (const char* own_key : {"currency = \"NOK\"", "printer = \"tcp:1.2.3.4:9100\"",
                              "time_zone = \"UTC\"", "receipt_lines = [\"a\"]"})
    CHECK(codes_of(chain_settings_mistakes(own_key, "chain.toml")) ==
          std::vector<std::string>{"settings.own"});
}

TEST_CASE("of a text of a later version what is understood holds") {
  const ChainWord word = chain_word(
      "wallet_months = 24\ngift_card_months = 99999\ntomorrow = true\n"
      "[retention]\naudit_days = 7\ncustomers_inactive_months = \"soon\"\n");
  REQUIRE(word.named.size() == 1);
  CHECK(word.names("wallet_months"));
  CHECK(with_word(own(), word).stored_value.gift_card_months == 6);
  CHECK(with_word(own(), word).retention == own().retention);
  CHECK(chain_word("no toml at all").named.empty());
  CHECK(chain_word("").named.empty());
}

TEST_CASE("settings change for who asks next and stay valid for who asked before") {
  CurrentSettings current(own());
  const Settings& before = current.get();
  current.refresh("");
  CHECK(&current.get() == &before);
  current.refresh(of_head_office);
  const Settings& after = current.get();
  CHECK(after.stored_value.gift_card_months == 36);
  CHECK(before.stored_value.gift_card_months == 6);
  current.refresh(of_head_office);
  CHECK(&current.get() == &after);
  current.refresh("# nothing is said any more\n");
  CHECK(current.get() == own());
}

TEST_CASE("every setting of the chain has its words") {
  for (const ChainSetting& each : chain_settings()) {
    CAPTURE(each.key);
    CHECK_FALSE(each.words(own()).empty());
    CHECK(each.same(own(), own()));
    Settings copy;
    each.put(own(), copy);
    CHECK(each.same(copy, own()));
  }
}

TEST_CASE("how long a store keeps customers is head office's to say, within limits") {
  const ChainWord word = chain_word("[customers]\nidle_days = 400\nmost = 5000\n");
  CHECK(word.named.size() == 2);
  CHECK(word.values.dormancy == DormancyTerms{400, 30, 5000});
  CHECK(chain_word("").values.dormancy == DormancyTerms{730, 30, 100'000});
  CHECK(chain_settings_mistakes("[customers]\nidle_days = 0\nlooked_up_days = 0\n", "c.toml")
            .empty());
  for (const char* wrong : {"idle_days = -1", "idle_days = \"long\"", "looked_up_days = 1.5",
                            "most = 99", "most = 0", "idle = 3"})
    CHECK(chain_settings_mistakes(std::string("[customers]\n") + wrong + "\n", "c.toml").size() ==
          1);
  // Of a till it is none.
  CHECK(parse_settings("currency = \"NOK\"\n[customers]\nidle_days = 3\n", "k.toml")
            .mistakes.size() == 1);
}

TEST_CASE("head office's statutory cover of a country holds, a till's of others stays") {
  const char* text = "[[statutory_cover]]\ncountry = \"NO\"\nperiod = \"5 years\"\n";
  CHECK(chain_settings_mistakes(text, "chain.toml").empty());
  Settings till = own();
  till.statutory_covers = {{"NO", {2, PeriodUnit::year}, {}}, {"SE", {3, PeriodUnit::year}, {}}};
  const Settings present = with_word(till, chain_word(text));
  REQUIRE(present.statutory_covers.size() == 2);
  CHECK(present.statutory_covers[0] == StatutoryCover{"NO", {5, PeriodUnit::year}, {}});
  CHECK(present.statutory_covers[1].country == "SE");
  CHECK(with_word(till, {}).statutory_covers == till.statutory_covers);
}
