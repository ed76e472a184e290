#include "storage/exchange/catalogue_source.hpp"

#include <memory>

#include "storage/exchange/bytes.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {

namespace {

Result<CatalogueMap> map_of(const CatalogueSource& source, Currency currency,
                            std::vector<Error>& mistakes) {
  CatalogueMap map;
  if (!source.map.empty()) {
    auto file = read_catalogue_map(source.map, currency);
    mistakes = std::move(file.mistakes);
    if (!mistakes.empty()) return mistakes.front();
    map = std::move(file.map);
  }
  if (source.encoding.empty()) return map;
  auto encoding = encoding_named(source.encoding);
  if (!encoding) return encoding.error();
  map.encoding = std::move(*encoding);
  return map;
}

}  // namespace

Result<Catalogue> read_catalogue(const CatalogueSource& source, Currency currency,
                                 std::vector<Error>& mistakes) {
  auto map = map_of(source, currency, mistakes);
  if (!map) return map.error();
  auto bytes = open_bytes(source.file);
  if (!bytes) return bytes.error();
  const auto text = transcoded(**bytes, map->encoding, source.file);
  CsvReader csv(*text, source.file, map->separator);
  return source.map.empty() ? read_catalogue(csv, currency) : read_catalogue(csv, currency, *map);
}

}  // namespace keepsake
