// What people agreed to is recorded as the version of a text: a text that changes needs another
// version in product_version, and a new row here beside the old one.
#include "storage/locale/customer_words.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <set>

using namespace keepsake;

namespace {

struct Said {
  const char* language;
  ConsentPurpose purpose;
  const char* version;
  const char* text;
};

const Said all[] = {
    {"en", ConsentPurpose::membership, "membership-1",
     "Yes, I join. Keep my name and number for it."},
    {"en", ConsentPurpose::marketing, "marketing-1",
     "You may send me offers. I can stop this any time."},
    {"en", ConsentPurpose::sharing, "sharing-1",
     "Your partners may have my data too. I can stop this any time."},
    {"nb", ConsentPurpose::membership, "membership-1",
     "Ja, jeg blir medlem. Lagre navn og nummer til det."},
    {"nb", ConsentPurpose::marketing, "marketing-1",
     "Dere kan sende meg tilbud. Jeg kan si stopp n\u00e5r som helst."},
    {"nb", ConsentPurpose::sharing, "sharing-1",
     "Partnerne deres kan ogs\u00e5 f\u00e5 mine data. Jeg kan si stopp n\u00e5r som helst."},
    {"nl", ConsentPurpose::membership, "membership-1",
     "Ja, ik word lid. Bewaar daarvoor mijn naam en nummer."},
    {"nl", ConsentPurpose::marketing, "marketing-1",
     "Stuur me aanbiedingen. Ik kan altijd stoppen."},
    {"nl", ConsentPurpose::sharing, "sharing-1",
     "Jullie partners mogen mijn gegevens ook hebben. Ik kan altijd stoppen."},
    {"uk", ConsentPurpose::membership, "membership-1",
     "\u0422\u0430\u043a, \u043f\u0440\u0438\u0454\u0434\u043d\u0443\u044e\u0441\u044f. "
     "\u0417\u0431\u0435\u0440\u0435\u0436\u0456\u0442\u044c \u0434\u043b\u044f "
     "\u0446\u044c\u043e\u0433\u043e \u0456\u043c\u02bc\u044f \u0442\u0430 "
     "\u043d\u043e\u043c\u0435\u0440."},
    {"uk", ConsentPurpose::marketing, "marketing-1",
     "\u041d\u0430\u0434\u0441\u0438\u043b\u0430\u0439\u0442\u0435 \u043c\u0435\u043d\u0456 "
     "\u043f\u0440\u043e\u043f\u043e\u0437\u0438\u0446\u0456\u0457. \u0417\u043c\u043e\u0436\u0443 "
     "\u0432\u0456\u0434\u043c\u043e\u0432\u0438\u0442\u0438\u0441\u044f "
     "\u0431\u0443\u0434\u044c-\u043a\u043e\u043b\u0438."},
    {"uk", ConsentPurpose::sharing, "sharing-1",
     "\u041c\u043e\u0457 \u0434\u0430\u043d\u0456 \u043c\u043e\u0436\u0443\u0442\u044c "
     "\u043c\u0430\u0442\u0438 \u0439 \u0432\u0430\u0448\u0456 "
     "\u043f\u0430\u0440\u0442\u043d\u0435\u0440\u0438. \u0417\u043c\u043e\u0436\u0443 "
     "\u0432\u0456\u0434\u043c\u043e\u0432\u0438\u0442\u0438\u0441\u044f "
     "\u0431\u0443\u0434\u044c-\u043a\u043e\u043b\u0438."},
    {"id", ConsentPurpose::membership, "membership-1",
     "Ya, saya mendaftar. Simpan nama dan nomor saya untuk itu."},
    {"id", ConsentPurpose::marketing, "marketing-1",
     "Boleh kirim penawaran. Bisa saya hentikan kapan saja."},
    {"id", ConsentPurpose::sharing, "sharing-1",
     "Mitra Anda juga boleh memiliki data saya. Bisa saya hentikan kapan saja."},
    {"fil", ConsentPurpose::membership, "membership-1",
     "Oo, sasali ako. Itago ang pangalan at numero ko para rito."},
    {"fil", ConsentPurpose::marketing, "marketing-1",
     "Puwedeng padalhan ako ng alok. Puwede kong ihinto anumang oras."},
    {"fil", ConsentPurpose::sharing, "sharing-1",
     "Puwede ring makuha ng mga partner ninyo ang data ko. Puwede kong ihinto anumang oras."},
};

}  // namespace

TEST_CASE("each version of a consent has one text in each language") {
  const auto folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
  std::set<std::pair<std::string, ConsentPurpose>> seen;
  for (const Said& row : all) {
    CAPTURE(std::string(row.language));
    CAPTURE(std::string(row.version));
    const Locale locale = Locale::make(*parse_language(row.language), "NO", folder);
    if (product_version(row.purpose) != row.version) continue;  // an older text, kept to be read
    CHECK(own_consent_wording(locale, row.purpose) == row.text);
    seen.insert({row.language, row.purpose});
  }
  CHECK(seen.size() == 6 * 3);
}

TEST_CASE(
    "what is kept of a customer is named in the reader's language, own fields by their label") {
  const auto folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
  const Locale nb = Locale::make(Language::nb, "NO", folder);
  CustomerField boat;
  boat.key = "boat";
  boat.label = LocalizedText("Boat", {{"nb", "B\u00e5t"}});
  boat.kind = FieldKind::yes_no;
  const std::vector<CustomerField> fields = {boat};
  CHECK(field_label(nb, fields, "custom.boat") == "B\u00e5t");
  CHECK(field_label(nb, fields, "birthday") == nb.tr("Birthday"));
  CHECK(field_label(nb, fields, "birthday") != "Birthday");
  CHECK(field_label(nb, fields, "custom.gone") == "custom.gone");
  CHECK(value_words(nb, fields, "custom.boat", "yes") == "Ja");
  CHECK(value_words(nb, fields, "birthday", "1979-12-31") == "31. desember 1979");
  CHECK(value_words(nb, fields, "language", "uk") == native_name(Language::uk));
  CHECK(value_words(nb, fields, "do_not_contact", "yes") == nb.tr("Do not contact"));
  CHECK(value_words(nb, fields, "channel", "") == "");
}

TEST_CASE("a consent is shown by its version, the shop's words or the product's") {
  const auto folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
  const Locale nl = Locale::make(Language::nl, "NL", folder);
  const std::vector<ConsentText> texts = {
      {ConsentPurpose::marketing, "offers-2026", LocalizedText("Send me offers")}};
  CHECK(consent_wording(nl, texts, ConsentPurpose::marketing, "offers-2026") == "Send me offers");
  CHECK(consent_wording(nl, texts, ConsentPurpose::marketing, "marketing-1") ==
        "Stuur me aanbiedingen. Ik kan altijd stoppen.");
  CHECK(consent_wording(nl, texts, ConsentPurpose::marketing, "lost-1") == "");
}
