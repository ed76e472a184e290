#include "storage/exchange/map_reader.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {

namespace {
constexpr std::size_t columns_most = 200;
}  // namespace

std::vector<Error> read_map(const std::string& text, const std::string& file,
                            const std::function<void(const toml::table&, Mistakes&)>& read) {
  Mistakes mistakes(file, "map");
  try {
    read(toml::parse(text), mistakes);
  } catch (const toml::parse_error& error) {
    mistakes.add_error(place_of(error.source()), {}, "map.syntax", std::string(error.description()),
                       "Correct the TOML there");
  }
  return std::move(mistakes).in_order();
}

char read_sign(TableReader& reader, std::string_view key, std::string_view allowed,
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

void read_encoding(TableReader& reader, std::string& into) {
  const auto encoding = reader.text("encoding", Need::optional, limits::code_bytes);
  if (!encoding) return;
  // No "did you mean": another encoding of nearly the same name makes other letters of every name.
  auto named = encoding_named(*encoding);
  if (named)
    into = std::move(*named);
  else
    reader.add_error("encoding", "map.choice", named.error().what, named.error().remedy);
}

std::vector<const toml::table*> read_columns(TableReader& reader) {
  auto columns = reader.tables("column");
  if (columns.empty())
    reader.add_error("column", "map.missing", "No column is mapped",
                     "Add [[column]] with from and to for each");
  if (columns.size() > columns_most)
    reader.add_error("column", "map.limit", "There are too many columns",
                     "Map at most " + std::to_string(columns_most));
  return columns;
}

}  // namespace keepsake
