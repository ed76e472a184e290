#include "storage/locale/letters.hpp"

#include <cassert>
#include <memory>
#include <mutex>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace keepsake {
namespace {

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

UScriptCode script_of(char32_t point) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(point), &status);
}

/// ICU makes one from its rules in some ten milliseconds, so each is made once. Without ICU's data
/// there is none, and the text stays as it is.
class Rules {
 public:
  explicit Rules(const char* id) {
    UErrorCode status = U_ZERO_ERROR;
    rules_.reset(icu::Transliterator::createInstance(icu::UnicodeString::fromUTF8(id),
                                                     UTRANS_FORWARD, status));
  }
  void apply(icu::UnicodeString& text) const {
    if (rules_ == nullptr) return;
    // ICU does not promise that one transliterator can be used by several threads.
    const std::lock_guard lock(mutex_);
    rules_->transliterate(text);
  }

 private:
  std::unique_ptr<icu::Transliterator> rules_;
  mutable std::mutex mutex_;
};

bool knows_capitals(const icu::UnicodeString& text) {
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    if (u_isalpha(text.char32At(at)) &&
        uscript_isCased(script_of(static_cast<char32_t>(text.char32At(at)))))
      return true;
  }
  return false;
}

std::string name_of(char32_t point) {
  char text[128];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length = u_charName(static_cast<UChar32>(point), U_UNICODE_CHAR_NAME, text,
                                    static_cast<int32_t>(sizeof text), &status);
  return {text, U_SUCCESS(status) ? static_cast<std::size_t>(length) : 0};
}

/// "KA WITH DESCENDER" is a ka, though Unicode's data does not take its tail off. The same point
/// when its name names no other.
char32_t without_addition(char32_t point) {
  std::string name = name_of(point);
  const auto addition = name.find(" WITH ");
  if (addition == std::string::npos) return point;
  name.resize(addition);
  UErrorCode status = U_ZERO_ERROR;
  const UChar32 plain = u_charFromName(U_UNICODE_CHAR_NAME, name.c_str(), &status);
  return U_SUCCESS(status) ? static_cast<char32_t>(plain) : point;
}

/// A Latin letter that is another one turned, hooked or barred, by the name that Unicode gives it:
/// "LATIN SMALL LETTER OPEN E" is e. 0: it is none.
char plain_by_name(char32_t point) {
  struct Odd {
    std::string_view name;
    char plain;
  };
  static constexpr Odd odd_letters[] = {{"SCHWA", 'E'}, {"EZH", 'Z'}, {"YOGH", 'Y'}, {"ESH", 'S'}};
  const std::string whole = name_of(point);
  std::string_view name = whole;
  const bool small = name.starts_with("LATIN SMALL LETTER ");
  if (!small && !name.starts_with("LATIN CAPITAL LETTER ")) return 0;
  name = name.substr(0, name.find(" WITH "));
  name.remove_prefix(name.rfind(' ') + 1);
  char plain = name.size() == 1 ? name.front() : '\0';
  for (const Odd& odd : odd_letters)
    if (odd.name == name) plain = odd.plain;
  return small && plain != 0 ? static_cast<char>(plain - 'A' + 'a') : plain;
}

/// What Unicode's own rules leave behind.
icu::UnicodeString without_rest(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 point = text.char32At(at);
    const char plain = point < 0x80 ? '\0' : plain_by_name(static_cast<char32_t>(point));
    // Breathings and glottal stops of other scripts.
    const bool breath = u_charType(point) == U_MODIFIER_LETTER;
    if (plain != 0)
      out.append(static_cast<UChar32>(plain));
    else if (breath)
      out.append(static_cast<UChar32>('\''));
    else
      out.append(point);
  }
  return out;
}

}  // namespace

char32_t without_marks(char32_t point) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString apart;
  if (U_FAILURE(status) || !form->getDecomposition(static_cast<UChar32>(point), apart))
    return without_addition(point);
  return static_cast<char32_t>(apart.char32At(0));
}

bool stands_alone(char32_t point) {
  switch (script_of(point)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
      return true;
    default:
      return false;
  }
}

std::string in_latin(std::string_view text) {
  static const Rules to_latin("Any-Latin; NFC");
  icu::UnicodeString out = utf16(text);
  const bool capitals = knows_capitals(out);
  to_latin.apply(out);
  if (!capitals) out.toTitle(nullptr, icu::Locale::getRoot());
  return utf8(out);
}

std::string in_ascii(std::string_view text) {
  static const Rules to_ascii("Latin-ASCII");
  icu::UnicodeString out = utf16(in_latin(text));
  to_ascii.apply(out);
  return utf8(without_rest(out));
}

}  // namespace keepsake
