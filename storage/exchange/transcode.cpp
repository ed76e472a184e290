#include "storage/exchange/transcode.hpp"

#include <algorithm>
#include <array>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <utility>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/hex.hpp"

namespace keepsake {
namespace {

/// One character a byte or several without states, and ASCII for what CSV is made of; and UTF-16.
constexpr std::string_view known[] = {
    "utf-8",        "utf-16",       "utf-16le",     "utf-16be",       "windows-1250",
    "windows-1251", "windows-1252", "windows-1253", "windows-1254",   "windows-1255",
    "windows-1256", "windows-1257", "windows-1258", "windows-874",    "iso-8859-1",
    "iso-8859-2",   "iso-8859-3",   "iso-8859-4",   "iso-8859-5",     "iso-8859-6",
    "iso-8859-7",   "iso-8859-8",   "iso-8859-9",   "iso-8859-10",    "iso-8859-11",
    "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "iso-8859-16",    "koi8-r",
    "koi8-u",       "cp437",        "cp850",        "cp852",          "cp855",
    "cp857",        "cp866",        "macintosh",    "x-mac-cyrillic", "shift_jis",
    "euc-jp",       "gb18030",      "big5",         "euc-kr"};

constexpr std::pair<std::string_view, std::string_view> also[] = {
    {"utf8", "utf-8"},          {"utf16", "utf-16"},       {"ascii", "utf-8"},
    {"us-ascii", "utf-8"},      {"latin-1", "iso-8859-1"}, {"latin1", "iso-8859-1"},
    {"mac-roman", "macintosh"}, {"gbk", "gb18030"},        {"gb2312", "gb18030"}};

struct Mark {
  std::string_view bytes, encoding;
};
constexpr Mark marks[] = {
    {"\xEF\xBB\xBF", "utf-8"}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}};

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// What ICU's table for Windows maps to a control character means nothing to a person.
bool is_control(UChar unit) { return unit >= 0x80 && unit < 0xA0 && unit != 0x85; }

class Converted : public ByteSource {
 public:
  Converted(ByteSource& source, std::string encoding, std::string file)
      : source_(source), encoding_(std::move(encoding)), file_(std::move(file)) {}

  Result<std::size_t> read(std::span<char> into) override {
    while (at_ == out_.size()) {
      const auto more = fill();
      if (!more) return more.error();
      if (!*more) return std::size_t{0};
    }
    const std::size_t n = std::min(into.size(), out_.size() - at_);
    std::copy_n(out_.data() + at_, n, into.data());
    at_ += n;
    return n;
  }
  std::uint64_t consumed() const override { return source_.consumed(); }
  std::uint64_t size() const override { return source_.size(); }

 private:
  Result<Done> begin();
  Result<bool> fill();
  Error wrong_byte(std::size_t at, std::size_t bytes) const;
  bool converts() const { return converter_ != nullptr; }

  ByteSource& source_;
  std::string encoding_, file_;
  std::unique_ptr<UConverter, Close> converter_;  // null: the file is UTF-8
  bool began_ = false, ended_ = false;
  std::array<char, 16 * 1024> in_{};
  std::size_t have_ = 0;  // of in_, not converted yet
  std::array<UChar, 34 * 1024> units_{};
  std::array<std::int32_t, 34 * 1024> places_{};  // of each unit in in_
  std::string out_;
  std::size_t at_ = 0;
  std::uint64_t taken_ = 0;  // bytes before in_
};

/// The first bytes may say what the file is; a source may give them one by one.
Result<Done> Converted::begin() {
  began_ = true;
  while (have_ < 4) {
    const auto got = source_.read(std::span(in_).subspan(have_));
    if (!got) return got.error();
    if (*got == 0) break;
    have_ += *got;
  }
  for (const Mark& mark : marks)
    if (std::string_view(in_.data(), have_).starts_with(mark.bytes)) encoding_ = mark.encoding;
  if (encoding_ == utf8) return Done{};
  UErrorCode status = U_ZERO_ERROR;
  converter_.reset(ucnv_open(encoding_.c_str(), &status));
  if (U_SUCCESS(status))
    ucnv_setToUCallBack(converter_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
  if (U_SUCCESS(status)) return Done{};
  return Error{Failure::unavailable, "encoding.none", "This system does not support the encoding",
               file_, "Save the file as UTF-8"};
}

Error Converted::wrong_byte(std::size_t at, std::size_t bytes) const {
  std::string hex;
  for (std::size_t i = at; i < std::min(at + bytes, have_); ++i)
    hex += hex_of(std::array{static_cast<std::uint8_t>(in_[i])});
  return {Failure::bad_input, "encoding.byte", "Byte 0x" + hex + " is no character in " + encoding_,
          file_ + ", byte " + std::to_string(taken_ + at + 1),
          "Check `encoding`: the file is in another one. Or save it as UTF-8"};
}

Result<bool> Converted::fill() {
  if (!began_)
    if (auto ok = begin(); !ok) return ok.error();
  if (ended_) return false;
  if (have_ == 0) {
    const auto got = source_.read(in_);
    if (!got) return got.error();
    have_ = *got;
  }
  ended_ = have_ == 0;
  at_ = 0;
  out_.clear();
  if (!converts()) {
    out_.assign(in_.data(), have_);
    have_ = 0;
    return !ended_;
  }
  const char* from = in_.data();
  UChar* to = units_.data();
  UErrorCode status = U_ZERO_ERROR;
  ucnv_toUnicode(converter_.get(), &to, units_.data() + units_.size(), &from, in_.data() + have_,
                 places_.data(), ended_, &status);
  if (U_FAILURE(status)) {
    std::array<char, 8> bad{};
    auto bytes = static_cast<std::int8_t>(bad.size());
    UErrorCode unasked = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter_.get(), bad.data(), &bytes, &unasked);
    const auto read = static_cast<std::size_t>(from - in_.data());
    const auto length = static_cast<std::size_t>(std::max<std::int8_t>(bytes, 1));
    return wrong_byte(read > length ? read - length : 0, length);
  }
  const auto units = static_cast<std::size_t>(to - units_.data());
  const auto control = std::find_if(units_.begin(), units_.begin() + units, is_control);
  if (const auto n = static_cast<std::size_t>(control - units_.begin()); n < units)
    return wrong_byte(static_cast<std::size_t>(std::max(places_[n], 0)), 1);
  icu::UnicodeString(false, units_.data(), static_cast<std::int32_t>(units)).toUTF8String(out_);
  taken_ += have_;
  have_ = 0;
  return !ended_ || !out_.empty();
}

}  // namespace

Result<std::string> encoding_named(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), to_lower);
  for (const auto& [other, usual] : also)
    if (lower == other) return std::string(usual);
  if (std::ranges::find(known, lower) != std::end(known)) return lower;
  std::string all;
  for (const std::string_view each : known) all.append(all.empty() ? "" : ", ").append(each);
  return Error{Failure::bad_input, "encoding.name", "Unknown encoding", "", "Use one of " + all};
}

std::unique_ptr<ByteSource> transcoded(ByteSource& source, std::string encoding, std::string file) {
  return std::make_unique<Converted>(source, std::move(encoding), std::move(file));
}

}  // namespace keepsake
