#pragma once
// Bytes from memory, in pieces of a chosen size, and an error after them if the test wants one.

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "storage/exchange/bytes.hpp"

namespace keepsake {

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes, std::size_t piece = 4096,
                        std::optional<Error> then = std::nullopt)
      : bytes_(std::move(bytes)), piece_(piece), then_(std::move(then)) {}

  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t n = std::min({into.size(), piece_, bytes_.size() - at_});
    if (n == 0 && then_) return *then_;
    std::memcpy(into.data(), bytes_.data() + at_, n);
    at_ += n;
    return n;
  }
  std::uint64_t consumed() const override { return at_; }
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::optional<Error> then_;
  std::size_t at_ = 0;
};

/// A line without end, of any length: 2 GB and more without the memory.
class EndlessSource : public ByteSource {
 public:
  explicit EndlessSource(std::string begin) : begin_(std::move(begin)) {}
  Result<std::size_t> read(std::span<char> into) override {
    std::size_t n = 0;
    while (n < into.size() && given_ < begin_.size()) into[n++] = begin_[given_++];
    while (n < into.size()) into[n++] = 'x';
    read_ += n;
    return n;
  }
  std::uint64_t consumed() const override { return read_; }
  std::uint64_t size() const override { return std::uint64_t{2} << 30; }

 private:
  std::string begin_;
  std::size_t given_ = 0;
  std::uint64_t read_ = 0;
};

}  // namespace keepsake
