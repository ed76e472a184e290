#include "kiosk/devices/code_page.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "storage/domain/values/unicode.hpp"
#include "storage/domain/values/utf8.hpp"
#include "storage/locale/letters.hpp"

namespace keepsake::devices {
namespace {

using Upper = std::array<char16_t, 128>;  // code points of bytes 0x80 to 0xFF; 0: undefined

// The Unicode Consortium's mapping tables for CP1252, CP1251 and CP866.
// clang-format off
constexpr Upper upper_1252 = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017D, 0x0000,
    0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
    0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
    0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
    0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
    0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
    0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
    0x00D0, 0x00D1, 0x00D2, 0x00D3, 0x00D4, 0x00D5, 0x00D6, 0x00D7,
    0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x00DD, 0x00DE, 0x00DF,
    0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF,
    0x00F0, 0x00F1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x00F6, 0x00F7,
    0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x00FD, 0x00FE, 0x00FF,
};
constexpr Upper upper_1251 = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021,
    0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
    0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x0000, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
    0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7,
    0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
    0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
    0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
    0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
    0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
    0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
    0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
    0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
    0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
    0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
    0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
};
constexpr Upper upper_866 = {
    0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
    0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
    0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
    0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
    0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
    0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556,
    0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510,
    0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567,
    0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B,
    0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
    0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
    0x0401, 0x0451, 0x0404, 0x0454, 0x0407, 0x0457, 0x040E, 0x045E,
    0x00B0, 0x2219, 0x00B7, 0x221A, 0x2116, 0x00A4, 0x25A0, 0x00A0,
};
// clang-format on

/// Of PC437 only what rules are drawn with.
constexpr Upper upper_437_rules = [] {
  Upper upper{};
  upper[0xC4 - 0x80] = 0x2500;
  upper[0xCD - 0x80] = 0x2550;
  return upper;
}();

const Upper& upper_of(CodePage page) {
  switch (page) {
    case CodePage::pc437:
      return upper_437_rules;
    case CodePage::wpc1252:
      return upper_1252;
    case CodePage::pc866:
      return upper_866;
    case CodePage::wpc1251:
      return upper_1251;
  }
  assert(false);
  return upper_437_rules;
}

CodePage cyrillic_page(Cyrillic cyrillic) {
  return cyrillic == Cyrillic::pc866 ? CodePage::pc866 : CodePage::wpc1251;
}

struct Substitute {
  char32_t point;
  std::u32string_view text;
};

constexpr Substitute substitutes[] = {
    {U'\u0456', U"i"},
    {U'\u0406', U"I"},  // Ukrainian i, where a page lacks it: the same shape
    {U'\u0491', U"\u0433"},
    {U'\u0490', U"\u0413"},
    {U'\u04D8', U"\u0410"},  // Kazakh and Mongolian letters that no page has
    {U'\u04D9', U"\u0430"},
    {U'\u04AE', U"\u0423"},
    {U'\u04AF', U"\u0443"},
    {U'\u04B0', U"\u0423"},
    {U'\u04B1', U"\u0443"},
    {U'\u04E8', U"\u041E"},
    {U'\u04E9', U"\u043E"},
    {U'\u04BA', U"\u0425"},
    {U'\u04BB', U"\u0445"},
    {U'\u0132', U"IJ"},
    {U'\u0133', U"ij"},
    {U'\u02BC', U"'"},
    {U'\u02B9', U"'"},
    {U'\u2010', U"-"},
    {U'\u2011', U"-"},
    {U'\u2212', U"-"},
    {U'\u1E9E', U"SS"},
    {U'\u20B4', U"\u0433\u0440\u043D"},  // hryvnia
    {U'\u20B1', U"P"},
    {U'\u20BD', U"P"},
    {U'\u20B9', U"Rs"},
    {U'\u20A8', U"Rs"},
    {U'\u20BA', U"TL"},  // the others as shops write them, or by their code
    {U'\u09F3', U"Tk"},
    {U'\u20AB', U"VND"},
    {U'\u20A9', U"KRW"},
    {U'\u0E3F', U"THB"},
    {U'\u20AA', U"ILS"},
    {U'\u20A6', U"NGN"},
    {U'\u20A1', U"CRC"},
    {U'\u20B2', U"PYG"},
    {U'\u20AD', U"LAK"},
    {U'\u20AE', U"MNT"},
    {U'\u20B5', U"GHS"},
    {U'\u20B8', U"KZT"},
    {U'\u20BE', U"GEL"},
    {U'\u20BC', U"AZN"},
    {U'\u17DB', U"KHR"},
    {U'\u2116', U"No"},
    {U'\u2192', U"->"},
    {U'\u2713', U"v"},
};

bool is_space(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0xA0) || (point >= 0x2000 && point <= 0x200A) ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

/// Pictures that people put into names: left out, as nothing can be said for them in letters.
bool is_picture(char32_t point) {
  return (point >= 0x2600 && point <= 0x27BF) || (point >= 0x1F000 && point <= 0x1FAFF);
}

bool on_some_page(char32_t point, Cyrillic cyrillic) {
  return byte_of(CodePage::wpc1252, point) || byte_of(cyrillic_page(cyrillic), point) ||
         byte_of(CodePage::pc437, point);
}

/// Puts a text together from what a printer has. What it lacks waits until the next sign that it
/// has: words of other scripts are spelled whole.
class Spelling {
 public:
  explicit Spelling(Cyrillic cyrillic) : cyrillic_(cyrillic) {}

  void put(char32_t point) {
    if (is_mark(point) || shows_nothing(point) || is_picture(point)) {
      if (!foreign_.empty() && is_mark(point)) append_code_point(foreign_, point);
      return;
    }
    if (put_known(point)) return;
    append_code_point(foreign_, point);
  }
  std::u32string finish() {
    spell();
    return std::move(out_);
  }

 private:
  bool put_known(char32_t point) {
    if (is_space(point)) return add(U" ");
    if (on_some_page(point, cyrillic_)) return add({&point, 1});
    const auto* found = std::find_if(std::begin(substitutes), std::end(substitutes),
                                     [&](const Substitute& s) { return s.point == point; });
    if (found != std::end(substitutes)) return add(found->text);
    const char32_t bare = without_marks(point);
    return on_some_page(bare, cyrillic_) && add({&bare, 1});
  }
  bool add(std::u32string_view text) {
    spell();
    out_ += text;
    return true;
  }
  void spell() {
    if (foreign_.empty()) return;
    const std::string ascii = in_ascii(std::exchange(foreign_, {}));
    for (std::string_view rest = ascii; !rest.empty();) {
      const char32_t point = take_code_point(rest);
      if (!is_mark(point)) out_ += point < 0x80 ? point : U'?';
    }
  }

  Cyrillic cyrillic_;
  std::u32string out_;
  std::string foreign_;
};

}  // namespace

std::optional<std::uint8_t> byte_of(CodePage page, char32_t point) {
  if (point < 0x80) return static_cast<std::uint8_t>(point);
  const Upper& upper = upper_of(page);
  const auto found = std::find(upper.begin(), upper.end(), static_cast<char16_t>(point));
  if (point > 0xFFFF || found == upper.end()) return std::nullopt;
  return static_cast<std::uint8_t>(0x80 + (found - upper.begin()));
}

char32_t code_point_of(CodePage page, std::uint8_t byte) {
  if (byte < 0x80) return byte;
  const char16_t point = upper_of(page)[byte - 0x80U];
  return point == 0 ? U'\uFFFD' : point;
}

std::optional<CodePage> code_page_of(std::uint8_t number) {
  for (const CodePage page :
       {CodePage::pc437, CodePage::wpc1252, CodePage::pc866, CodePage::wpc1251})
    if (static_cast<std::uint8_t>(page) == number) return page;
  return std::nullopt;
}

std::u32string printable(std::string_view utf8, Cyrillic cyrillic) {
  Spelling spelling(cyrillic);
  const std::string text = composed(std::string(utf8));
  for (std::string_view rest = text; !rest.empty();) spelling.put(take_code_point(rest));
  return spelling.finish();
}

CodePage page_for(char32_t point, CodePage current, Cyrillic cyrillic) {
  for (const CodePage page : {current, CodePage::wpc1252, cyrillic_page(cyrillic), CodePage::pc437})
    if (byte_of(page, point)) return page;
  assert(false && "not from printable()");
  return current;
}

}  // namespace keepsake::devices
