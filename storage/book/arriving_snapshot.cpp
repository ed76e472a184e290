#include "storage/book/arriving_snapshot.hpp"

#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::arriving_snapshot {

namespace {

namespace fs = std::filesystem;

constexpr Sql read_arriving{"snapshot.arriving", "SELECT id, bytes FROM snapshot_arriving"};
constexpr Sql put_arriving{"snapshot.arriving.put",
                           "INSERT INTO snapshot_arriving (one, id, bytes) VALUES (1, $1, $2)"
                           " ON CONFLICT (one) DO UPDATE SET id = excluded.id,"
                           " bytes = excluded.bytes"};
constexpr Sql drop_arriving{"snapshot.arriving.drop", "DELETE FROM snapshot_arriving"};

}  // namespace

std::optional<Wanted> wanted(Database& database) {
  const auto row = database.query(read_arriving);
  if (!row->step()) return std::nullopt;
  return Wanted{{records::bytes16(*row, 0)}, row->integer(1)};
}

void put(Database& writer, const Wanted& wanted) {
  const auto row = writer.query(put_arriving);
  row->bind_blob(1, records::view(wanted.id.bytes));
  row->bind(2, wanted.bytes);
  row->step();
}

void forget(Database& writer) { writer.query(drop_arriving)->step(); }

fs::path part_file(const fs::path& folder, const SnapshotId& id) {
  return folder / ("snapshot-" + to_hex(id) + ".part");
}

std::optional<SnapshotArriving> progress(Database& database, const fs::path& folder) {
  const auto arriving = wanted(database);
  if (!arriving) return std::nullopt;
  std::error_code failed;
  const auto here = fs::file_size(part_file(folder, arriving->id), failed);
  // It is all here where it has its place already.
  return SnapshotArriving{failed ? arriving->bytes : static_cast<std::int64_t>(here),
                          arriving->bytes};
}

}  // namespace keepsake::arriving_snapshot
