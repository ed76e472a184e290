#include "storage/domain/values/tidy.hpp"

#include <algorithm>
#include <unicode/uchar.h>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/unicode.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

enum class Blanks { one, none };

/// As nearly every text is.
bool is_tidy_ascii(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ')) return false;
  char before = 'x';
  for (const char c : text) {
    if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return true;
}

bool is_joiner(char32_t point) { return point == 0x200C || point == 0x200D; }

/// Arabic and Indic letters and pictures are written with joiners; Latin, Greek and Cyrillic are
/// not.
bool is_joined(char32_t point) {
  if (point < 0x590) return false;
  const auto kind = u_charType(static_cast<UChar32>(point));
  return (U_MASK(kind) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_SO_MASK)) != 0;
}

/// Takes a text sign by sign; what stands between two signs waits until the second one comes.
class Tidying {
 public:
  explicit Tidying(Blanks blanks) : blanks_(blanks) {}

  void take(const CodePoint& point, std::string_view bytes) {
    if (!point.well_formed) return put(point.value, bytes);
    if (point.value == U'\n')
      line_ = true;
    else if (u_isUWhiteSpace(static_cast<UChar32>(point.value)))
      gap_ = true;
    else if (is_joiner(point.value))
      joiner_ = bytes;
    else if (!shows_nothing(point.value))
      put(point.value, bytes);
  }
  std::string done() { return composed(std::move(out_)); }

 private:
  void put(char32_t point, std::string_view bytes) {
    if (blanks_ == Blanks::one && !out_.empty()) {
      if (line_)
        out_ += '\n';
      else if (gap_)
        out_ += ' ';
    }
    if (!gap_ && !line_ && is_joined(before_) && is_joined(point)) out_ += joiner_;
    out_ += bytes;
    before_ = point;
    gap_ = line_ = false;
    joiner_ = {};
  }

  Blanks blanks_;
  std::string out_;
  char32_t before_ = 0;
  bool gap_ = false, line_ = false;
  std::string_view joiner_;
};

std::string tidied(std::string_view text, Blanks blanks) {
  Tidying tidying(blanks);
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    tidying.take(point, text.substr(0, point.bytes));
    text.remove_prefix(point.bytes);
  }
  return tidying.done();
}

}  // namespace

std::string tidied(std::string_view text) {
  return is_tidy_ascii(text) ? std::string(text) : tidied(text, Blanks::one);
}

std::string without_blanks(std::string_view text) { return tidied(text, Blanks::none); }

std::string code_key(std::string_view code) {
  std::string key = without_blanks(code);
  std::ranges::transform(key, key.begin(), to_lower);
  return key;
}

}  // namespace keepsake
