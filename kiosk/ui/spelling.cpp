#include "kiosk/ui/spelling.hpp"

#include <algorithm>
#include <utility>

#include "storage/domain/values/unicode.hpp"
#include "storage/domain/values/utf8.hpp"
#include "storage/locale/letters.hpp"

namespace keepsake::ui {
namespace {

constexpr std::string_view empty_box = "\u25A1";
/// Below it are Latin letters, each whole by itself; above, everything else.
constexpr unsigned char first_byte_of_marks = 0xCC;  // U+0300

}  // namespace

void Spelling::begin_frame() {
  for (auto each = known_.begin(); each != known_.end();)
    each = std::exchange(each->second.used, false) ? std::next(each) : known_.erase(each);
}

bool Spelling::can_draw(char32_t code) {
  if (code == U'\n' || code == U' ') return true;
  return !shows_nothing(code) && !is_mark(code) && stands_alone(code) &&
         faces_.letter(Weight::regular, code).known;
}

std::string_view Spelling::shown(std::string_view text) {
  const auto plain = [](char c) { return static_cast<unsigned char>(c) < first_byte_of_marks; };
  if (std::ranges::all_of(text, plain)) return text;
  bool drawn = true;
  for (std::string_view rest = text; drawn && !rest.empty();)
    drawn = can_draw(take_code_point(rest));
  if (drawn) return text;
  Spelled& known = known_[std::string(text)];
  if (known.text.empty()) known.text = spelled(text);
  known.used = true;
  return known.text;
}

std::string Spelling::spelled(std::string_view text) {
  const std::string whole = composed(std::string(text));
  std::string out;
  std::string foreign;  // a run of what cannot be drawn, with the marks in it
  const auto spell = [&] {
    if (!foreign.empty()) out += only_drawn(in_latin(std::exchange(foreign, {})));
  };
  for (std::string_view rest = whole; !rest.empty();) {
    const CodePoint next = first_code_point(rest);
    const bool joins = is_mark(next.value) && !foreign.empty();
    if (can_draw(next.value) && !joins) spell();
    append_code_point(can_draw(next.value) && !joins ? out : foreign, next.value);
    rest.remove_prefix(next.bytes);
  }
  spell();
  // What was left out leaves no second blank behind.
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  out.erase(std::unique(out.begin(), out.end(), both_blank), out.end());
  if (out.starts_with(' ')) out.erase(0, 1);
  if (out.ends_with(' ')) out.pop_back();
  return out.empty() ? std::string(empty_box) : out;
}

std::string Spelling::only_drawn(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char32_t code = take_code_point(text);
    if (can_draw(code)) append_code_point(out, code);
  }
  return out;
}

}  // namespace keepsake::ui
