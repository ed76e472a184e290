#include "storage/journal/journal.hpp"

#include <cassert>

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

std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Hash hash_of(const Query& row, int column) {
  Hash hash{};
  if (row.blob(column).size() != hash.size()) records::throw_damaged("a hash of the journal");
  std::memcpy(hash.data(), row.blob(column).data(), hash.size());
  return hash;
}

Record record_of(const Query& row) {
  return {static_cast<Seq>(row.integer(0)), records::fact_id(row, 1),
          static_cast<std::uint16_t>(row.integer(2)), std::string(row.blob(3)), hash_of(row, 4)};
}

template <class Int>
void put_big_endian(std::string& out, Int value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
}

Error broken(Seq seq, const char* what) {
  return {Failure::corrupt, "journal.broken", what, "seq " + std::to_string(seq),
          "Stop using this folder and restore the newest backup."};
}

}  // namespace

// The length of the body is hashed before the body, so that no two records give the same bytes; the
// hash before is part of it, so that a record cannot be changed, left out or moved without changing
// every hash after it.
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
  const std::string digest = sha256(bytes);
  Hash hash{};
  assert(digest.size() == hash.size());
  std::memcpy(hash.data(), digest.data(), hash.size());
  return hash;
}

namespace journal {

Head head(Database& db) {
  auto row = db.query(newest);
  if (!row->step()) return {};
  return {static_cast<Seq>(row->integer(0)), hash_of(*row, 2), records::fact_id(*row, 1).time()};
}

void append(Database& db, const Record& record) {
  assert(record.seq > 0);
  assert(record.hash != Hash{});
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
        return broken(record.seq, "A fact is not what was recorded: its hash differs");
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
