#include "storage/locale/locale.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <random>

using namespace keepsake;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

/// A catalogue written byte by byte, so that the test needs no msgfmt.
class Catalogues {
 public:
  Catalogues() {
    folder_ = std::filesystem::temp_directory_path() /
              ("keepsake-locale-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder_);
  }
  ~Catalogues() { std::filesystem::remove_all(folder_); }
  const std::filesystem::path& folder() const { return folder_; }

  using Messages = std::vector<std::pair<std::string, std::string>>;
  void write(std::string_view language, Messages messages) const {
    std::sort(messages.begin(), messages.end());
    std::string ids, texts, id_table, text_table;
    const auto count = static_cast<std::uint32_t>(messages.size());
    const std::uint32_t strings = 28 + count * 16;
    std::uint32_t id_bytes = 0;
    for (const auto& [id, text] : messages) id_bytes += static_cast<std::uint32_t>(id.size()) + 1;
    for (const auto& [id, text] : messages) {
      put(id_table, static_cast<std::uint32_t>(id.size()));
      put(id_table, strings + static_cast<std::uint32_t>(ids.size()));
      put(text_table, static_cast<std::uint32_t>(text.size()));
      put(text_table, strings + id_bytes + static_cast<std::uint32_t>(texts.size()));
      ids += id + '\0';
      texts += text + '\0';
    }
    std::string head;
    for (const std::uint32_t word : {0x950412DEu, 0u, count, 28u, 28 + count * 8, 0u, strings}) {
      put(head, word);
    }
    save(language, head + id_table + text_table + ids + texts);
  }
  void save(std::string_view language, const std::string& bytes) const {
    const auto folder = folder_ / language / "LC_MESSAGES";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "keepsake.mo", std::ios::binary) << bytes;
  }

 private:
  static void put(std::string& out, std::uint32_t word) {
    for (int i = 0; i < 4; ++i) out += static_cast<char>(word >> (8 * i));
  }
  std::filesystem::path folder_;
};

const std::string uk_header =
    "Content-Type: text/plain; charset=UTF-8\n"
    "Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);\n";

Currency currency(std::string_view code) {
  const auto parsed = Currency::parse(code);
  REQUIRE(parsed.ok());
  return *parsed;
}

LocalTime at_minute(int minute) { return {{minute * 60'000LL}, 0}; }

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr Date november{2026y, std::chrono::November, 21d};

}  // namespace

TEST_CASE("languages are found by their tags") {
  for (const auto language : all_languages) CHECK(parse_language(code_of(language)) == language);
  CHECK(parse_language("nb-NO") == Language::nb);
  CHECK(parse_language("no") == Language::nb);
  CHECK(parse_language("tl") == Language::fil);
  CHECK_FALSE(parse_language("de").has_value());
  CHECK(native_name(Language::uk) == "Українська");
}

TEST_CASE("placeholders are filled and bad patterns stay harmless") {
  CHECK(fill("{points} points", {{"points", "12"}}) == "12 points");
  CHECK(fill("{a}{b}{a}", {{"a", "1"}, {"b", "{a}"}}) == "1{a}1");
  CHECK(fill("{unknown} {", {{"a", "1"}}) == "{unknown} {");
  CHECK(fill("}{} {a", {{"a", "1"}}) == "}{} {a");
  CHECK(fill("{{a}}", {{"a", "1"}}) == "{1}");
  CHECK(fill("", {}).empty());
}

TEST_CASE("messages and plural forms come from the catalogue") {
  const Catalogues catalogues;
  catalogues.write("uk", {{"", uk_header},
                          {"Pay", "Сплатити"},
                          {"verb\004Return", "Повернути"},
                          {"{n} day\0{n} days"s, "{n} день\0{n} дні\0{n} днів"s}});
  const auto uk = Locale::make(Language::uk, "UA", catalogues.folder());
  CHECK(uk.tr("Pay") == "Сплатити");
  CHECK(uk.tr("verb", "Return") == "Повернути");
  CHECK(uk.tr("Return") == "Return");
  CHECK(uk.tr("").empty());
  CHECK(uk.trn("{n} day", "{n} days", 1) == "1 день");
  CHECK(uk.trn("{n} day", "{n} days", 3) == "3 дні");
  CHECK(uk.trn("{n} day", "{n} days", 11) == "11 днів");
  CHECK(uk.trn("{n} day", "{n} days", 10'000'000'000'005) ==
        "10\u00A0000\u00A0000\u00A0000\u00A0005 днів");
  const auto codes = code_points_of_catalogues(catalogues.folder());
  CHECK(std::binary_search(codes.begin(), codes.end(), U'С'));
  CHECK(std::is_sorted(codes.begin(), codes.end()));
}

TEST_CASE("a missing or damaged catalogue speaks English") {
  const Catalogues catalogues;
  catalogues.save("nl", "this is no catalogue at all, but long enough to look at");
  catalogues.save(
      "id", std::string("\xDE\x12\x04\x95\0\0\0\0\xFF\xFF\xFF\x7F", 12) + std::string(40, '\x7F'));
  for (const auto language : all_languages) {
    const auto locale = Locale::make(language, "NL", catalogues.folder());
    CHECK(locale.tr("Pay") == "Pay");
    CHECK(locale.trn("{n} day", "{n} days", 1) == "1 day");
    CHECK(locale.trn("{n} day", "{n} days", 2) == "2 days");
  }
  CHECK_FALSE(code_points_of_catalogues(catalogues.folder()).empty());
}

TEST_CASE("figures are grouped and separated as the language does") {
  const Locale en;
  const auto nb = Locale::make(Language::nb, "NO", "");
  const auto nl = Locale::make(Language::nl, "NL", "");
  CHECK(en.number(1234567) == "1,234,567");
  CHECK(en.number(-5) == "\u22125");
  CHECK(nb.number(1234567) == "1\u00A0234\u00A0567");
  CHECK(nl.number(1234) == "1.234");
  CHECK(nb.points({128'400}) == "1\u00A0284");
  CHECK(nb.points({50}) == "0,5");
  CHECK(nl.quantity({742}) == "0,742");
  CHECK(en.percent_bp(2500) == "25%");
  CHECK(contains(nb.percent_bp(1250), "12,5"));
  CHECK(nb.decimal_separator() == ',');
  CHECK(en.decimal_separator() == '.');
}

TEST_CASE("money is exact and its form follows language and country") {
  const auto gbp = currency("GBP");
  const auto nok = currency("NOK");
  const auto en = Locale::make(Language::en, "GB", "");
  const auto nb = Locale::make(Language::nb, "NO", "");
  CHECK(en.money({128'450, gbp}) == "£1,284.50");
  CHECK(en.money({-500, gbp}) == "\u2212£5.00");
  CHECK(contains(nb.money({12'840, nok}), "128,40"));
  CHECK(contains(nb.money({12'840, nok}), "kr"));
  CHECK(contains(nb.money({-12'840, nok}), "\u2212"));
  CHECK(nb.amount({722'661, nok}) == "7\u00A0226,61");
  CHECK(en.amount({999'999'999'999'99, gbp}) == "999,999,999,999.99");
  CHECK(contains(en.money({500, nok}), "kr"));
}

TEST_CASE("days and hours are said in the language") {
  const auto en = Locale::make(Language::en, "NO", "");  // no Norwegian English: the British way
  const auto uk = Locale::make(Language::uk, "UA", "");
  CHECK(en.date_short(november) == "21/11/2026");
  CHECK(en.date_long(november) == "21 November 2026");
  CHECK(en.date_day_month(november) == "21 Nov");
  CHECK(en.time(at_minute(14 * 60 + 2)) == "14:02");
  CHECK(uk.date_short(november) == "21.11.2026");
  CHECK(uk.month(november) == "листопад");
  CHECK(contains(en.month_year(november), "November"));
  const auto day = std::chrono::sys_days(november);
  CHECK(en.relative_days(november, november) == "today");
  CHECK(en.relative_days(Date(day + std::chrono::days(1)), november) == "tomorrow");
  CHECK(en.relative_days(Date(day + std::chrono::days(12)), november) == "in 12 days");
  CHECK(en.relative_days(Date(day - std::chrono::days(1)), november) == "yesterday");
  CHECK(en.relative_days(Date(day - std::chrono::days(3)), november) == "3 days ago");
}

TEST_CASE("the greeting follows the hour") {
  const Locale en;
  CHECK(en.greeting(at_minute(3 * 60)) == "Hello");
  CHECK(en.greeting(at_minute(9 * 60)) == "Good morning");
  CHECK(en.greeting(at_minute(14 * 60), "Ingrid H.") == "Good afternoon, Ingrid H.");
  CHECK(en.greeting(at_minute(20 * 60), "") == "Good evening");
}

TEST_CASE("order and capitals are those of the language") {
  const auto nb = Locale::make(Language::nb, "NO", "");
  CHECK(nb.compare("Zebra", "Ærlig") < 0);
  CHECK(nb.compare("Ærlig", "Ås") < 0);
  CHECK(nb.compare("same", "same") == 0);
  CHECK(Locale::make(Language::uk, "UA", "").upper("їжак") == "ЇЖАК");
  CHECK(nb == Locale::make(Language::nb, "NO", ""));
  CHECK_FALSE(nb == Locale());
}
