#include "sync/mirror/mirror_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sstream>
#include <unistd.h>
#include <utility>

#include "mirror_migrations.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"

namespace keepsake::sync::mirror {

namespace {

constexpr Sql newest{"mirror.kept.newest",
                     "SELECT last, head_hash FROM kept WHERE terminal = $1 AND epoch = $2 "
                     "ORDER BY n DESC LIMIT 1"};
constexpr Sql ending_at{"mirror.kept.ending-at",
                        "SELECT n, first, base_hash FROM kept WHERE terminal = $1 AND epoch = $2 "
                        "AND last = $3 AND head_hash = $4 ORDER BY n DESC LIMIT 1"};
constexpr Sql same{"mirror.kept.same",
                   "SELECT 1 FROM kept WHERE terminal = $1 AND epoch = $2 AND last = $3 "
                   "AND first = $4 AND head_hash = $5 AND base_hash = $6"};
constexpr Sql insert_kept{"mirror.kept.insert",
                          "INSERT INTO kept (terminal, epoch, first, last, base_hash, head_hash, "
                          "bytes, sealed, kept_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Sql delete_kept{"mirror.kept.delete", "DELETE FROM kept WHERE n = $1"};
constexpr Sql size_of_till{"mirror.kept.size",
                           "SELECT coalesce(sum(bytes), 0), coalesce(sum(last - first + 1), 0) "
                           "FROM kept WHERE terminal = $1"};
constexpr Sql size_of_all{"mirror.kept.size-of-all", "SELECT coalesce(sum(bytes), 0) FROM kept"};
constexpr Sql whose_wait{"mirror.kept.waiting",
                         "SELECT terminal, epoch FROM kept WHERE refused = '' "
                         "GROUP BY terminal, epoch ORDER BY min(n)"};
constexpr Sql waiting_of{"mirror.kept.next",
                         "SELECT n, last - first + 1, sealed, kept_ms FROM kept "
                         "WHERE terminal = $1 AND epoch = $2 AND refused = '' ORDER BY n LIMIT $3"};
constexpr Sql set_refused{"mirror.kept.refuse", "UPDATE kept SET refused = $2 WHERE n = $1"};
constexpr Sql clear_refused{"mirror.kept.ask-again",
                            "UPDATE kept SET refused = '' WHERE refused <> ''"};
constexpr Sql read_answer{"mirror.answer.read",
                          "SELECT signed FROM answer WHERE terminal = $1 AND epoch = $2 "
                          "AND seq > $3"};
constexpr Sql put_answer{"mirror.answer.put",
                         "INSERT INTO answer (terminal, epoch, seq, signed) VALUES ($1, $2, $3, $4)"
                         " ON CONFLICT (terminal, epoch) DO UPDATE SET seq = excluded.seq, "
                         "signed = excluded.signed WHERE excluded.seq >= seq"};
constexpr Sql count_handed_in{"mirror.handed-in.count",
                              "INSERT INTO handed_in (terminal, records, at_ms) VALUES ($1, $2, $3)"
                              " ON CONFLICT (terminal) DO UPDATE SET "
                              "records = records + excluded.records, at_ms = excluded.at_ms"};
constexpr Sql drop_neighbours{"mirror.neighbour.drop", "DELETE FROM neighbour"};
constexpr Sql put_neighbour{"mirror.neighbour.put",
                            "INSERT INTO neighbour (terminal, epoch, till, addresses) "
                            "VALUES ($1, $2, $3, $4) ON CONFLICT (terminal) DO UPDATE SET "
                            "epoch = excluded.epoch, till = excluded.till, "
                            "addresses = excluded.addresses"};
constexpr Sql list_neighbours{"mirror.neighbour.list",
                              "SELECT terminal, epoch, till, addresses FROM neighbour "
                              "ORDER BY terminal"};
constexpr Sql find_neighbour{"mirror.neighbour.find",
                             "SELECT 1 FROM neighbour WHERE terminal = $1 AND epoch <= $2"};
constexpr Sql upsert_copy{"mirror.copy.put",
                          "INSERT INTO copy (terminal, held, at_ms, trouble) "
                          "VALUES ($1, $2, $3, $4) ON CONFLICT (terminal) DO UPDATE SET "
                          "held = excluded.held, at_ms = excluded.at_ms, "
                          "trouble = excluded.trouble"};
constexpr Sql set_trouble{"mirror.copy.trouble",
                          "INSERT INTO copy (terminal, held, at_ms, trouble) "
                          "VALUES ($1, 0, $3, $2) ON CONFLICT (terminal) DO UPDATE SET "
                          "trouble = excluded.trouble"};
constexpr Sql list_copies{"mirror.copy.list",
                          "SELECT coalesce(n.till, 0), c.terminal, c.held, c.at_ms, c.trouble "
                          "FROM copy c LEFT JOIN neighbour n ON n.terminal = c.terminal "
                          "ORDER BY 1, 2"};
constexpr Sql list_kept{
    "mirror.kept.list",
    "SELECT coalesce(n.till, 0), w.terminal, "
    "(SELECT coalesce(sum(k.last - k.first + 1), 0) FROM kept k WHERE k.terminal = w.terminal), "
    "(SELECT coalesce(sum(k.last - k.first + 1), 0) FROM kept k WHERE k.terminal = w.terminal "
    "AND k.refused <> ''), coalesce(h.records, 0) "
    "FROM (SELECT terminal FROM kept UNION SELECT terminal FROM handed_in) w "
    "LEFT JOIN neighbour n ON n.terminal = w.terminal "
    "LEFT JOIN handed_in h ON h.terminal = w.terminal ORDER BY 1, 2"};

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "mirror.db"; }

/// There, and its owner's alone, before anything is in it; SQLite's log takes its mode.
Result<Done> make_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return disk_fault(errno, "The file cannot be made", file);
  ::close(descriptor);
  return Done{};
}

void bind_whose(Query& query, const TerminalIdentity& whose) {
  query.bind(1, whose.terminal.value);
  query.bind(2, whose.epoch.value);
}

ChainPlace held_of(Database& database, const TerminalIdentity& whose) {
  const auto row = database.query(newest);
  bind_whose(*row, whose);
  if (!row->step()) return {};
  return {static_cast<Seq>(row->integer(0)), bytes32(row->blob(1))};
}

bool is_kept(Database& database, const TerminalIdentity& whose, const MirroredBatch& batch) {
  const auto row = database.query(same);
  bind_whose(*row, whose);
  row->bind(3, batch.last);
  row->bind(4, batch.first);
  row->bind_blob(5, view(batch.head_hash));
  row->bind_blob(6, view(batch.base_hash));
  return row->step();
}

void keep(Database& database, const TerminalIdentity& whose, const MirroredBatch& batch,
          Instant now) {
  const auto insert = database.query(insert_kept);
  bind_whose(*insert, whose);
  insert->bind(3, batch.first);
  insert->bind(4, batch.last);
  insert->bind_blob(5, view(batch.base_hash));
  insert->bind_blob(6, view(batch.head_hash));
  insert->bind(7, static_cast<std::int64_t>(batch.sealed.size()));
  insert->bind_blob(8, batch.sealed);
  insert->bind(9, now.ms);
  insert->step();
}

void drop(Database& database, std::int64_t n) {
  const auto row = database.query(delete_kept);
  row->bind(1, n);
  row->step();
}

std::string joined(const std::vector<std::string>& addresses) {
  std::string all;
  for (const std::string& each : addresses) all += (all.empty() ? "" : " ") + each;
  return all;
}

std::vector<std::string> split(std::string_view addresses) {
  std::istringstream in{std::string(addresses)};
  std::vector<std::string> all;
  for (std::string each; in >> each;) all.push_back(std::move(each));
  return all;
}

MirrorState state_in(Database& database) {
  MirrorState state;
  for (const auto row = database.query(list_copies); row->step();)
    state.copies.push_back({static_cast<std::uint32_t>(row->integer(0)),
                            {static_cast<std::uint32_t>(row->integer(1))},
                            static_cast<Seq>(row->integer(2)),
                            {row->integer(3)},
                            std::string(row->text(4))});
  for (const auto row = database.query(list_kept); row->step();)
    state.kept.push_back({static_cast<std::uint32_t>(row->integer(0)),
                          {static_cast<std::uint32_t>(row->integer(1))},
                          row->integer(2),
                          row->integer(3),
                          row->integer(4)});
  return state;
}

}  // namespace

MirrorFile::MirrorFile(std::unique_ptr<Database> database, const KeepingLimits& limits)
    : limits_(limits), database_(std::move(database)) {}
MirrorFile::~MirrorFile() = default;

Result<std::unique_ptr<MirrorFile>> MirrorFile::open(const std::filesystem::path& folder,
                                                     const KeepingLimits& limits) {
  if (auto ok = make_private(file_in(folder)); !ok) return ok.error();
  auto database = sqlite::open(file_in(folder));
  if (!database) return database.error();
  if (auto ok = migrate(**database, "mirror", embedded::mirror_migrations); !ok) return ok.error();
  return std::unique_ptr<MirrorFile>(new MirrorFile(std::move(*database), limits));
}

/// One caller at a time; what the database throws comes back as an Error.
template <class Work>
auto MirrorFile::locked(Work&& work) -> decltype(work()) {
  const std::lock_guard lock(mutex_);
  try {
    return work();
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<MirrorAnswer> MirrorFile::take(const TerminalIdentity& whose, const MirrorRequest& request,
                                      Seq acknowledged, Instant now) {
  return locked([&]() -> Result<MirrorAnswer> {
    Transaction transaction(*database_);
    if (request.own && *request.own == held_of(*database_, whose))
      drop_acknowledged(whose, *request.own, acknowledged);
    MirrorAnswer answer;
    if (request.batch && !is_kept(*database_, whose, *request.batch)) {
      answer.full = !has_room(whose.terminal, *request.batch);
      if (!answer.full) keep(*database_, whose, *request.batch, now);
    }
    answer.held = held_of(*database_, whose);
    {
      const auto row = database_->query(read_answer);
      bind_whose(*row, whose);
      row->bind(3, request.acked);
      if (row->step()) answer.acknowledgement = row->blob(0);
    }
    transaction.commit();
    return answer;
  });
}

/// From the place that the till has in its journal back, as far as one part follows the other.
void MirrorFile::drop_acknowledged(const TerminalIdentity& whose, ChainPlace place,
                                   Seq acknowledged) {
  while (place.seq > 0) {
    std::int64_t n = 0;
    Seq last = place.seq;
    {
      const auto row = database_->query(ending_at);
      bind_whose(*row, whose);
      row->bind(3, place.seq);
      row->bind_blob(4, view(place.hash));
      if (!row->step()) return;
      n = row->integer(0);
      place = {static_cast<Seq>(row->integer(1)) - 1, bytes32(row->blob(2))};
    }
    if (last <= acknowledged) drop(*database_, n);
  }
}

bool MirrorFile::has_room(TerminalNumber whose, const MirroredBatch& batch) {
  const auto more = static_cast<std::int64_t>(batch.sealed.size());
  {
    const auto row = database_->query(size_of_till);
    row->bind(1, whose.value);
    row->step();
    if (row->integer(0) + more > limits_.bytes_of_till ||
        row->integer(1) + batch.last - batch.first + 1 > limits_.records_of_till)
      return false;
  }
  const auto row = database_->query(size_of_all);
  row->step();
  return row->integer(0) + more <= limits_.bytes;
}

Result<std::vector<KeptBatch>> MirrorFile::next(const std::vector<TerminalIdentity>& put_off) {
  return locked([&]() -> Result<std::vector<KeptBatch>> {
    std::vector<KeptBatch> batches;
    std::optional<TerminalIdentity> whose;
    for (const auto row = database_->query(whose_wait); row->step() && !whose;) {
      const TerminalIdentity each{{static_cast<std::uint32_t>(row->integer(0))},
                                  {static_cast<std::uint8_t>(row->integer(1))}};
      if (std::ranges::find(put_off, each) == put_off.end()) whose = each;
    }
    if (!whose) return batches;
    constexpr std::size_t around_each = 64;  // what a message adds
    std::size_t bytes = around_each;
    const auto row = database_->query(waiting_of);
    bind_whose(*row, *whose);
    row->bind(3, static_cast<std::int64_t>(handed_in_at_once));
    while (row->step()) {
      bytes += row->blob(2).size() + around_each;
      if (bytes > hand_in_bytes && !batches.empty()) break;
      batches.push_back(
          {row->integer(0), *whose, row->integer(1), std::string(row->blob(2)), {row->integer(3)}});
    }
    return batches;
  });
}

Result<Done> MirrorFile::handed_in(const std::vector<KeptBatch>& batches, Instant now, Seq acked,
                                   std::string_view signed_answer) {
  if (batches.empty()) return Done{};
  return locked([&]() -> Result<Done> {
    Transaction transaction(*database_);
    const TerminalIdentity& whose = batches.front().whose;
    std::int64_t records = 0;
    for (const KeptBatch& each : batches) {
      drop(*database_, each.n);
      records += each.records;
    }
    {
      const auto count = database_->query(count_handed_in);
      count->bind(1, whose.terminal.value);
      count->bind(2, records);
      count->bind(3, now.ms);
      count->step();
    }
    if (!signed_answer.empty()) {
      const auto put = database_->query(put_answer);
      bind_whose(*put, whose);
      put->bind(3, acked);
      put->bind_blob(4, signed_answer);
      put->step();
    }
    transaction.commit();
    return Done{};
  });
}

Result<Done> MirrorFile::put_refused(const KeptBatch& batch, std::string_view code) {
  return locked([&]() -> Result<Done> {
    const auto row = database_->query(set_refused);
    row->bind(1, batch.n);
    row->bind_text(2, code.empty() ? "refused" : code);
    row->step();
    return Done{};
  });
}

Result<Done> MirrorFile::ask_again() {
  return locked([&]() -> Result<Done> {
    database_->query(clear_refused)->step();
    return Done{};
  });
}

Result<Done> MirrorFile::put_neighbours(const std::vector<Neighbour>& neighbours) {
  return locked([&]() -> Result<Done> {
    Transaction transaction(*database_);
    database_->query(drop_neighbours)->step();
    for (const Neighbour& each : neighbours) {
      const auto row = database_->query(put_neighbour);
      bind_whose(*row, each.identity);
      row->bind(3, each.till);
      row->bind_text(4, joined(each.addresses));
      row->step();
    }
    transaction.commit();
    return Done{};
  });
}

Result<std::vector<Neighbour>> MirrorFile::neighbours() {
  return locked([&]() -> Result<std::vector<Neighbour>> {
    std::vector<Neighbour> found;
    for (const auto row = database_->query(list_neighbours); row->step();)
      found.push_back({{{static_cast<std::uint32_t>(row->integer(0))},
                        {static_cast<std::uint8_t>(row->integer(1))}},
                       static_cast<std::uint32_t>(row->integer(2)),
                       split(row->text(3))});
    return found;
  });
}

Result<bool> MirrorFile::is_neighbour(const TerminalIdentity& who) {
  return locked([&]() -> Result<bool> {
    const auto row = database_->query(find_neighbour);
    bind_whose(*row, who);
    return row->step();
  });
}

Result<Done> MirrorFile::put_copy(TerminalNumber neighbour, Seq held, Instant at,
                                  std::string_view trouble) {
  return locked([&]() -> Result<Done> {
    const bool failed = !trouble.empty();
    const auto row = database_->query(failed ? set_trouble : upsert_copy);
    row->bind(1, neighbour.value);
    row->bind(3, at.ms);
    if (failed) {
      row->bind_text(2, trouble);
    } else {
      row->bind(2, held);
      row->bind_text(4, "");
    }
    row->step();
    return Done{};
  });
}

Result<MirrorState> MirrorFile::state() {
  return locked([&]() -> Result<MirrorState> { return state_in(*database_); });
}

Result<MirrorState> read_mirror_state(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(file_in(folder), ignored)) return MirrorState{};
  const auto database = sqlite::open(file_in(folder), {.mode = sqlite::Mode::reader});
  if (!database) return database.error();
  try {
    const Transaction moment(**database);
    return state_in(**database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::mirror
