#pragma once
// How another system's articles become ours: the map of `keepsake import catalogue`, told in
// CATALOGUE.md.

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/money.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {

/// What a cell fills; catalogue_titles names them in this order.
enum class CatalogueTarget : std::size_t {
  code,
  gtin,
  name,
  category,
  maker,
  price,
  tax_percent,
  sold_by,
  cover_months,
  labels,
  more_codes,
  cover,
  cover_usage,
  covered,
  cover_starts,
  serialised,
  serial_rule
};
inline constexpr std::array<std::string_view, 17> catalogue_titles{
    "code",        "gtin",    "name",         "category",   "maker",      "price",
    "tax_percent", "sold_by", "cover_months", "labels",     "more_codes", "cover",
    "cover_usage", "covered", "cover_starts", "serialised", "serial_rule"};
inline constexpr std::string_view all_catalogue_titles =
    "code,gtin,name,category,maker,price,tax_percent,sold_by,cover_months,labels,more_codes,cover,"
    "cover_usage,covered,cover_starts,serialised,serial_rule";
std::optional<CatalogueTarget> catalogue_target(std::string_view name);

struct CatalogueColumn {
  /// Title of the column; "Price [*]": every one that begins and ends so, whatever stands between.
  std::string from;
  CatalogueTarget target = CatalogueTarget::code;
  bool optional = false;            ///< a file without such a column is read all the same
  bool carry = false;               ///< an empty cell is as the one above it, within its group
  char split = '|';                 ///< between labels and further codes
  std::vector<std::string> ignore;  ///< cells that say nothing: "Default Title"
  std::vector<std::string> weight;  ///< of sold_by: what says that it is weighed
  /// Of tax_percent: cells that say "yes" to the rate in the title, as in "Tax - VAT (25%)"; empty:
  /// the cell is the rate.
  std::vector<std::string> rate_in_title;
};

struct CatalogueMap {
  char separator = ',';
  std::string encoding{utf8};  ///< as encoding_named() has it
  bool defused = false;        ///< apostrophes before = + - @ and digits are taken off
  char decimal = '.';          ///< of prices
  std::string group;           ///< a title: rows with the same cell there belong together
  /// Titles: a row where all of them are empty is no article and is passed over. Empty: every row is
  /// one.
  std::vector<std::string> rows_with;
  std::vector<CatalogueColumn> columns;
  std::vector<std::pair<CatalogueTarget, std::string>> constants;  ///< where a row says nothing
};

struct CatalogueMapFile {
  CatalogueMap map;
  std::vector<Error> mistakes;  ///< each with file, line, column and remedy
};
CatalogueMapFile read_catalogue_map(const std::filesystem::path& file, Currency currency);

/// Of a file whose titles are our own; unknown titles are left out.
CatalogueMap own_catalogue_map(const std::vector<std::string>& titles);

}  // namespace keepsake
