#include "storage/domain/customer/consent_text.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

namespace {

ConsentText text(ConsentPurpose purpose, const char* version, LocalizedText words) {
  return {purpose, version, std::move(words)};
}

}  // namespace

TEST_CASE("of several texts of a purpose the last one is shown and each can be read") {
  const std::vector<ConsentText> texts = {text(ConsentPurpose::marketing, "m-1", "Old"),
                                          text(ConsentPurpose::sharing, "s-1", "Share"),
                                          text(ConsentPurpose::marketing, "m-2", "New")};
  CHECK(check(texts).ok());
  REQUIRE(present_text(texts, ConsentPurpose::marketing) != nullptr);
  CHECK(present_text(texts, ConsentPurpose::marketing)->version == "m-2");
  CHECK(present_text(texts, ConsentPurpose::membership) == nullptr);
  CHECK(text_of_version(texts, ConsentPurpose::marketing, "m-1")->text.usual == "Old");
  CHECK(text_of_version(texts, ConsentPurpose::sharing, "m-1") == nullptr);
}

TEST_CASE("a consent's text is refused with what is wrong and what to do") {
  const auto code = [](std::vector<ConsentText> texts) {
    const auto ok = check(texts);
    return ok.ok() ? std::string() : ok.error().code;
  };
  const auto marketing = [](const char* version, LocalizedText words) {
    return text(ConsentPurpose::marketing, version, std::move(words));
  };
  CHECK(code({marketing("", "Yes")}) == "consent.version");
  CHECK(code({marketing("marketing-1", "Yes")}) == "consent.version");  // the product's
  CHECK(code({marketing("m-1", "")}) == "consent.text");
  CHECK(code({marketing("m-1", {"", {{"nb", "Ja"}}})}) == "consent.text");
  CHECK(code({marketing("m-1", "A"), marketing("m-1", "B")}) == "consent.version");
  // Letters are counted, not bytes.
  std::string cyrillic;
  for (int i = 0; i < 60; ++i) cyrillic += "\u0436";
  CHECK(code({marketing("m-1", {"Yes", {{"uk", cyrillic}}})}).empty());
  CHECK(code({marketing("m-1", {"Yes", {{"uk", cyrillic + "\u0436"}}})}) == "consent.length");
  // What is not asked at joining has the room of a whole question.
  CHECK(
      code({text(ConsentPurpose::sharing, "s-1", {"Yes", {{"uk", cyrillic + "\u0436"}}})}).empty());
  const std::string long_text(consent_text_letters + 1, 'a');
  CHECK(code({text(ConsentPurpose::sharing, "s-1", long_text)}) == "consent.length");
}

TEST_CASE("purposes have one name each") {
  for (const auto purpose :
       {ConsentPurpose::membership, ConsentPurpose::marketing, ConsentPurpose::sharing})
    CHECK(parse_consent_purpose(name_of(purpose)) == purpose);
  CHECK_FALSE(parse_consent_purpose("spam").has_value());
}
