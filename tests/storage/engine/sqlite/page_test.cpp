#include "storage/engine/sqlite/page.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace keepsake::sqlite;

namespace {

constexpr std::size_t page_bytes = 512;

void put(std::string& page, std::size_t at, std::size_t value) {
  page[at] = static_cast<char>(value >> 8U);
  page[at + 1] = static_cast<char>(value & 0xffU);
}

/// A leaf of a table with two cells, the first at 400, and one freed block of 20 at 430.
std::string leaf(std::size_t start = 0) {
  std::string page(page_bytes, 'x');
  page[start] = 13;
  put(page, start + 1, 430);
  put(page, start + 3, 2);
  put(page, start + 5, 400);
  put(page, 430, 0);
  put(page, 432, 20);
  return page;
}

}  // namespace

TEST_CASE("nothing is kept between pointers and cells, nor inside freed blocks") {
  CHECK(gaps_in(leaf(), PageIs::another, 0) == std::vector<Gap>{{12, 388}, {434, 16}});
  CHECK(gaps_in(leaf(100), PageIs::first, 0) == std::vector<Gap>{{112, 288}, {434, 16}});
  std::string inner = leaf();
  inner[0] = 5;
  CHECK(gaps_in(inner, PageIs::another, 0).front() == Gap{16, 384});
  std::string full = leaf();
  put(full, 1, 0);
  put(full, 5, 12);
  CHECK(gaps_in(full, PageIs::another, 0).empty());
}

TEST_CASE("a page whose parts do not fit together has no gaps") {
  for (const int type : {0, 1, 3, 14, 255}) {
    std::string page = leaf();
    page[0] = static_cast<char>(type);
    CHECK(gaps_in(page, PageIs::another, 0).empty());
  }
  const auto broken = [](std::size_t at, std::size_t value) {
    std::string page = leaf();
    put(page, at, value);
    return gaps_in(page, PageIs::another, 0).empty();
  };
  CHECK(broken(3, 300));                                // pointers that reach into the cells
  CHECK(broken(5, 513));                                // cells beyond the end
  CHECK(broken(1, 20));                                 // a freed block before the cells
  CHECK(broken(1, 510));                                // one that begins too late
  CHECK(broken(432, 3));                                // one that is too small
  CHECK(broken(432, 200));                              // one that reaches beyond the end
  CHECK(broken(430, 430));                              // a ring
  CHECK(gaps_in(leaf(), PageIs::another, 70).empty());  // the block reaches into what is reserved
  CHECK(gaps_in(std::string(8, '\x0d'), PageIs::another, 0).empty());
}
