#include "storage/exchange/catalogue_map.hpp"

#include <algorithm>
#include <toml++/toml.h>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/exchange/map_reader.hpp"

namespace keepsake {
namespace {

constexpr const char* targets =
    "Use code, gtin, name, category, maker, price, tax_percent, sold_by, cover_months, labels, "
    "more_codes, cover, cover_usage, covered, cover_starts, serialised or serial_rule";

class Reading {
 public:
  Reading(Currency currency, Mistakes& mistakes) : mistakes_(mistakes), currency_(currency) {}
  CatalogueMap run(const toml::table& root) {
    read(root);
    return std::move(map_);
  }

 private:
  void read(const toml::table& root);
  void read_column(const toml::table& table);
  void read_constants(const toml::table& table);
  std::vector<std::string> words(TableReader& reader, std::string_view key) {
    return reader.has(key) ? reader.texts(key) : std::vector<std::string>{};
  }

  Mistakes& mistakes_;
  Currency currency_;
  CatalogueMap map_;
};

void Reading::read(const toml::table& root) {
  TableReader reader(root, "", currency_, mistakes_);
  map_.separator = read_sign(reader, "separator", cell_separators, ',');
  read_encoding(reader, map_.encoding);
  map_.defused = reader.flag("defused").value_or(false);
  map_.decimal = read_sign(reader, "decimal", ".,", '.');
  map_.group = tidied(reader.text("group", Need::optional, title_bytes).value_or(""));
  map_.rows_with = words(reader, "rows_with");
  for (const toml::table* each : read_columns(reader)) read_column(*each);
  if (const toml::table* constants = reader.table("constants")) read_constants(*constants);
  reader.finish();
}

void Reading::read_column(const toml::table& table) {
  TableReader reader(table, "column", currency_, mistakes_);
  const auto from = reader.text("from", Need::required, title_bytes);
  const auto to = reader.text("to", Need::required, limits::code_bytes);
  if (!from || !to) return;
  const auto target = catalogue_target(*to);
  if (!target) {
    reader.add_error("to", "map.target", "Unknown target", targets);
    return;
  }
  CatalogueColumn column;
  column.from = tidied(*from);
  column.target = *target;
  column.optional = reader.flag("optional").value_or(false);
  column.carry = reader.flag("carry").value_or(false);
  column.ignore = words(reader, "ignore");
  if (column.target == CatalogueTarget::labels || column.target == CatalogueTarget::more_codes)
    column.split = read_sign(reader, "split", cell_separators, '|');
  if (column.target == CatalogueTarget::sold_by) column.weight = words(reader, "weight");
  if (column.target == CatalogueTarget::tax_percent)
    column.rate_in_title = words(reader, "rate_in_title");
  reader.finish();
  map_.columns.push_back(std::move(column));
}

void Reading::read_constants(const toml::table& table) {
  TableReader reader(table, "constants", currency_, mistakes_);
  for (const auto& [key, node] : table) {
    const auto value = reader.text(key.str(), Need::required, limits::name_bytes);
    const auto target = catalogue_target(key.str());
    const bool fills = target && *target != CatalogueTarget::code &&
                       *target != CatalogueTarget::gtin && *target != CatalogueTarget::name &&
                       *target != CatalogueTarget::more_codes;
    if (!fills)
      reader.add_error(key.str(), "map.target", "A constant cannot fill this", targets);
    else if (value)
      map_.constants.emplace_back(*target, *value);
  }
}

}  // namespace

std::optional<CatalogueTarget> catalogue_target(std::string_view name) {
  const auto at = std::ranges::find(catalogue_titles, name);
  if (at == catalogue_titles.end()) return std::nullopt;
  return static_cast<CatalogueTarget>(at - catalogue_titles.begin());
}

CatalogueMapFile read_catalogue_map(const std::filesystem::path& file, Currency currency) {
  const auto text = read_text(file, map_bytes);
  if (!text) return {{}, {text.error()}};
  CatalogueMapFile read;
  read.mistakes = read_map(*text, file.string(), [&](const toml::table& root, Mistakes& mistakes) {
    read.map = Reading(currency, mistakes).run(root);
  });
  return read;
}

CatalogueMap own_catalogue_map(const std::vector<std::string>& titles) {
  CatalogueMap map;
  for (const std::string& title : titles) {
    const auto target = catalogue_target(title);
    if (!target) continue;
    CatalogueColumn column;
    column.from = title;
    column.target = *target;
    column.weight = {"weight"};
    map.columns.push_back(std::move(column));
  }
  return map;
}

}  // namespace keepsake
