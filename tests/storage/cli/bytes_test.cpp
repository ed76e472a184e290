#include "storage/cli/bytes.hpp"

#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <string>

#include "tests/storage/cli/scratch.hpp"

using namespace keepsake;
using namespace keepsake::cli;

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
