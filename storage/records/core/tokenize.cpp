#include "storage/records/core/tokenize.hpp"

#include <algorithm>
#include <optional>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "storage/domain/values/ascii.hpp"

namespace keepsake::records {

namespace {

/// Latin letters that Unicode does not decompose, as they are spelled on a plain keyboard.
std::optional<std::string_view> plain(UChar32 c) {
  switch (c) {
    case 0xE6:
      return "ae";
    case 0xF0:
      return "d";
    case 0xF8:
      return "o";
    case 0xFE:
      return "th";
    case 0x111:
      return "d";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    default:
      return std::nullopt;
  }
}

/// True when the text is ASCII, which most article names are; then no ICU is needed.
bool fold_ascii(std::string_view text, std::string& folded) {
  folded.resize(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) return false;
    folded[i] = is_letter_or_digit(c) ? to_lower(text[i]) : ' ';
  }
  return true;
}

std::string fold_unicode(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* compatibility = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString folded;
  if (U_SUCCESS(status)) folded = compatibility->normalize(source.foldCase(), status);
  if (U_FAILURE(status)) folded = source;
  std::string out;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (const auto spelled = plain(c))
      out += *spelled;
    else if (u_isalnum(c))
      icu::UnicodeString(c).toUTF8String(out);
    else
      out += ' ';
  }
  return out;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::string folded;
  if (!fold_ascii(text, folded)) folded = fold_unicode(text);
  std::vector<std::string> words;
  for (std::size_t at = folded.find_first_not_of(' '); at != std::string::npos;) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.push_back(folded.substr(at, end - at));
    at = folded.find_first_not_of(' ', end);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace keepsake::records
