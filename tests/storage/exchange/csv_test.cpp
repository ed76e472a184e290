#include "storage/exchange/csv.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

#include "tests/storage/exchange/memory_source.hpp"

using namespace keepsake;
using namespace keepsake;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> read_all(const std::string& text, std::size_t piece = 4096) {
  MemorySource source(text, piece);
  CsvReader csv(source, "f.csv");
  Rows rows;
  CsvRecord record;
  for (;;) {
    const auto there = csv.next(record);
    if (!there) return there.error();
    if (!*there) return rows;
    auto& row = rows.emplace_back();
    for (const auto& field : record.fields) row.emplace_back(field.text);
  }
}

}  // namespace

TEST_CASE("csv: what each text means") {
  const struct {
    const char* text;
    Rows rows;
  } cases[] = {
      {"", {}},
      {"\n", {}},
      {"a", {{"a"}}},
      {"a,b\n", {{"a", "b"}}},
      {"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {"a,,b\n,\n", {{"a", "", "b"}, {"", ""}}},
      {"a,\r\nb", {{"a", ""}, {"b"}}},
      {"\"a,b\",\"c\"\"d\"\n", {{"a,b", "c\"d"}}},
      {"\"two\nlines\",x\r\n", {{"two\nlines", "x"}}},
      {"\"two\r\nlines\"", {{"two\r\nlines"}}},
      {"\"\"", {{""}}},
      {"\"\",\"\"\n", {{"", ""}}},
      {"\xEF\xBB\xBF"
       "a,b\n",
       {{"a", "b"}}},
      {"\xEF\xBB\xBF", {}},
      {"a\n\n\r\nb\n", {{"a"}, {"b"}}},
      {" a , b \n", {{" a ", " b "}}},
      {"\xC3\xA6,\xE2\x82\xAC,\xF0\x9F\x8E\x81\n",
       {{"\xC3\xA6", "\xE2\x82\xAC", "\xF0\x9F\x8E\x81"}}},
  };
  for (const auto& c : cases) {
    for (const std::size_t piece : {1U, 2U, 7U, 4096U}) {
      CAPTURE(std::string(c.text));
      CAPTURE(piece);
      const auto rows = read_all(c.text, piece);
      REQUIRE(rows.ok());
      CHECK(*rows == c.rows);
    }
  }
}

TEST_CASE("csv: mistakes name file and line and column") {
  const struct {
    std::string text;
    const char* code;
    const char* where;
  } cases[] = {
      {"a,b\nx,\"y", "csv.quote", "f.csv:2:3"},
      {"a,b\nx,y\"z\n", "csv.quote", "f.csv:2:4"},
      {"\"a\"b,c\n", "csv.quote", "f.csv:1:4"},
      {"\"a\nb\nc", "csv.quote", "f.csv:1:1"},
      {"a\rb\n", "csv.line-end", "f.csv:1:3"},
      {"a\r", "csv.line-end", "f.csv:1:3"},
      {std::string("a,b\0c\n", 6), "csv.nul", "f.csv:1:4"},
      {"\xC3\xA6\xC3\xA6\xFF\n", "csv.utf8", "f.csv:1:3"},
      {"a\n\xC3\n", "csv.utf8", "f.csv:2:1"},
      {"ab\xE2\x82", "csv.utf8", "f.csv:1:3"},
      {"\xC0\xAF", "csv.utf8", "f.csv:1:1"},
      {"\xED\xA0\x80", "csv.utf8", "f.csv:1:1"},
      {"\xF4\x90\x80\x80", "csv.utf8", "f.csv:1:1"},
      {"ok\n\"\xC3\xA6\n" + std::string(70'000, 'x'), "csv.long", "f.csv:3:65533"},
      {std::string(70'000, ','), "csv.long", "f.csv:1:65537"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.where));
    CAPTURE(std::string(c.code));
    for (const std::size_t piece : {1U, 4096U}) {
      const auto rows = read_all(c.text, piece);
      REQUIRE_FALSE(rows.ok());
      CHECK(rows.error().code == c.code);
      CHECK(rows.error().where == c.where);
      CHECK_FALSE(rows.error().remedy.empty());
    }
  }
}

TEST_CASE("csv: a line of two gigabytes ends after 64 KiB") {
  EndlessSource source("a,b\n1,");
  CsvReader csv(source, "f.csv");
  CsvRecord record;
  REQUIRE(csv.next(record).ok());
  const auto there = csv.next(record);
  REQUIRE_FALSE(there.ok());
  CHECK(there.error().kind == Failure::limit);
  CHECK(there.error().code == "csv.long");
  CHECK(there.error().where == "f.csv:2:65537");
  CHECK(source.consumed() <= 256 * 1024);
}

TEST_CASE("csv: an error of the source gets the place that was reached") {
  MemorySource source("a,b\nc", 4096,
                      Error{Failure::bad_input, "xz.cut", "The xz file ends too early", "", ""});
  CsvReader csv(source, "f.csv.xz");
  CsvRecord record;
  REQUIRE(csv.next(record).ok());
  const auto there = csv.next(record);
  REQUIRE_FALSE(there.ok());
  CHECK(there.error().code == "xz.cut");
  CHECK(there.error().where == "f.csv.xz:2:2");
  SUBCASE("and then it is over") { CHECK_FALSE(*csv.next(record)); }
}

TEST_CASE("csv: fields know their place and lines their number") {
  MemorySource source("a,b\n\n\"x\ny\",\xC3\xA6,z\nlast\n");
  CsvReader csv(source, "f.csv");
  CsvRecord record;
  REQUIRE(*csv.next(record));
  REQUIRE(*csv.next(record));
  CHECK(record.line == 3);
  CHECK(record.fields[0].place == CsvPlace{3, 1});
  CHECK(record.fields[1].place == CsvPlace{4, 4});
  CHECK(record.fields[2].place == CsvPlace{4, 6});
  CHECK(csv.where(record.fields[2].place, "price") == "f.csv:4:6 (price)");
  REQUIRE(*csv.next(record));
  CHECK(record.line == 5);
  CHECK(csv.blank_lines() == 1);
}

TEST_CASE("csv: what is written as fields is read back") {
  CHECK(rc::check([] {
    const auto letter = rc::gen::elementOf(std::string("ab,\"\n\r \xC3"));
    auto rows = *rc::gen::container<Rows>(rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(letter))));
    std::string text;
    for (auto& row : rows) {
      for (auto& field : row) {
        std::string valid;  // each stray lead byte becomes a whole character
        for (const char c : field)
          valid += c == '\xC3' ? std::string("\xC3\xA6") : std::string(1, c);
        field = valid;
        text += (&field == &row.front() ? "" : ",") + csv_field(field);
      }
      text += "\r\n";
    }
    // A single empty field is an empty line, which is passed over.
    std::erase_if(rows, [](const auto& row) { return row == std::vector<std::string>{""}; });
    const auto back = read_all(text, *rc::gen::inRange<std::size_t>(1, 9));
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == rows);
  }));
}

TEST_CASE("csv: any bytes give records or an error") {
  CHECK(rc::check([](const std::string& bytes) {
    const auto whole = read_all(bytes);
    const auto pieces = read_all(bytes, 1);
    RC_ASSERT(whole.ok() == pieces.ok());
    if (whole.ok()) RC_ASSERT(*whole == *pieces);
    if (!whole.ok()) RC_ASSERT(whole.error() == pieces.error());
  }));
}

TEST_CASE("csv: a first line that tells a spreadsheet the separator is no row") {
  for (const std::string text :
       {"sep=;\r\na;b,c\r\n", "\xEF\xBB\xBFsep=;\na;b,c\n", "sep=;\na;b,c"}) {
    MemorySource source(text);
    CsvReader csv(source, "f.csv");
    CsvRecord record;
    REQUIRE(*csv.next(record));
    REQUIRE(record.fields.size() == 2);
    CHECK(record.fields[1].text == "b,c");
    CHECK(record.line == 2);
    CHECK(csv.where(record.fields[0].place) == "f.csv:2:1");
    CHECK_FALSE(*csv.next(record));
  }
  for (const std::string text : {"sep=;x,b\n", "sep=,b\n", "sep=\n", "sep=ab\n"}) {
    MemorySource source(text);
    CsvReader csv(source, "f.csv");
    CsvRecord record;
    REQUIRE(*csv.next(record));
    CHECK(record.line == 1);
    CHECK(record.fields[0].text.starts_with("sep="));
  }
}
