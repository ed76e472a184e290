#include "storage/exchange/read_ahead.hpp"

#include <array>
#include <doctest/doctest.h>
#include <stdexcept>
#include <string>

#include "tests/storage/exchange/memory_source.hpp"

using namespace keepsake;
using namespace keepsake;

namespace {

/// Gives a few bytes, then throws as nothing should.
class Throwing : public ByteSource {
 public:
  Result<std::size_t> read(std::span<char> into) override {
    if (given_++ > 0) throw std::runtime_error("no more");
    into[0] = 'x';
    return std::size_t{1};
  }
  std::uint64_t consumed() const override { return 0; }
  std::uint64_t size() const override { return 1; }

 private:
  int given_ = 0;
};

Result<std::string> all_of(ByteSource& source) {
  std::string text;
  std::array<char, 777> buffer;
  for (;;) {
    const auto got = source.read(buffer);
    if (!got) return got.error();
    if (*got == 0) return text;
    text.append(buffer.data(), *got);
  }
}

}  // namespace

TEST_CASE("read ahead: what many short reads gave comes in order, and its size is the source's") {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += std::to_string(i);
  const auto source = read_ahead(std::make_unique<MemorySource>(text, 13));
  CHECK(source->size() == text.size());
  CHECK(*all_of(*source) == text);
  CHECK(source->consumed() == text.size());
  CHECK(all_of(*source)->empty());
}

TEST_CASE("read ahead: what was read comes before the error, and the error each time") {
  const Error broken{Failure::unavailable, "file.read", "The file cannot be read", "f", "Look"};
  const auto source =
      read_ahead(std::make_unique<MemorySource>(std::string(5000, 'a'), 4096, broken));
  std::array<char, 5000> buffer;
  CHECK(*source->read(buffer) == 4096);
  CHECK(*source->read(buffer) == 904);
  CHECK(source->read(buffer).error().code == "file.read");
  CHECK(source->read(buffer).error().code == "file.read");
}

TEST_CASE("read ahead: what is thrown is thrown to who reads") {
  const auto source = read_ahead(std::make_unique<Throwing>());
  std::array<char, 10> buffer;
  CHECK(*source->read(buffer) == 1);
  CHECK_THROWS_AS((void)source->read(buffer), std::runtime_error);
  CHECK_THROWS_AS((void)source->read(buffer), std::runtime_error);
}

TEST_CASE("read ahead: letting go ends it at once, whatever the thread does") {
  for (int i = 0; i < 20; ++i) (void)read_ahead(std::make_unique<EndlessSource>("a"));
  auto waiting = read_ahead(std::make_unique<EndlessSource>("a"));
  std::array<char, 10> buffer;
  for (int i = 0; i < 1000; ++i) CHECK(*waiting->read(buffer) == buffer.size());
}
