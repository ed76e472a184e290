#include "storage/book/snapshot_intake.hpp"

#include <fcntl.h>
#include <fstream>
#include <set>

#include "storage/book/arriving_snapshot.hpp"
#include "storage/book/leaving_keys.hpp"
#include "storage/book/terminal.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/descriptor.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/placing.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

namespace fs = std::filesystem;

Error fault(const fs::path& file) {
  return disk_fault(errno, "Cannot write what head office sends", file);
}

Error dropped() {
  return {Failure::not_found,
          "snapshot.dropped",
          "The snapshot was dropped",
          {},
          "Another one is fetched automatically."};
}

Error damaged() {
  return {Failure::corrupt,
          "snapshot.damaged",
          "What head office sent is damaged",
          {},
          "It is fetched again automatically."};
}

/// Whole and as it was sent.
Result<Done> check_content(const fs::path& file, const Hash& content, std::size_t part_bytes) {
  SnapshotHash hash;
  std::ifstream in(file, std::ios::binary);
  std::string part(part_bytes, '\0');
  while (in) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    if (in.gcount() > 0) hash.add({part.data(), static_cast<std::size_t>(in.gcount())});
  }
  return in.bad() || hash.hash() != content ? Result<Done>(damaged()) : Result<Done>(Done{});
}

}  // namespace

SnapshotIntake::SnapshotIntake(fs::path folder, Vault& vault, Exclusively exclusively)
    : folder_(std::move(folder)), vault_(vault), exclusively_(std::move(exclusively)) {}

Result<std::int64_t> SnapshotIntake::begin(const SnapshotId& id, std::int64_t bytes) {
  std::int64_t here = 0;
  const auto file = arriving_snapshot::part_file(folder_, id);
  auto begun = exclusively_([&](Database& database) -> Result<Done> {
    const auto before = arriving_snapshot::wanted(database);
    const bool goes_on = before && before->id == id && before->bytes == bytes;
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (goes_on ? 0 : O_TRUNC);
    const Descriptor out(::open(file.c_str(), flags, owner_only));
    if (!out.open()) return fault(file);
    here = ::lseek(out.number(), 0, SEEK_END);
    if (goes_on) return Done{};
    Transaction transaction(database);
    arriving_snapshot::put(database, {id, bytes});
    transaction.commit();
    sweep(database);
    return Done{};
  });
  if (!begun) return begun.error();
  return here;
}

Result<Done> SnapshotIntake::put(const SnapshotId& id, std::int64_t at, std::string_view bytes) {
  const auto file = arriving_snapshot::part_file(folder_, id);
  // Never made here: who drops it takes the file away.
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!out.open()) return errno == ENOENT ? dropped() : fault(file);
  while (!bytes.empty()) {
    const auto written = ::pwrite(out.number(), bytes.data(), bytes.size(), at);
    if (written <= 0) return fault(file);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += written;
  }
  return Done{};
}

Result<Done> SnapshotIntake::take(const FeedBase& base, const Hash& content, std::size_t part_bytes,
                                  std::span<const FactOutcome> outcomes) {
  const auto part = arriving_snapshot::part_file(folder_, base.id);
  if (auto ok = check_content(part, content, part_bytes); !ok) {
    (void)drop();
    return ok;
  }
  const int erasures = erasures_;
  std::vector<CustomerRef> erased;
  auto done = exclusively_([&](Database& database) -> Result<Done> {
    erased = pending_customers(database);
    return Done{};
  });
  // Cut short here, it is not what was sent any more: the next start sees that, and fetches it again.
  if (done) done = feed::make_own(part, vault_, erased);
  const auto file = feed::base_file(folder_, base.id);
  // SQLite would take what a try that was killed left of its log into this file.
  std::error_code ignored;
  fs::remove(fs::path(file).concat("-journal"), ignored);
  // Named by its place before the book names it: a crash leaves a file that is swept away.
  if (done) done = rename_durably(part, file);
  if (done) done = take_prepared(base, outcomes, erasures);
  if (done)
    return exclusively_(
        [&](Database& database) { return leaving_keys::drop(database, vault_, folder_); });
  // Of a commit that failed nobody knows whether it is on the disk. So the file stays until another
  // commit has said that the book does not name it.
  (void)drop();
  return erasures_ == erasures ? done : dropped();
}

/// The only step that keeps the writing connection.
Result<Done> SnapshotIntake::take_prepared(const FeedBase& base,
                                           std::span<const FactOutcome> outcomes, int erasures) {
  return exclusively_([&](Database& database) -> Result<Done> {
    // It holds the person's values, and whoever erased them has taken the file away.
    if (erasures_ != erasures) return dropped();
    Transaction all(database);
    auto begun = feed::begin_with(database, vault_, folder_, base);
    if (begun) {
      terminal::note_outcomes(database, outcomes);
      arriving_snapshot::forget(database);
      leaving_keys::add_all(database);
      all.commit();
      sweep(database);
    }
    return begun;
  });
}

Result<Done> SnapshotIntake::drop() {
  return exclusively_([&](Database& database) -> Result<Done> {
    arriving_snapshot::forget(database);
    sweep(database);
    return Done{};
  });
}

Result<Done> SnapshotIntake::strip() {
  std::optional<FeedBase> begun;
  std::vector<CustomerRef> erased;
  auto looked = exclusively_([&](Database& database) -> Result<Done> {
    ++erasures_;
    erased = pending_customers(database);
    begun = feed::base(database);
    arriving_snapshot::forget(database);
    sweep(database);
    return Done{};
  });
  if (!looked || !begun || erased.empty()) return looked;
  const auto file = feed::base_file(folder_, begun->id);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return Done{};
  return feed::strip_base(file, erased);
}

void SnapshotIntake::sweep(Database& database) {
  std::set<std::string> named;
  if (const auto begun = feed::base(database))
    named.insert(feed::base_file(folder_, begun->id).filename().string());
  if (const auto under = arriving_snapshot::wanted(database)) {
    named.insert(arriving_snapshot::part_file(folder_, under->id).filename().string());
    named.insert(feed::base_file(folder_, under->id).filename().string());
  }
  std::error_code failed;
  std::vector<fs::path> found;
  for (auto at = fs::directory_iterator(folder_, failed); !failed && at != fs::directory_iterator();
       at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if ((name.starts_with("base-") && !named.contains(name.substr(0, name.find(".db") + 3))) ||
        (name.starts_with("snapshot-") && !named.contains(name)))
      found.push_back(at->path());
  }
  for (const fs::path& each : found) fs::remove(each, failed);
}

Result<bool> SnapshotIntake::lacks_base() {
  bool lacks = false;
  auto looked = exclusively_([&](Database& database) -> Result<Done> {
    const auto begun = feed::base(database);
    std::error_code ignored;
    lacks = begun && !fs::exists(feed::base_file(folder_, begun->id), ignored);
    return Done{};
  });
  if (!looked) return looked.error();
  return lacks;
}

void SnapshotHash::add(std::string_view part) { parts_ += view(sha256(part)); }

Hash SnapshotHash::hash() const { return sha256(parts_); }

}  // namespace keepsake
