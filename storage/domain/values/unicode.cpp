#include "storage/domain/values/unicode.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "storage/domain/values/text.hpp"

namespace keepsake {

std::string composed(std::string text) {
  if (!is_utf8(text)) return text;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || form->isNormalizedUTF8(text, status)) return text;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  form->normalizeUTF8(0, text, sink, nullptr, status);
  return U_FAILURE(status) ? text : out;
}

bool is_mark(char32_t point) {
  return (U_GET_GC_MASK(static_cast<UChar32>(point)) & U_GC_M_MASK) != 0;
}

bool shows_nothing(char32_t point) {
  return u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (point >= 0xFFF9 && point <= 0xFFFB);  // of annotations between the lines
}

}  // namespace keepsake
