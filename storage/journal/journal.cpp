#include "storage/journal/journal.hpp"

#include "storage/domain/values/big_endian.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

constexpr Sql put_record{
    "journal.append",
    "INSERT INTO journal (seq, id, type, body, hash) VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql newest{"journal.head", "SELECT seq, id, hash FROM journal ORDER BY seq DESC LIMIT 1"};
constexpr Sql from_seq{
    "journal.read", "SELECT seq, id, type, body, hash FROM journal WHERE seq >= $1 ORDER BY seq"};

Record record_of(const Query& row) {
  return {static_cast<Seq>(row.integer(0)), records::fact_id(row, 1),
          static_cast<std::uint16_t>(row.integer(2)), std::string(row.blob(3)),
          records::hash_at(row, 4)};
}

Error broken(Seq seq, const char* what) {
  return {Failure::corrupt, "journal.broken", what, "seq " + std::to_string(seq),
          "Stop using this folder and restore the newest backup."};
}

}  // namespace

Hash chain(const Hash& previous, const Record& record) {
  std::string bytes;
  bytes.reserve(64 + previous.size() + record.body.size());
  bytes += "v1";
  bytes += view(previous);
  put_big_endian(bytes, record.seq);
  bytes += records::view(to_bytes(record.id));
  put_big_endian(bytes, record.type);
  put_big_endian(bytes, static_cast<std::uint32_t>(record.body.size()));
  bytes += record.body;
  return sha256(bytes);
}

namespace journal {

Head head(Database& db) {
  auto row = db.query(newest);
  if (!row->step()) return {};
  return {static_cast<Seq>(row->integer(0)), records::hash_at(*row, 2),
          records::fact_id(*row, 1).time()};
}

void append(Database& db, const Record& record) {
  auto row = db.query(put_record);
  row->bind(1, record.seq);
  records::bind_id(*row, 2, record.id);
  row->bind(3, record.type);
  row->bind_blob(4, record.body);
  row->bind_blob(5, view(record.hash));
  row->step();
}

std::vector<Record> read(Database& db, Seq from, std::size_t max_facts, std::size_t max_bytes) {
  std::vector<Record> found;
  std::size_t bytes = 0;
  auto row = db.query(from_seq);
  row->bind(1, from);
  while (found.size() < max_facts && row->step()) {
    bytes += row->blob(3).size();
    // One fact alone may exceed the wish: it still has to travel.
    if (bytes > max_bytes && !found.empty()) break;
    found.push_back(record_of(*row));
  }
  return found;
}

Result<Head> verify(Database& db, const std::function<void(Seq)>& progress) {
  constexpr Seq progress_every = 1024;
  try {
    Head at;
    auto row = db.query(from_seq);
    row->bind(1, 0);
    while (row->step()) {
      const Record record = record_of(*row);
      if (record.seq != at.seq + 1) return broken(at.seq + 1, "A fact is missing from the journal");
      if (record.id.time() <= at.time)
        return broken(record.seq, "A fact is not later than the one before");
      if (chain(at.hash, record) != record.hash)
        return broken(record.seq, "A fact was changed: its hash differs");
      at = {record.seq, record.hash, record.id.time()};
      if (progress && record.seq % progress_every == 0) progress(record.seq);
    }
    if (progress) progress(at.seq);
    return at;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace journal

}  // namespace keepsake
