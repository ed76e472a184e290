#include "storage/records/sales/imports.hpp"

#include <string>

#include "storage/domain/views/purchase_summary.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::records {

namespace {

constexpr Sql purchase_of{"imports.purchase",
                          "SELECT 1 FROM purchase WHERE store = $1 AND origin = $2"};
constexpr Sql return_of{"imports.return",
                        "SELECT 1 FROM goods_return WHERE store = $1 AND origin = $2"};
// The colon ends a source's name, and the semicolon is the character after it.
constexpr Sql of_source{"imports.of-source",
                        "SELECT origin, id, total_minor, currency FROM purchase"
                        " WHERE store = $1 AND origin >= $2 || ':' AND origin < $2 || ';' UNION ALL"
                        " SELECT origin, id, total_minor, currency FROM goods_return"
                        " WHERE store = $1 AND origin >= $2 || ':' AND origin < $2 || ';'"};

bool is_there(Applying& applying, const Sql& sql, std::string_view origin) {
  if (origin.empty()) return false;
  auto row = applying.database.query(sql);
  row->bind_text(1, applying.header.store);
  row->bind_text(2, origin);
  return row->step();
}

}  // namespace

bool purchase_imported(Applying& applying, std::string_view origin) {
  return is_there(applying, purchase_of, origin);
}
bool return_imported(Applying& applying, std::string_view origin) {
  return is_there(applying, return_of, origin);
}

std::vector<ImportedDocument> imported(Database& database, std::string_view store,
                                       std::string_view source) {
  std::vector<ImportedDocument> found;
  auto row = database.query(of_source);
  row->bind_text(1, store);
  row->bind_text(2, source);
  while (row->step())
    found.push_back(
        {std::string(row->text(0)), fact_id(*row, 1), {row->integer(2), currency_of(*row, 3)}});
  return found;
}

}  // namespace keepsake::records
