#include "sync/central/store_snapshot.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <span>

#include "storage/book/snapshot_intake.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/descriptor.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/store_records.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/feed.hpp"
#include "sync/wire/compression.hpp"

namespace keepsake::sync::central {

namespace {

namespace fs = std::filesystem;

Error stopped_error() {
  return {Failure::unavailable, "snapshot.stopped", "Head office is stopping", {}, {}};
}

/// Each transaction writes anew most of what finds customers: the fewer there are, the better.
constexpr std::size_t pages_at_once = 20;

std::vector<FeedPage> pages_after(Database& reader, std::string_view store, FeedCursor at) {
  std::vector<FeedPage> pages;
  do {
    pages.push_back(page_of_store(reader, store, at));
    at.position = pages.back().head;
  } while (!pages.back().complete && pages.size() < pages_at_once);
  return pages;
}

Result<std::unique_ptr<feed::StoreRecords>> followed(const fs::path& folder, Database& reader,
                                                     Vault& vault, std::string_view store,
                                                     const std::function<bool()>& stopped) {
  if (auto ok = make_private_folder(folder); !ok) return ok.error();
  auto records = feed::StoreRecords::open(store_records_file(folder, store), vault);
  if (!records) return records.error();
  try {
    for (bool more = true; more;) {
      if (stopped()) return stopped_error();
      std::vector<FeedPage> pages;
      {
        Transaction moment(reader);
        if (const auto order = generation(reader); order != (*records)->at().generation)
          if (auto ok = (*records)->begin(order); !ok) return ok.error();
        pages = pages_after(reader, store, (*records)->at());
        moment.commit();
      }
      if (auto ok = (*records)->take(pages); !ok) return ok.error();
      more = !pages.back().complete;
    }
  } catch (const DatabaseError& error) {
    return error.error();
  }
  if (auto ok = (*records)->clean(); !ok) return ok.error();
  return records;
}

/// A file that is removed again unless it is kept.
class Passing {
 public:
  explicit Passing(fs::path file) : file_(std::move(file)) {}
  ~Passing() {
    std::error_code ignored;
    if (!kept_) fs::remove(file_, ignored);
  }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  const fs::path& file() const { return file_; }
  void keep() { kept_ = true; }

 private:
  fs::path file_;
  bool kept_ = false;
};

/// Writes sealed parts, and notes where each ends.
class Parts {
 public:
  Parts(const fs::path& file, std::vector<std::uint64_t>& ends)
      : file_(file),
        out_(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only)),
        ends_(ends) {}

  Result<Done> add(std::string_view bytes) {
    std::uint64_t at = ends_.empty() ? 0 : ends_.back();
    for (std::string_view rest = bytes; !rest.empty();) {
      const auto written = out_.open() ? ::write(out_.number(), rest.data(), rest.size()) : -1;
      if (written <= 0) return disk_fault(errno, "Cannot write a snapshot", file_);
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    ends_.push_back(at + bytes.size());
    return Done{};
  }
  std::uint32_t count() const { return static_cast<std::uint32_t>(ends_.size()); }

 private:
  const fs::path& file_;
  Descriptor out_;
  std::vector<std::uint64_t>& ends_;
};

Result<Done> seal_rows(const fs::path& rows, const FileKey& key, SnapshotOffer& offer, Parts& parts,
                       const std::function<bool()>& stopped) {
  SnapshotHash hash;
  std::ifstream in(rows, std::ios::binary);
  std::string plain(snapshot_part_bytes, '\0');
  for (;;) {
    if (stopped()) return stopped_error();
    in.read(plain.data(), static_cast<std::streamsize>(plain.size()));
    const std::string_view read{plain.data(), static_cast<std::size_t>(in.gcount())};
    if (in.bad()) return disk_fault(EIO, "Cannot read a snapshot", rows);
    if (read.empty()) break;
    hash.add(read);
    offer.bytes += static_cast<std::int64_t>(read.size());
    auto added =
        parts.add(key.seal(offer.base.id.bytes, parts.count(), compress(read, Effort::quick)));
    if (!added) return added;
  }
  offer.content = hash.hash();
  offer.row_parts = parts.count();
  return Done{};
}

Result<Done> seal_keys(std::span<const CustomerRef> whose, const FileKey& key, Vault& vault,
                       SnapshotOffer& offer, Parts& parts) {
  while (!whose.empty()) {
    const auto some = whose.first(std::min(whose.size(), snapshot_keys_per_part));
    whose = whose.subspan(some.size());
    const auto sealed = vault.seal_keys_in(key, offer.base.id.bytes, parts.count(), some);
    if (!sealed) return sealed.error();
    if (auto added = parts.add(*sealed); !added) return added;
  }
  offer.key_parts = parts.count() - offer.row_parts;
  return Done{};
}

}  // namespace

Error snapshot_gone() {
  return {Failure::not_found,
          "snapshot.gone",
          "This snapshot is not here any more",
          {},
          "Ask for another one."};
}

fs::path store_records_file(const fs::path& folder, std::string_view store) {
  // Names of stores are free words.
  return folder / ("store-" + to_hex(sha256(store)).substr(0, 32) + ".db");
}

Result<Done> follow_feed(const fs::path& folder, Database& reader, Vault& vault,
                         std::string_view store, const std::function<bool()>& stopped) {
  const auto records = followed(folder, reader, vault, store, stopped);
  return records ? Result<Done>(Done{}) : Result<Done>(records.error());
}

Result<StoreSnapshot> StoreSnapshot::make(const fs::path& folder, Database& reader, Vault& vault,
                                          std::string_view store,
                                          const std::function<bool()>& stopped) {
  auto records = followed(folder, reader, vault, store, stopped);
  if (!records) return records.error();
  const SnapshotId id{random_bytes16()};
  StoreSnapshot made(folder / ("snapshot-" + to_hex(id) + ".sealed"), FileKey::make());
  made.offer_.base = {id, (*records)->at(), (*records)->hash(), 0};
  made.offer_.records = records::schema_version();
  const Passing rows(folder / ("rows-" + to_hex(id) + ".db"));
  Passing sealed(made.file_);
  if (auto ok = (*records)->copy_rows_to(rows.file()); !ok) return ok.error();
  // Here once, instead of at each terminal that gets it. What is not sound is made anew of the feed.
  if (auto ok = feed::check_rows(rows.file()); !ok) {
    records->reset();
    std::error_code ignored;
    if (ok.error().kind == Failure::corrupt) fs::remove(store_records_file(folder, store), ignored);
    return ok.error();
  }
  const auto whose = (*records)->whose_keys();
  if (!whose) return whose.error();
  Parts parts(made.file_, made.ends_);
  if (auto ok = seal_rows(rows.file(), made.key_, made.offer_, parts, stopped); !ok)
    return ok.error();
  if (auto ok = seal_keys(*whose, made.key_, vault, made.offer_, parts); !ok) return ok.error();
  sealed.keep();
  return made;
}

Result<std::string> StoreSnapshot::part(std::uint32_t n) const {
  if (n >= ends_.size()) return snapshot_gone();
  const std::uint64_t begin = n == 0 ? 0 : ends_[n - 1];
  std::string bytes(ends_[n] - begin, '\0');
  std::ifstream in(file_, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(begin));
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (static_cast<std::size_t>(in.gcount()) != bytes.size()) return snapshot_gone();
  return bytes;
}

void StoreSnapshot::remove() const {
  std::error_code ignored;
  fs::remove(file_, ignored);
}

void drop_store_records(const fs::path& folder, std::string_view store) {
  const fs::path file = store_records_file(folder, store);
  std::error_code ignored;
  fs::remove(fs::path(file).concat("-journal"), ignored);
  fs::remove(file, ignored);
}

void sweep_snapshots(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> found;
  for (auto at = fs::directory_iterator(folder, failed); !failed && at != fs::directory_iterator();
       at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with("snapshot-") || name.starts_with("rows-")) found.push_back(at->path());
  }
  for (const fs::path& each : found) fs::remove(each, failed);
}

}  // namespace keepsake::sync::central
