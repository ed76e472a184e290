// What the document that a customer gets says, word by word and in their language.
#include "kiosk/cli/customers/customer_document.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/json.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

Locale locale_of(Language language) {
  return Locale::make(language, "NO", std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale");
}

Settings settings() {
  Settings settings = test::shop_settings();
  settings.country = "NO";
  CustomerField boat;
  boat.key = "boat";
  boat.label = LocalizedText("Boat", {{"nb", "Båt"}});
  boat.kind = FieldKind::yes_no;
  settings.customer_fields = {boat};
  return settings;
}

LocalTime moment() { return {{1'795'269'600'000}, 60}; }

TimelineEntry entry(TimelineKind kind, std::string text) {
  TimelineEntry entry;
  entry.kind = kind;
  entry.at = moment();
  entry.text = std::move(text);
  return entry;
}

/// Ingrid with one of everything.
CustomerFile file() {
  CustomerFile file;
  file.profile.ref.bytes.fill(0x5a);
  file.profile.member_since = moment();
  for (const auto& [field, value] :
       {std::pair("name", "Ingrid Haugen"), std::pair("heard_from", "a friend"),
        std::pair("birthday", "1979-12-31"), std::pair("channel", "sms"),
        std::pair("do_not_contact", "yes"), std::pair("custom.boat", "yes")})
    file.profile.fields.push_back({field, value, {}});
  file.profile.contacts = {{{}, {}, ContactKind::key_fob, "F-1", ""}};
  ConsentState given{ConsentPurpose::marketing, true, {}, {}, {}, "Lysvik"};
  given.last = {ConsentPurpose::marketing, true, "marketing-1", "en", moment()};
  file.profile.consents = {given};
  file.timeline = {entry(TimelineKind::purchase, "Lamp"), entry(TimelineKind::told_apart, ""),
                   entry(TimelineKind::consent, "marketing given, marketing-1 (en), Lysvik"),
                   entry(TimelineKind::wallet_filled, "")};
  file.timeline[0].place.fact = {7, 7};
  Purchase bought;
  bought.lines = {test::line("L-1", 2, 19'900)};
  bought.lines[0].name = "Lamp";
  bought.tenders = {{TenderKind::gift_card, test::kroner(39'800), test::kroner(39'800), "1234"}};
  file.purchases = {{file.timeline[0].place.fact, bought}};
  file.lots = {
      {"lot", {500}, {300}, std::chrono::year(2026) / 3 / 1, std::chrono::year(2027) / 3 / 1, {}}};
  file.warranties = {{{}, "Lamp", "light", "SN-9", test::item("SN-9").covers.front().dates, false}};
  file.files = {
      {{}, {}, {}, FileKind::invoice, FileType::pdf, 2'000, "bill.pdf", "anna", moment()}};
  file.looks = {{moment(), "anna", AuditAction::looked, file.profile.ref}};
  return file;
}

std::string all_words(const CustomerDocument& document) {
  std::string all = document.name + "\n" + document.subject + "\n" + document.below + "\n";
  for (const DocumentSection& section : document.sections) {
    all += section.heading + "\n" + section.paragraph + "\n";
    for (const auto& column : section.columns) all += column.title + "\n";
    for (const auto& row : section.rows)
      for (const std::string& cell : row) all += cell + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("a customer's document is in their language and names things, never keys") {
  const std::string words =
      all_words(customer_document(file(), settings(), locale_of(Language::nb)));
  for (const char* wanted :
       {"31. desember 1979", "Båt", "Ja", "Nøkkelbrikke", "Gavekort", "Faktura"})
    CHECK_MESSAGE(words.find(wanted) != std::string::npos, wanted, " is missing in\n", words);
  // The product's own text of the consent, as it is read in the language of the document.
  CHECK(words.find("Dere kan sende meg tilbud.") != std::string::npos);
  for (const char* key :
       {"heard_from", "Heard", "key_fob", "custom.", "marketing", "told apart", "told_apart",
        "wallet filled", "gift_card", "do_not_contact", "1979-12-31", "looked", "invoice", "sms"})
    CHECK_MESSAGE(words.find(key) == std::string::npos, key, " is shown in\n", words);
}

TEST_CASE("a customer's document lists what was bought, how it was paid, and who looked") {
  const std::string words =
      all_words(customer_document(file(), settings(), locale_of(Language::en)));
  for (const char* wanted :
       {"2 × Lamp", "Paid: Gift card", "SN-9", "Your points", "Data viewed", "anna",
        "Consent given: Offers", "You may send me offers. I can stop this any time.", "2 KB"})
    CHECK_MESSAGE(words.find(wanted) != std::string::npos, wanted, " is missing in\n", words);
}

TEST_CASE("a customer's copy for machines has the lines, how they were paid, lots and looks") {
  const auto copy = nlohmann::json::parse(to_json(file()).dump(0));
  const auto& bought = copy.at("purchases").at(0);
  REQUIRE(bought.at("lines").size() == 1);
  CHECK(bought.at("lines").at(0).at("article") == "L-1");
  REQUIRE(bought.at("tenders").size() == 1);
  CHECK(bought.at("tenders").at(0).at("kind") == "gift_card");
  CHECK(copy.at("lots").size() == 1);
  CHECK(copy.at("looks").size() == 1);
}

TEST_CASE("every row of a customer's document fits its table") {
  for (const Language language : all_languages)
    for (const DocumentSection& section :
         customer_document(file(), settings(), locale_of(language)).sections) {
      double width = 0;
      for (const auto& column : section.columns) width += column.width_mm;
      CHECK(width <= 170);
      for (const auto& row : section.rows) CHECK(row.size() == section.columns.size());
    }
}

TEST_CASE("a customer is written to in their own language, else in the shop's") {
  CustomerFile one = file();
  CHECK(language_for(one.profile, settings()) == Language::nb);
  one.profile.fields.push_back({"language", "uk-UA", {}});
  CHECK(language_for(one.profile, settings()) == Language::uk);
  one.profile.fields.back().value = "fr";
  CHECK(language_for(one.profile, settings()) == Language::nb);
  Settings elsewhere = settings();
  elsewhere.country = "DE";
  CHECK(language_for(one.profile, elsewhere) == Language::en);
}
