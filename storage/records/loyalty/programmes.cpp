#include "storage/records/loyalty/programmes.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_programme{
    "programme.put",
    "INSERT INTO programme (store, version, fact, name, currency, per_major_hundredths,"
    " point_value_milli, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql newest{
    "programme.newest",
    "SELECT version, name, currency, per_major_hundredths, point_value_milli, source"
    " FROM programme WHERE store = $1 ORDER BY version DESC LIMIT 1"};
constexpr Sql known{"programme.known", "SELECT 1 FROM programme WHERE store = $1 AND version = $2"};
constexpr Sql same{"programme.same",
                   "SELECT 1 FROM programme WHERE store = $1 AND version = $2 AND name = $3"
                   " AND currency = $4 AND per_major_hundredths = $5 AND point_value_milli = $6"
                   " AND source = $7"};
constexpr Sql highest{"programme.highest",
                      "SELECT coalesce(max(version), 0) FROM programme WHERE store = $1"};

/// Published twice, by two tills or in two files: nothing that anybody has to look at.
bool is_there(Database& database, std::string_view store, const Programme& programme) {
  auto row = database.query(same);
  row->bind_text(1, store);
  row->bind(2, programme.version);
  row->bind_text(3, programme.name);
  row->bind_text(4, programme.currency.code());
  row->bind(5, programme.per_major_unit.hundredths);
  row->bind(6, programme.point_value_milli_minor);
  row->bind_text(7, programme.source);
  return row->step();
}

}  // namespace

Result<Done> apply(Applying& applying, const Programme& programme) {
  std::int64_t newest_version = 0;
  {
    auto row = applying.database.query(highest);
    row->bind_text(1, applying.header.store);
    if (row->step()) newest_version = row->integer(0);
  }
  // Purchases name versions, so a version keeps its meaning: the first one published stands.
  if (programme.version <= newest_version) {
    if (applying.contradiction == Contradiction::note &&
        is_there(applying.database, applying.header.store, programme))
      return Done{};
    if (auto ok = applying.contradict("programme.version",
                                      "Version " + std::to_string(programme.version) +
                                          " of the programme is not newer than " +
                                          std::to_string(newest_version),
                                      "Publish it with a higher version.");
        !ok)
      return ok;
    if (knows_programme(applying.database, applying.header.store, programme.version)) return Done{};
  }
  auto row = applying.database.query(put_programme);
  row->bind_text(1, applying.header.store);
  row->bind(2, programme.version);
  row->bind_blob(3, view(applying.id));
  row->bind_text(4, programme.name);
  row->bind_text(5, programme.currency.code());
  row->bind(6, programme.per_major_unit.hundredths);
  row->bind(7, programme.point_value_milli_minor);
  row->bind_text(8, programme.source);
  row->step();
  return Done{};
}

Programme newest_programme(Database& database, std::string_view store) {
  auto row = database.query(newest);
  row->bind_text(1, store);
  Programme programme;
  if (!row->step()) return programme;
  programme.version = static_cast<std::int32_t>(row->integer(0));
  programme.name = row->text(1);
  programme.currency = currency_of(*row, 2);
  programme.per_major_unit = {row->integer(3)};
  programme.point_value_milli_minor = row->integer(4);
  programme.source = row->text(5);
  return programme;
}

bool knows_programme(Database& database, std::string_view store, std::int32_t version) {
  auto row = database.query(known);
  row->bind_text(1, store);
  row->bind(2, version);
  return row->step();
}

}  // namespace keepsake::records
