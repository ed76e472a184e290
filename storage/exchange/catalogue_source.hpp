#pragma once

#include <string>
#include <vector>

#include "storage/exchange/catalogue_file.hpp"

namespace keepsake {

/// A catalogue as somebody names it on a command line.
struct CatalogueSource {
  std::string file;      ///< CSV, plain or packed with xz
  std::string map;       ///< of another system's columns (CATALOGUE.md); empty: our own titles
  std::string encoding;  ///< decides over the map's; empty: the map's, else UTF-8
};

/// `mistakes`: of the map. What is wrong in the file itself is in the catalogue. Failure as
/// open_bytes, encoding_named.
Result<Catalogue> read_catalogue(const CatalogueSource& source, Currency currency,
                                 std::vector<Error>& mistakes);

}  // namespace keepsake
