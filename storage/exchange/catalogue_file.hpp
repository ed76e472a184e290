#pragma once
// A catalogue as CSV; the format is told in CATALOGUE.md.

#include <string>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/exchange/csv.hpp"

namespace keepsake {

inline constexpr std::size_t most_catalogue_articles = 200'000;
inline constexpr std::size_t most_mistakes_told = 20;

struct CatalogueEntry {
  Article article;
  std::string where;  ///< "FILE:LINE"
};

struct Catalogue {
  std::vector<CatalogueEntry> entries;  ///< only those without a mistake
  /// Every one, up to most_mistakes_told, then one that counts the rest.
  std::vector<Error> mistakes;
};

/// Reads to the end and collects mistakes, each with FILE:LINE:COLUMN (COLUMN NAME). What makes the
/// rest unreadable (broken CSV, a wrong header) is a single mistake.
Catalogue read_catalogue(CsvReader& csv, Currency currency);

}  // namespace keepsake
