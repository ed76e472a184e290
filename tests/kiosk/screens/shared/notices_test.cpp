#include "kiosk/screens/shared/notices.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "kiosk/screens/screens.hpp"
#include "tests/support/ui_harness.hpp"

namespace keepsake::screens {
namespace {

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string joined(const std::string& quoted) {
  const std::regex part(R"re("((?:[^"\\]|\\.)*)")re");
  std::string whole;
  for (std::sregex_iterator p(quoted.begin(), quoted.end(), part), end; p != end; ++p)
    whole += (*p)[1].str();
  return whole;
}

/// What stands between the quotes after `name(`, adjacent literals joined, as a catalogue has it:
/// of tr("money", "Change") the first is the context.
std::set<std::string> messages_of(const std::string& source, const std::string& name) {
  const std::string literals = R"re(((?:"(?:[^"\\]|\\.)*"\s*)+))re";
  const std::regex call("\\b" + name + R"re(\(\s*)re" + literals + "(?:,\\s*" + literals + ")?");
  std::set<std::string> found;
  for (std::sregex_iterator at(source.begin(), source.end(), call), end; at != end; ++at) {
    const std::string first = joined((*at)[1]);
    const bool with_context = name == "tr" && (*at)[2].matched;
    found.insert(with_context ? "msgctxt \"" + first + "\"\nmsgid \"" + joined((*at)[2]) + "\""
                              : "msgid \"" + first + "\"");
  }
  return found;
}

}  // namespace

TEST_CASE("every notice of flow has words of its own") {
  for (const std::string_view code : flow::notice_codes()) {
    CAPTURE(std::string(code));
    CHECK(has_words(code));
  }
}

TEST_CASE("a notice says what happened and what to do in every language") {
  for (const Language language : all_languages) {
    const Locale locale = test::locale_of(language);
    for (const std::string_view code : flow::notice_codes()) {
      CAPTURE(std::string(code));
      const flow::Notice notice{flow::Tone::error, std::string(code), flow::Kept::basket, 2};
      const NoticeWords words = notice_words(locale, notice);
      CHECK_FALSE(words.what.empty());
      CHECK_FALSE(words.kept.empty());
      CHECK(words.what.find('{') == std::string::npos);
      CHECK(words.next.find('{') == std::string::npos);
    }
  }
}

TEST_CASE("an unknown error is told by its kind") {
  const Locale locale = test::locale_of(Language::en);
  const Error known{Failure::unavailable, "link.down", "", "", ""};
  const Error unknown{Failure::busy, "no.such-code", "", "", ""};
  const Error other{Failure::internal, "no.such-code", "", "", ""};
  CHECK(error_words(locale, known).what == "Head office is not responding.");
  CHECK(error_words(locale, unknown).what == "The till is busy.");
  CHECK(error_words(locale, other).what != error_words(locale, unknown).what);
}

TEST_CASE("tries left are counted by the rules of the language") {
  const auto next = [](Language language, int n) {
    const flow::Notice notice{flow::Tone::warning, "pin.wrong", flow::Kept::nothing_to_keep, n};
    return notice_words(test::locale_of(language), notice).next;
  };
  CHECK(next(Language::en, 1) == "Try again. 1 attempt left.");
  CHECK(next(Language::en, 2) == "Try again. 2 attempts left.");
  CHECK(next(Language::uk, 1).find("спроба") != std::string::npos);
  CHECK(next(Language::uk, 3).find("спроби") != std::string::npos);
  CHECK(next(Language::uk, 5).find("спроб.") != std::string::npos);
}

TEST_CASE("every message of the sources is in the catalogues") {
  const std::filesystem::path root = KEEPSAKE_SOURCE_DIR;
  const std::string catalogue = read_text(root / "assets/locale/nb.po");
  REQUIRE_FALSE(catalogue.empty());
  int messages = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "kiosk")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string source = read_text(entry.path());
    for (const char* name : {"tr", "trn", "msg", "word"}) {
      for (const std::string& message : messages_of(source, name)) {
        ++messages;
        CHECK_MESSAGE(catalogue.find(message) != std::string::npos,
                      entry.path().filename().string(), " says: ", message);
      }
    }
  }
  CHECK(messages > 300);
}

}  // namespace keepsake::screens
