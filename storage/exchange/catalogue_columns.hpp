#pragma once
// Which columns of a catalogue file fill what, and what the cells of a row say by them.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/exchange/catalogue_map.hpp"
#include "storage/exchange/csv.hpp"

namespace keepsake {

/// A cell that fills something.
struct CatalogueCell {
  std::string text;
  std::size_t at = 0;                       ///< of its column in the row
  const CatalogueColumn* column = nullptr;  ///< none: a constant of the map
};

class CatalogueColumns {
 public:
  CatalogueColumns() = default;
  /// Of the first line.
  explicit CatalogueColumns(const CsvRecord& titles);
  /// By this map, which outlives it. The titles that the map needs and the file lacks.
  std::vector<std::string> bind(const CatalogueMap& map);
  const std::vector<std::string>& titles() const { return titles_; }
  std::vector<std::string> unread() const;  ///< titles that nothing reads
  /// The first column that fills `target`.
  std::optional<std::size_t> first_of(CatalogueTarget target) const;

  /// Goes on to this row: other systems say once, in the first row of a family of articles, what
  /// holds for all of it.
  void follow(const CsvRecord& record);
  /// Every cell that fills `target` and says something.
  std::vector<CatalogueCell> cells(const CsvRecord& record, CatalogueTarget target) const;
  /// The first of cells(), else what the map says of all; empty: nothing does.
  CatalogueCell first(const CsvRecord& record, CatalogueTarget target) const;
  /// All that makes a row an article, as the map says, is empty.
  bool is_no_article(const CsvRecord& record) const;
  /// Further barcodes of an article stand below it, with all else empty.
  bool has_codes_only(const CsvRecord& record) const;

 private:
  struct Bound {
    const CatalogueColumn* column;
    std::size_t at;
  };
  std::optional<std::size_t> position(const std::string& title) const;
  std::vector<std::size_t> positions(const std::string& from) const;
  std::string text(const CsvRecord& record, std::size_t at) const;

  const CatalogueMap* map_ = nullptr;
  std::vector<std::string> titles_;
  std::vector<Bound> bound_;
  std::vector<std::size_t> rows_with_;
  std::optional<std::size_t> group_;
  std::string in_group_;
  std::map<std::size_t, std::string> carried_;  // what a column said last in this group
};

}  // namespace keepsake
