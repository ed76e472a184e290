#include "storage/domain/values/key_layout.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

/// What the keys give alone and with Shift, in one order of keys for all: where a US keyboard has
/// a to z, 1 to 0, and - = [ ] \ ; ' ` , . / . A blank: a dead key, or a letter that is not ASCII.
struct Keys {
  std::string_view letters, digits, signs;
  std::string_view shifted_letters, shifted_digits, shifted_signs;
};

constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view small_z = "abcdefghijklmnopqrstuvwxzy";  // QWERTZ
constexpr std::string_view capitals_z = "ABCDEFGHIJKLMNOPQRSTUVWXZY";
constexpr std::string_view digits = "1234567890";

constexpr std::array<Keys, key_layout_names.size()> layouts = {{
    // us
    {small, digits, R"(-=[]\;'`,./)", capitals, "!@#$%^&*()", R"(_+{}|:"~<>?)"},
    // us_caps
    {capitals, digits, R"(-=[]\;'`,./)", small, "!@#$%^&*()", R"(_+{}|:"~<>?)"},
    // uk
    {small, digits, "-=[]#;'`,./", capitals, "!\" $%^&*()", "_+{}~:@ <>?"},
    // fr
    {"qbcdefghijkl,noparstuvzxyw", "& \"'(- _  ", ")= $*m  ;:!", "QBCDEFGHIJKL?NOPARSTUVZXYW",
     digits, " +   M% ./ "},
    // be
    {"qbcdefghijkl,noparstuvzxyw", "& \"'(  !  ", ")- $ m  ;:=", "QBCDEFGHIJKL?NOPARSTUVZXYW",
     digits, " _ * M% ./+"},
    // de
    {small_z, digits, "   +#   ,.-", capitals_z, "!\" $%&/()=", "?  *'   ;:_"},
    // ch
    {small_z, digits, "'   $   ,.-", capitals_z, "+\"* %&/()=", "?  !    ;:_"},
    // cz
    {small_z, "+         ", "=  )   ;,.-", capitals_z, digits, "% /('\"! ?:_"},
    // hu
    {small_z, "123456789 ", "       0,.-", capitals_z, "'\"+!%/=() ", "        ?:_"},
    // tr
    {"abcdefgh jklmnopqrstuvwxyz", digits, "*-  , i\"  .", capitals, "!'^+%&/()=", "?_  ;     :"},
    // es
    {small, digits, "'  +    ,.-", capitals, "!\" $%&/()=", "?  *    ;:_"},
    // it
    {small, digits, "'  +   \\,.-", capitals, "!\" $%&/()=", "?^ *   |;:_"},
    // pt
    {small, digits, "' +    \\,.-", capitals, "!\"#$%&/()=", "? *    |;:_"},
    // nordic: of the four, where they differ, Norwegian
    {small, digits, "+\\  '  |,.-", capitals, "!\"# %&/()=", "?   *   ;:_"},
}};

constexpr bool is_whole(const Keys& keys) {
  return keys.letters.size() == 26 && keys.shifted_letters.size() == 26 &&
         keys.digits.size() == 10 && keys.shifted_digits.size() == 10 && keys.signs.size() == 11 &&
         keys.shifted_signs.size() == 11;
}
static_assert(std::ranges::all_of(layouts, is_whole));

using Row = std::string_view Keys::*;
constexpr std::array<Row, 6> rows = {&Keys::letters,        &Keys::digits,
                                     &Keys::signs,          &Keys::shifted_letters,
                                     &Keys::shifted_digits, &Keys::shifted_signs};

/// '\0' when that key has nothing for a code.
char read_by(const Keys& keys, char us) {
  if (us == ' ') return ' ';
  for (const Row row : rows) {
    const std::size_t at = (layouts.front().*row).find(us);
    if (at == std::string_view::npos) continue;
    const char c = (keys.*row)[at];
    return c == ' ' ? '\0' : c;
  }
  return '\0';
}

}  // namespace

std::string_view name_of(KeyLayout layout) {
  return key_layout_names[static_cast<std::size_t>(layout)];
}

std::optional<KeyLayout> parse_key_layout(std::string_view name) {
  const auto found = std::ranges::find(key_layout_names, name);
  if (found == key_layout_names.end()) return std::nullopt;
  return static_cast<KeyLayout>(found - key_layout_names.begin());
}

std::optional<std::string> read_by(KeyLayout layout, std::string_view us_text) {
  std::string text;
  for (const char us : us_text) {
    const char c = read_by(layouts[static_cast<std::size_t>(layout)], us);
    if (c == '\0') return std::nullopt;
    text += c;
  }
  return text;
}

std::vector<std::string> other_readings(std::string_view us_text) {
  std::vector<std::string> found;
  for (std::size_t i = 1; i < layouts.size(); ++i) {
    auto text = read_by(static_cast<KeyLayout>(i), us_text);
    if (text && *text != us_text && std::ranges::find(found, *text) == found.end())
      found.push_back(*std::move(text));
  }
  return found;
}

}  // namespace keepsake
