#pragma once
// A catalogue as CSV; the format is told in CATALOGUE.md.

#include <string>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/exchange/catalogue_map.hpp"
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
  std::vector<Error> mistakes;          ///< up to most_mistakes_told, then one that counts the rest
  // Of a file that a map describes:
  std::vector<Error> warnings;      ///< a value, or an article without a price, was left out
  std::vector<std::string> unread;  ///< titles that nothing reads
  std::uint64_t passed_over = 0;    ///< rows that are no article, as the map says
};

/// Reads to the end and collects mistakes, each with FILE:LINE:COLUMN (COLUMN NAME). What makes the
/// rest unreadable (broken CSV, a wrong header) is a single mistake.
Catalogue read_catalogue(CsvReader& csv, Currency currency);
/// Of another system: what need not be there costs itself and a warning, never the article.
Catalogue read_catalogue(CsvReader& csv, Currency currency, const CatalogueMap& map);

}  // namespace keepsake
