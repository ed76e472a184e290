#include "storage/exchange/transcode.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/storage/exchange/memory_source.hpp"

using namespace keepsake;

namespace {

/// As UTF-8, or the code of the error and where it is.
std::string read(const std::string& bytes, const char* encoding, std::size_t piece = 4096) {
  MemorySource source(bytes, piece);
  const auto named = encoding_named(encoding);
  REQUIRE(named.ok());
  const auto text = transcoded(source, *named, "in.csv");
  std::string out;
  std::array<char, 7> buffer{};
  for (;;) {
    const auto got = text->read(buffer);
    if (!got) return got.error().code + " " + got.error().what + " " + got.error().where;
    if (*got == 0) return out;
    out.append(buffer.data(), *got);
  }
}

}  // namespace

TEST_CASE("files of other encodings") {
  const struct {
    const char* encoding;
    const char* bytes;
    const char* text;
  } table[] = {
      {"windows-1251", "\xCE\xEB\xE5\xED\xE0 \xD8\xE5\xE2\xF7\xE5\xED\xEA\xEE", "Олена Шевченко"},
      {"WINDOWS-1251", "\xB2\xE2\xE0\xED", "Іван"},
      {"koi8-u", "\xEF\xCC\xC5\xCE\xC1", "Олена"},
      {"cp866", "\x8E\xAB\xA5\xAD\xA0", "Олена"},
      {"windows-1250",
       "\x8A"
       "koda",
       "Škoda"},
      {"windows-1252", "Bj\xF8rn \x80", "Bjørn €"},
      {"windows-1253", "\xC1\xED\xED\xE1", "Αννα"},
      {"windows-1254",
       "\xDE"
       "ule",
       "Şule"},
      {"windows-1257",
       "\xD0"
       "ar\xFB"
       "nas",
       "Šarūnas"},
      {"windows-1258", "Phan", "Phan"},
      {"iso-8859-1", "Bj\xF8rn", "Bjørn"},
      {"latin-1", "Bj\xF8rn", "Bjørn"},
      {"iso-8859-2",
       "\xA9"
       "koda",
       "Škoda"},
      {"iso-8859-5", "\xBE\xDB\xD5\xDD\xD0", "Олена"},
      {"iso-8859-15", "\xA4", "€"},
      {"shift_jis", "\x93\x63", "田"},
      {"gb18030", "\xCD\xF5", "王"},
      {"utf-8", "Олена", "Олена"},
  };
  for (const auto& row : table) {
    CAPTURE(row.encoding);
    CHECK(read(row.bytes, row.encoding) == row.text);
    CHECK(read(row.bytes, row.encoding, 1) == row.text);
  }
}

TEST_CASE("a byte order mark says what a file is, whatever was declared") {
  const std::string utf16le("\xFF\xFE\x1E\x04\x3B\x04,\0\x3D\xD8\x00\xDE", 12);
  const std::string utf16be("\xFE\xFF\x04\x1E\x04\x3B\0,\xD8\x3D\xDE\x00", 12);
  for (const char* declared : {"utf-8", "windows-1251", "utf-16"}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{4096}}) {
      CHECK(read(utf16le, declared, piece) == "\uFEFFОл,😀");
      CHECK(read(utf16be, declared, piece) == "\uFEFFОл,😀");
    }
    CHECK(read("\xEF\xBB\xBFОлена", declared) == "\uFEFFОлена");
  }
  CHECK(read("", "utf-8").empty());
  CHECK(read("a", "windows-1251") == "a");
  CHECK(read("\xEF", "windows-1251") == "п");
}

TEST_CASE("a byte that is no character is named with its place") {
  CHECK(read("Bj\x81rn", "windows-1252") ==
        "encoding.byte Byte 0x81 is no character in windows-1252 in.csv, byte 3");
  // Western letters of Windows in what was said to be ISO: the declaration is wrong.
  CHECK(read("\x93Kj\xF8p\x94", "iso-8859-1") ==
        "encoding.byte Byte 0x93 is no character in iso-8859-1 in.csv, byte 1");
  std::string late(20'000, 'a');
  late += '\xFF';
  CHECK(read(late, "gb18030").starts_with("encoding.byte"));
  CHECK(read("abc\x93", "shift_jis").starts_with("encoding.byte"));
}

TEST_CASE("encodings have their usual names") {
  CHECK(encoding_named("UTF8").value() == "utf-8");
  CHECK(encoding_named("Latin-1").value() == "iso-8859-1");
  const auto unknown = encoding_named("windows-1215");
  REQUIRE(!unknown);
  CHECK(unknown.error().code == "encoding.name");
  CHECK(unknown.error().remedy.find("windows-1251") != std::string::npos);
  CHECK(!encoding_named("utf-7"));
  CHECK(!encoding_named(""));
}

TEST_CASE("pieces of any size give the same text") {
  CHECK(rc::check([] {
    std::string bytes;
    for (const auto c : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0xC0, 0x100)))
      bytes += static_cast<char>(c);
    const auto piece = *rc::gen::inRange<std::size_t>(1, 9);
    RC_ASSERT(read(bytes, "windows-1251", piece) == read(bytes, "windows-1251"));
  }));
}
