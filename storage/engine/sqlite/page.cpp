#include "storage/engine/sqlite/page.hpp"

#include <cstdint>

namespace keepsake::sqlite {

namespace {

constexpr std::size_t file_header = 100;  // before the first page's own
constexpr std::size_t block_header = 4;   // of a freed block: the next one, and its size

std::size_t two_bytes(std::string_view page, std::size_t at) {
  return static_cast<std::size_t>(static_cast<std::uint8_t>(page[at])) << 8U |
         static_cast<std::uint8_t>(page[at + 1]);
}

/// Of the page's header; 0: no page of a table or an index.
std::size_t header_bytes(char type) {
  switch (type) {
    case 2:
    case 5:
      return 12;
    case 10:
    case 13:
      return 8;
    default:
      return 0;
  }
}

}  // namespace

std::vector<Gap> gaps_in(std::string_view page, PageIs which, std::size_t reserved) {
  const std::size_t start = which == PageIs::first ? file_header : 0;
  if (page.size() < start + 12 + reserved) return {};
  const std::size_t usable = page.size() - reserved;
  const std::size_t header = header_bytes(page[start]);
  if (header == 0) return {};
  const std::size_t cells = two_bytes(page, start + 3);
  std::size_t content = two_bytes(page, start + 5);
  if (content == 0) content = 65536;
  const std::size_t pointers_end = start + header + 2 * cells;
  if (pointers_end > content || content > usable) return {};
  std::vector<Gap> gaps;
  if (content > pointers_end) gaps.push_back({pointers_end, content - pointers_end});
  // Freed blocks rise, each inside the content.
  std::size_t least = content;
  for (std::size_t block = two_bytes(page, start + 1); block != 0; block = two_bytes(page, block)) {
    if (block < least || block + block_header > usable) return {};
    const std::size_t bytes = two_bytes(page, block + 2);
    if (bytes < block_header || block + bytes > usable) return {};
    if (bytes > block_header) gaps.push_back({block + block_header, bytes - block_header});
    least = block + bytes;
  }
  return gaps;
}

}  // namespace keepsake::sqlite
