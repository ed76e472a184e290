#include "storage/exchange/bytes.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <span>
#include <string>

#include "tests/support/scratch.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Result<std::string> read_all(const std::filesystem::path& file) {
  auto source = open_bytes(file);
  if (!source) return source.error();
  std::string text;
  std::array<char, 1000> buffer;
  for (;;) {
    const auto got = (*source)->read(buffer);
    if (!got) return got.error();
    if (*got == 0) return text;
    text.append(buffer.data(), *got);
  }
}

std::string sample() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919 % 10'007) + ",line\n";
  return text;
}

}  // namespace

TEST_CASE("bytes: a plain file and the same packed read alike") {
  const Scratch scratch;
  const std::string text = sample();
  scratch.write("plain.csv", text);
  scratch.write("packed.csv.xz", packed(text));
  scratch.write("packed without its ending", packed(text));
  scratch.write("two streams.xz", packed("a\n") + packed("b\n"));
  scratch.write("empty.csv", "");
  CHECK(*read_all(scratch / "plain.csv") == text);
  CHECK(*read_all(scratch / "packed.csv.xz") == text);
  CHECK(*read_all(scratch / "packed without its ending") == text);
  CHECK(*read_all(scratch / "two streams.xz") == "a\nb\n");
  CHECK(read_all(scratch / "empty.csv")->empty());
}

TEST_CASE("bytes: broken files say what is broken") {
  const Scratch scratch;
  const std::string whole = packed(sample());
  std::string damaged = whole;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  scratch.write("cut.xz", whole.substr(0, whole.size() / 2));
  scratch.write("no index.xz", whole.substr(0, whole.size() - 20));
  scratch.write("damaged.xz", damaged);
  scratch.write("not packed.xz", "a,b\n");
  scratch.write("garbage after.xz", whole + "garbage garbage");
  const struct {
    const char* file;
    const char* code;
  } cases[] = {{"cut.xz", "xz.cut"},
               {"no index.xz", "xz.cut"},
               {"damaged.xz", "xz.corrupt"},
               {"not packed.xz", "xz.format"},
               {"garbage after.xz", "xz.corrupt"},
               {"missing.csv", "file.none"},
               {".", "file.folder"}};
  for (const auto& c : cases) {
    CAPTURE(std::string(c.file));
    const auto text = read_all(scratch / c.file);
    REQUIRE_FALSE(text.ok());
    CHECK(text.error().code == c.code);
    CHECK(text.error().where.find(c.file) != std::string::npos);
    CHECK_FALSE(text.error().remedy.empty());
  }
}

TEST_CASE("bytes: a long packed file comes whole, however it is asked for and let go of") {
  const Scratch scratch;
  std::string text;
  while (text.size() < 5'000'000) text += sample();  // more than is read ahead
  scratch.write("long.xz", packed(text));
  CHECK(*read_all(scratch / "long.xz") == text);
  auto whole = *open_bytes(scratch / "long.xz");
  std::string back(text.size() + 1, ' ');
  std::size_t used = 0;
  for (std::size_t asked = 1; used < text.size(); asked = asked * 3 % 700'001) {
    const auto got =
        whole->read(std::span(back).subspan(used, std::min(asked, back.size() - used)));
    REQUIRE(*got > 0);
    used += *got;
    CHECK(whole->consumed() <= whole->size());
  }
  back.resize(used);
  CHECK(back == text);
  std::array<char, 10> rest{};
  for (int i = 0; i < 3; ++i) CHECK(*whole->read(rest) == 0);
  CHECK(whole->consumed() == whole->size());
  auto left = *open_bytes(scratch / "long.xz");  // with the thread waiting for room
  CHECK(*left->read(rest) == rest.size());
}

TEST_CASE("bytes: what stands before the damage is read, and the damage is told each time") {
  const Scratch scratch;
  std::string text;
  while (text.size() < 5'000'000) text += sample();
  const std::string whole = packed(text);
  scratch.write("cut.xz", whole.substr(0, whole.size() - 40));
  auto source = *open_bytes(scratch / "cut.xz");
  std::string good;
  std::array<char, 100'000> buffer;
  auto got = source->read(buffer);
  for (; got.ok() && *got > 0; got = source->read(buffer)) good.append(buffer.data(), *got);
  REQUIRE_FALSE(got.ok());
  CHECK(text.starts_with(good));
  CHECK(good.size() > 1'000'000);
  CHECK(source->read(buffer).error().code == "xz.cut");
}

TEST_CASE("bytes: every way to cut a packed file is noticed") {
  const Scratch scratch;
  const std::string whole = packed("InvoiceNo,StockCode\n536365,85123A\n");
  for (std::size_t n = 6; n < whole.size(); ++n) {
    scratch.write("cut.xz", whole.substr(0, n));
    CHECK_FALSE(read_all(scratch / "cut.xz").ok());
  }
}

TEST_CASE("bytes: a text file has a limit") {
  const Scratch scratch;
  scratch.write("t", "12345");
  CHECK(*read_text(scratch / "t", 5) == "12345");
  CHECK(read_text(scratch / "t", 4).error().code == "file.long");
  CHECK(read_text(scratch / "none", 4).error().code == "file.none");
}
