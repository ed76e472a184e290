#include "storage/exchange/code_file.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"
#include "tests/support/scratch.hpp"

using namespace keepsake;
using Codes = std::vector<std::string>;

TEST_CASE("code file: one a line, blank ones passed over, blanks around a code dropped") {
  const test::Scratch scratch;
  const auto read = read_codes(scratch.write("codes.txt", "A-1\r\n\n  B 2 \n\u00A0\nC3"));
  REQUIRE(read.ok());
  CHECK(read->codes == Codes{"A-1", "B 2", "C3"});
  CHECK(read->blank_lines == 2);
  CHECK_FALSE(read->titled);
}

TEST_CASE("code file: the first column, whatever stands between the cells") {
  const test::Scratch scratch;
  for (const char* text : {"code,batch\nA-1,x\n\"B,2\",y\n", "Code;batch\nA-1;x\n\"B,2\";y\n",
                           "CODE\tbatch\nA-1\tx\n\"B,2\"\ty\n"}) {
    CAPTURE(text);
    const auto read = read_codes(scratch.write("codes.csv", text));
    REQUIRE(read.ok());
    CHECK(read->codes == Codes{"A-1", "B,2"});
    CHECK(read->titled);
  }
}

TEST_CASE("code file: what the till takes for one code is brought in once and told") {
  const test::Scratch scratch;
  const auto read = read_codes(scratch.write("codes.txt", "AB12\nCD34\nab 12\nAB12\n"));
  REQUIRE(read.ok());
  CHECK(read->codes == Codes{"AB12", "CD34"});
  REQUIRE(read->doubled.size() == 2);
  CHECK(read->doubled[0].code == "codes.twice");
  CHECK(read->doubled[0].where.find(":3:1") != std::string::npos);
  CHECK(read->doubled[0].what.find("line 1") != std::string::npos);
}

TEST_CASE("code file: codes that cannot be one are mistakes with their place") {
  const test::Scratch scratch;
  const auto read = read_codes(scratch.write("codes.txt", "A1\n" + std::string(65, 'X') +
                                                              "\nB\x01"
                                                              "2\n"));
  REQUIRE(read.ok());
  REQUIRE(read->mistakes.size() == 2);
  CHECK(read->mistakes[0].code == "text.length");
  CHECK(read->mistakes[0].where.find(":2:1") != std::string::npos);
  CHECK(read->mistakes[1].code == "text.characters");
}

TEST_CASE("code file: an empty one and one too long are refused whole") {
  const test::Scratch scratch;
  CHECK(read_codes(scratch.write("empty.txt", "\n\n")).error().code == "codes.none");
  CHECK(read_codes(scratch.write("title.txt", "code\n")).error().code == "codes.none");
  CHECK(read_codes("/no/such/file").error().code == "file.none");
  std::string text;
  for (std::size_t n = 0; n < limits::codes_per_list; ++n) text += "K" + std::to_string(n) + "\n";
  const auto most = read_codes(scratch.write("most.txt", text));
  REQUIRE(most.ok());
  CHECK(most->codes.size() == limits::codes_per_list);
  const auto beyond = read_codes(scratch.write("beyond.txt", text + "ONE-MORE\n"));
  CHECK(beyond.error().code == "codes.limit");
  CHECK(beyond.error().where.find(":200001:1") != std::string::npos);
}
