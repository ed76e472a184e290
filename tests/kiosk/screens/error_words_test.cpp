// Errors that reach the screen are told in words. Which there are is read from the sources, so that
// a new one has to be thought of: words of its own, or "told by its kind" with a reason.
#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "kiosk/screens/shared/notices.hpp"
#include "tests/support/ui_harness.hpp"

namespace keepsake::screens {
namespace {

namespace fs = std::filesystem;
const fs::path root = KEEPSAKE_SOURCE_DIR;

/// What the worker asks, and all that this calls.
const std::array reached = {"storage/domain",  "storage/engine",  "storage/facts",
                            "storage/records", "storage/vault",   "storage/programme",
                            "storage/book",    "storage/journal", "storage/services",
                            "kiosk/app",       "kiosk/devices",   "kiosk/flow"};

struct Family {
  std::string_view prefix;
  const char* reason;  // for which its kind says all that can be said at a till
};
const std::array told_by_kind = {
    Family{"db.", "the technician's: the kind says whether to wait or to call"},
    Family{"disk.io", "the technician's"},
    Family{"schema.", "at the start, before there is a screen"},
    Family{"records.", "the technician's"},
    Family{"vault.", "the technician's"},
    Family{"journal.", "the technician's"},
    Family{"fact.", "a fact that cannot be read is the technician's"},
    Family{"ack.", "the line's, shown where the line is"},
    Family{"book.", "at the start, before there is a screen"},
    Family{"settings.", "at the start, before there is a screen"},
    Family{"address.", "addresses to listen at are of settings and commands"},
    Family{"time-zone.", "at the start, before there is a screen"},
    Family{"enrol.", "the technician's: a terminal is enrolled by the command"},
    Family{"backup.", "backups are the command's"},
    Family{"consents.limit", "a till asks for three"},
    Family{"log.", "at the start, before there is a screen"},
    Family{"play.", "of scripted days"},
    Family{"printer.", "\"print.failed\" is what staff are told"},
    Family{"print.", "\"print.failed\" is what staff are told"},
    Family{"escpos.", "\"print.failed\" is what staff are told"},
    Family{"preview.", "\"print.failed\" is what staff are told"},
    Family{"font.", "\"print.failed\" is what staff are told"},
    Family{"dormancy.", "head office says who leaves a store"},
    Family{"programme.", "a programme is published by the command, which explains it"},
    Family{"catalogue.", "a catalogue comes by the command or from head office"},
    Family{"article.", "a catalogue comes by the command or from head office"},
    Family{"price.", "a catalogue comes by the command or from head office"},
    Family{"tax.", "a catalogue comes by the command or from head office"},
    Family{"currency.", "a catalogue comes by the command or from head office"},
    Family{"cash.step", "a setting"},
    Family{"adjustment.", "points are adjusted by the command"},
    Family{"pin.syntax", "screens ask for digits, and say so where there are too few"},
    Family{"pin.memory", "passing; the kind says that it may be tried again"},
    Family{"staff.id", "the program makes it"},
    Family{"staff.name", "screens ask for it before they ask the worker"},
    Family{"import.", "imports are the command's"},
    Family{"file.", "files are the command's"},
    Family{"files.", "files are the command's"},
    Family{"image.", "files are the command's"},
    Family{"facts.", "packed facts go between programs"},
    Family{"hash.", "files are the command's"},
    Family{"erase.", "erasing is the command's"},
    Family{"keys.", "copies of keys are the command's"},
    Family{"passphrase.", "copies of keys are the command's"},
    Family{"referrer.", "no screen asks who brought somebody; the command does"},
    Family{"return.", "returns are the command's"},
    Family{"request.", "what head office says comes by the command"},
    Family{"exception.code", "the page names what it has"},
    Family{"exception.debt", "the page says what the rules give it"},
    Family{"exception.decision", "the page has a button for each decision that can be said"},
    Family{"exception.which", "names are typed at the command"},
    Family{"quote.", "the screens make no quote that is not whole"},
    Family{"lot.", "a ledger that does not add up is the technician's"},
    Family{"loyalty.limit", "a ledger that does not add up is the technician's"},
    Family{"expiry.", "the program's own daily work"},
    Family{"points.negative", "the program's own arithmetic"},
    Family{"money.weights", "the program's own arithmetic"},
    Family{"money.currency", "the program's own arithmetic"},
    Family{"date.", "screens step dates, nobody types one freely"},
    Family{"time.", "times with an offset are of commands"},
    Family{"id.", "ids are the program's own"},
    Family{"gift-card.form", "ids are the program's own"},
    Family{"gift-card.statement", "head office alone states what is on a card"},
    Family{"wallet.nobody", "a wallet is filled up and blocked where its customer is known"},
    Family{"cover.kind", "covers follow from the article and the settings"},
    Family{"cover.line", "the command says when a cover begins"},
    Family{"cover.none", "screens register only what has a cover"},
    Family{"cover.period", "periods are of the catalogue and the settings"},
    Family{"cover.start", "the command says when a cover begins"},
    Family{"cover.usage", "extents of use are of the catalogue"},
    Family{"serial.rule", "rules for serials are of the catalogue"},
    Family{"contact.", "screens offer only kinds and entries that there are"},
    Family{"field.twice", "screens change one field at a time"},
    Family{"field.unknown", "screens offer only fields that are declared"},
    Family{"change.", "a profile too full or damaged: the kind says which"},
    Family{"profile.", "a profile too full or damaged: the kind says which"},
    Family{"codes.", "lists of codes come by the command"},
    Family{"level.nobody", "a level is given on the page of a customer"},
    Family{"note.", "a note that cannot be opened is the technician's"},
    Family{"retention.many", "words for the manager stand in the notice of the day"},
    Family{"consent.", "screens offer only texts and languages that there are"},
    Family{"memory.", "passing; the kind says that it may be tried again"},
    Family{"pages.format", "a database that cannot be one: the kind says that it is damaged"},
    Family{"rows.columns", "inside: tables of one version are copied"},
    Family{"snapshot.", "another one is fetched by itself; the sync screen says how far it is"},
    Family{"sealed.", "a profile too full or damaged: the kind says which"},
};

bool is_told_by_kind(std::string_view code) {
  return std::ranges::any_of(told_by_kind,
                             [&](const Family& each) { return code.starts_with(each.prefix); });
}

std::string source_text(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Code and kind of every error made in `folder`, with the file that makes it.
struct Made {
  std::string code, kind, file;
};
std::vector<Made> made_in(const char* folder) {
  static const std::regex error(R"re(Failure::(\w+),\s*"([a-z-]+\.[a-z0-9-]+)")re");
  std::vector<Made> found;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    const std::string source = source_text(entry.path());
    for (std::sregex_iterator at(source.begin(), source.end(), error), end; at != end; ++at)
      found.push_back({(*at)[2], (*at)[1], entry.path().filename().string()});
  }
  return found;
}

const std::map<std::string, Failure> kinds = {
    {"bad_input", Failure::bad_input},     {"not_found", Failure::not_found},
    {"refused", Failure::refused},         {"limit", Failure::limit},
    {"corrupt", Failure::corrupt},         {"busy", Failure::busy},
    {"unavailable", Failure::unavailable}, {"internal", Failure::internal}};

}  // namespace

TEST_CASE("every error that the sources can bring to the screen has words") {
  std::size_t errors = 0;
  for (const char* folder : reached) {
    for (const Made& made : made_in(folder)) {
      CAPTURE(made.code);
      CAPTURE(made.file);
      ++errors;
      REQUIRE(kinds.contains(made.kind));
      const std::string said = flow::notice_code({kinds.at(made.kind), made.code, {}, {}, {}});
      CHECK(has_words(said));
      // Words of its own that the screen would not use are no words.
      if (has_words(made.code) && !made.code.starts_with("book.") &&
          !made.code.starts_with("schema."))
        CHECK(said == made.code);
      if (said != made.code) CHECK(is_told_by_kind(made.code));
    }
  }
  CHECK(errors > 100);
}

TEST_CASE("every refusal of flow is on its list") {
  static const std::regex said(
      R"re((?:refuse|refused|say)\(\s*(?:Tone::\w+,\s*)?"([a-z-]+\.[a-z0-9-]+)")re");
  const auto codes = flow::notice_codes();
  std::size_t refusals = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root / "kiosk/flow")) {
    if (!entry.is_regular_file()) continue;
    const std::string source = source_text(entry.path());
    for (std::sregex_iterator at(source.begin(), source.end(), said), end; at != end; ++at) {
      ++refusals;
      CHECK_MESSAGE(std::ranges::find(codes, (*at)[1].str()) != codes.end(), (*at)[1].str());
    }
  }
  CHECK(refusals > 40);
}

TEST_CASE("no words are kept for errors that nobody makes") {
  std::string sources;
  for (const char* folder : {"storage", "kiosk", "sync"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if ((entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp") &&
          entry.path().filename() != "notice.cpp" && entry.path().filename() != "notices.cpp")
        sources += source_text(entry.path());
  for (const std::string_view code : flow::notice_codes())
    CHECK_MESSAGE((code.starts_with("failure.") ||
                   sources.find('"' + std::string(code) + '"') != std::string::npos),
                  std::string(code));
}

TEST_CASE("what an error says is said in every language") {
  const Locale english = test::locale_of(Language::en);
  for (const Language language : all_languages) {
    const Locale locale = test::locale_of(language);
    for (const std::string_view code : flow::notice_codes()) {
      CAPTURE(std::string(code));
      const flow::Notice notice{flow::Tone::error, std::string(code), flow::Kept::form, 0, {}};
      const NoticeWords words = notice_words(locale, notice);
      CHECK_FALSE(words.what.empty());
      if (language == Language::en) continue;
      const NoticeWords said = notice_words(english, notice);
      CHECK(words.what != said.what);
      if (!said.next.empty()) CHECK(words.next != said.next);
    }
  }
}

}  // namespace keepsake::screens
