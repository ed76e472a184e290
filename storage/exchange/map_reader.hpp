#pragma once
// What maps of other systems' files have in common (CATALOGUE.md, CUSTOMERS.md).

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/toml/table_reader.hpp"

namespace keepsake {

inline constexpr std::size_t map_bytes = 64 * 1024;
inline constexpr std::size_t title_bytes = 200;  ///< of a column's title
/// Signs that part columns, or values in a cell.
inline constexpr std::string_view cell_separators = ",;\t|:/";

/// Has `read` read the map's root. Every mistake, in the order of the lines.
std::vector<Error> read_map(const std::string& text, const std::string& file,
                            const std::function<void(const toml::table&, Mistakes&)>& read);
/// One sign of `allowed`; "map.separator" for another.
char read_sign(TableReader& reader, std::string_view key, std::string_view allowed, char otherwise);
/// Key "encoding", by one of the names that encoding_named() knows.
void read_encoding(TableReader& reader, std::string& into);
/// [[column]]: at least one, at most 200.
std::vector<const toml::table*> read_columns(TableReader& reader);

}  // namespace keepsake
