#include "storage/exchange/catalogue_map.hpp"

#include <algorithm>
#include <toml++/toml.h>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/toml/table_reader.hpp"

namespace keepsake {
namespace {

constexpr std::size_t map_bytes = 64 * 1024;
constexpr std::size_t title_bytes = 200;
constexpr std::size_t columns_most = 200;
constexpr std::string_view separators = ",;\t|:/";
constexpr const char* targets =
    "Use code, gtin, name, category, maker, price, tax_percent, sold_by, cover_months or labels";

class Reading {
 public:
  Reading(const std::string& file, Currency currency)
      : mistakes_(file, "map"), currency_(currency) {}

  CatalogueMapFile run(const std::string& text) {
    try {
      read(toml::parse(text));
    } catch (const toml::parse_error& error) {
      mistakes_.add_error(place_of(error.source()), {}, "map.syntax",
                          std::string(error.description()), "Correct the TOML there");
    }
    result_.mistakes = std::move(mistakes_).in_order();
    return std::move(result_);
  }

 private:
  void read(const toml::table& root);
  void read_column(const toml::table& table);
  void read_constants(const toml::table& table);
  void read_encoding(TableReader& reader);
  char one_of(TableReader& reader, std::string_view key, std::string_view allowed, char otherwise);
  std::vector<std::string> words(TableReader& reader, std::string_view key) {
    return reader.has(key) ? reader.texts(key) : std::vector<std::string>{};
  }

  Mistakes mistakes_;
  Currency currency_;
  CatalogueMapFile result_;
};

char Reading::one_of(TableReader& reader, std::string_view key, std::string_view allowed,
                     char otherwise) {
  const toml::node* node = reader.node(key);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<std::string>();
  if (value && value->size() == 1 && allowed.find(*value) != std::string::npos)
    return value->front();
  std::string choices;
  for (const char each : allowed)
    choices += each == '\t' ? " \"\\t\"" : std::string(" \"") + each + '"';
  reader.add_error(key, "map.separator", "Not one of the signs that stand here",
                   "Use one of" + choices);
  return otherwise;
}

void Reading::read_encoding(TableReader& reader) {
  const auto encoding = reader.text("encoding", Need::optional, limits::code_bytes);
  if (!encoding) return;
  auto named = encoding_named(*encoding);
  if (named)
    result_.map.encoding = std::move(*named);
  else
    reader.add_error("encoding", "map.choice", named.error().what, named.error().remedy);
}

void Reading::read(const toml::table& root) {
  TableReader reader(root, "", currency_, mistakes_);
  CatalogueMap& map = result_.map;
  map.separator = one_of(reader, "separator", separators, ',');
  read_encoding(reader);
  map.defused = reader.flag("defused").value_or(false);
  map.decimal = one_of(reader, "decimal", ".,", '.');
  map.group = tidied(reader.text("group", Need::optional, title_bytes).value_or(""));
  map.rows_with = words(reader, "rows_with");
  const auto columns = reader.tables("column");
  if (columns.empty())
    reader.add_error("column", "map.missing", "No column is mapped",
                     "Add [[column]] with from and to for each");
  if (columns.size() > columns_most)
    reader.add_error("column", "map.limit", "There are too many columns", "Map at most 200");
  for (const toml::table* each : columns) read_column(*each);
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
  if (column.target == CatalogueTarget::labels)
    column.split = one_of(reader, "split", separators, '|');
  if (column.target == CatalogueTarget::sold_by) column.weight = words(reader, "weight");
  reader.finish();
  result_.map.columns.push_back(std::move(column));
}

void Reading::read_constants(const toml::table& table) {
  TableReader reader(table, "constants", currency_, mistakes_);
  for (const auto& [key, node] : table) {
    const auto value = reader.text(key.str(), Need::required, limits::name_bytes);
    const auto target = catalogue_target(key.str());
    const bool fills = target && *target != CatalogueTarget::code &&
                       *target != CatalogueTarget::gtin && *target != CatalogueTarget::name;
    if (!fills)
      reader.add_error(key.str(), "map.target", "A constant cannot fill this", targets);
    else if (value)
      result_.map.constants.emplace_back(*target, *value);
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
  return Reading(file.string(), currency).run(*text);
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
