#include "storage/exchange/transcode.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <utility>

namespace keepsake {
namespace {

class PassedOn : public ByteSource {
 public:
  explicit PassedOn(ByteSource& source) : source_(source) {}
  Result<std::size_t> read(std::span<char> into) override { return source_.read(into); }
  std::uint64_t consumed() const override { return source_.consumed(); }
  std::uint64_t size() const override { return source_.size(); }

 private:
  ByteSource& source_;
};

/// One byte of a Western encoding is at most three of UTF-8.
class Converted : public ByteSource {
 public:
  Converted(ByteSource& source, const char* from, std::string file)
      : source_(source), file_(std::move(file)), converter_(iconv_open("UTF-8", from)) {}
  ~Converted() override {
    if (ready()) iconv_close(converter_);
  }
  Converted(const Converted&) = delete;
  Converted& operator=(const Converted&) = delete;

  Result<std::size_t> read(std::span<char> into) override {
    if (!ready())
      return Error{Failure::unavailable, "encoding.none",
                   "This system does not support the encoding", file_, "Save the file as UTF-8"};
    while (at_ == end_) {
      const auto more = fill();
      if (!more) return more.error();
      if (!*more) return std::size_t{0};
    }
    const std::size_t n = std::min(into.size(), end_ - at_);
    std::copy_n(out_.data() + at_, n, into.data());
    at_ += n;
    return n;
  }
  std::uint64_t consumed() const override { return source_.consumed(); }
  std::uint64_t size() const override { return source_.size(); }

 private:
  bool ready() const { return converter_ != reinterpret_cast<iconv_t>(-1); }

  Result<bool> fill() {
    const auto got = source_.read(in_);
    if (!got) return got.error();
    if (*got == 0) return false;
    char* from = in_.data();
    std::size_t left = *got;
    char* to = out_.data();
    std::size_t room = out_.size();
    if (iconv(converter_, &from, &left, &to, &room) == static_cast<std::size_t>(-1))
      return Error{Failure::bad_input, "encoding.byte",
                   "A byte is not valid in the declared encoding",
                   file_ + ", byte " + std::to_string(taken_ + *got - left + 1),
                   "Check `encoding` of the map, or save the file as UTF-8"};
    taken_ += *got;
    at_ = 0;
    end_ = out_.size() - room;
    return true;
  }

  ByteSource& source_;
  std::string file_;
  iconv_t converter_;
  std::array<char, 16 * 1024> in_{};
  std::array<char, 48 * 1024> out_{};
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t taken_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> transcoded(ByteSource& source, Encoding encoding, std::string file) {
  switch (encoding) {
    case Encoding::latin1:
      return std::make_unique<Converted>(source, "ISO-8859-1", std::move(file));
    case Encoding::windows1252:
      return std::make_unique<Converted>(source, "WINDOWS-1252", std::move(file));
    case Encoding::utf8:
      break;
  }
  return std::make_unique<PassedOn>(source);
}

}  // namespace keepsake
