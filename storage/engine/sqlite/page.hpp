#pragma once
// Pages of a database file, by https://www.sqlite.org/fileformat2.html: where nothing is kept.

#include <cstddef>
#include <string_view>
#include <vector>

namespace keepsake::sqlite {

struct Gap {
  std::size_t at = 0;  ///< from the start of the page
  std::size_t bytes = 0;
  bool operator==(const Gap&) const = default;
};

/// What of a page of a table or an index holds nothing: between its pointers and its cells, and inside
/// freed blocks. What was there before may still be read from it, and whatever stands in it may be
/// overwritten at any time. None for any other page, and for one whose parts do not fit together.
/// `reserved`: bytes at the end that are not SQLite's.
enum class PageIs { first, another };
std::vector<Gap> gaps_in(std::string_view page, PageIs which, std::size_t reserved);

}  // namespace keepsake::sqlite
