#include "storage/book/backup.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include "storage/book/data_folder.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/feed/base.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, const char* ending) {
  fs::path name = file;
  name += ending;
  return name;
}

Error io(const fs::path& where, const std::error_code& failed) {
  return disk_fault(failed.value(), "Disk error", where);
}

/// Settings, marks and customers' papers, each of at most a few MiB: with much room.
constexpr std::size_t copied_bytes = std::size_t{256} << 20U;

Result<Done> copy_checked(const fs::path& from, const fs::path& to) {
  const auto bytes = read_whole(from, copied_bytes);
  if (!bytes) return bytes.error();
  if (auto ok = write_durably(to, *bytes); !ok) return ok;
  const auto back = read_whole(to, copied_bytes);
  if (!back) return back.error();
  if (sha256(*back) == sha256(*bytes)) return Done{};
  std::error_code ignored;
  fs::remove(to, ignored);
  return Error{Failure::corrupt, "backup.differs", "The copy differs from what was written",
               to.string(), "Use another disk."};
}

/// Of every file below, relative to it; none when it is not there.
Result<std::vector<fs::path>> files_below(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  if (!fs::exists(folder, failed)) return found;
  for (auto at = fs::recursive_directory_iterator(folder, failed);
       !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code gone;
    if (at->is_regular_file(gone)) found.push_back(fs::relative(at->path(), folder, gone));
  }
  if (failed) return io(folder, failed);
  return found;
}

bool is_there(const fs::path& source, const fs::path& target) {
  std::error_code failed;
  if (!fs::exists(target, failed)) return false;
  // A name is the content's hash, and a copy is there whole or not at all.
  return fs::file_size(source, failed) == fs::file_size(target, failed) && !failed;
}

Result<Done> copy_files(const fs::path& source, const fs::path& target, BackupDone& done) {
  const auto files = files_below(source);
  if (!files) return files.error();
  for (const fs::path& each : *files) {
    std::error_code failed;
    if (is_there(source / each, target / each)) {
      ++done.files_kept;
      continue;
    }
    if (auto ok = make_private_folder((target / each).parent_path()); !ok) return ok;
    if (auto ok = copy_checked(source / each, target / each); !ok) {
      if (!fs::exists(source / each, failed)) continue;  // removed meanwhile
      return ok;
    }
    ++done.files_copied;
  }
  return Done{};
}

/// What the folder does not have any more, its copy must not have either.
Result<Done> drop_files(const fs::path& source, const fs::path& target, BackupDone& done) {
  const auto files = files_below(target);
  if (!files) return files.error();
  for (const fs::path& each : *files) {
    std::error_code failed;
    if (fs::exists(source / each, failed)) continue;
    fs::remove(target / each, failed);
    if (failed) return io(target / each, failed);
    ++done.files_dropped;
  }
  return Done{};
}

/// Both can be read and hold the same, from there on.
bool same_content(const fs::path& one, const fs::path& other, std::streamoff from = 0) {
  std::error_code failed;
  if (fs::file_size(one, failed) != fs::file_size(other, failed) || failed) return false;
  std::ifstream a(one, std::ios::binary), b(other, std::ios::binary);
  a.seekg(from);
  b.seekg(from);
  std::array<char, 64 * 1024> of_a{}, of_b{};
  while (a && b) {
    a.read(of_a.data(), of_a.size());
    b.read(of_b.data(), of_b.size());
    if (a.gcount() != b.gcount() ||
        !std::equal(of_a.begin(), of_a.begin() + a.gcount(), of_b.begin()))
      return false;
  }
  return a.eof() && b.eof() && !a.bad() && !b.bad();
}

/// Of the real place, as far as it is there.
fs::path placed(const fs::path& path) {
  std::error_code failed;
  auto real = fs::weakly_canonical(fs::absolute(path, failed), failed);
  return failed ? path : real;
}

/// A copy may take the place of an earlier one, of nothing else; FILE.toml tells them.
Result<Done> check_target(const fs::path& folder, const fs::path& file) {
  const auto home = placed(folder), target = placed(file);
  if (std::mismatch(home.begin(), home.end(), target.begin(), target.end()).first == home.end())
    return Error{Failure::bad_input, "backup.inside",
                 "A backup inside the data folder would be lost with it", file.string(),
                 "Name a file elsewhere, best on another disk."};
  std::error_code failed;
  if (fs::exists(beside(file, ".toml"), failed)) return Done{};
  return check_new(file);
}

Result<std::optional<FeedBase>> base_of(Database& database) {
  try {
    return feed::base(database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

/// The rows that the records began with; those of an earlier copy go.
Result<Done> copy_base(const std::optional<FeedBase>& base, const fs::path& folder,
                       const fs::path& copies) {
  std::error_code failed;
  if (!base) {
    fs::remove_all(copies, failed);
    return Done{};
  }
  if (auto ok = make_private_folder(copies); !ok) return ok;
  const auto from = feed::base_file(folder, base->id);
  const auto rows = sqlite::open(from, {.mode = sqlite::Mode::reader});
  if (!rows) return rows.error();
  if (auto ok = sqlite::backup(**rows, copies / from.filename(), {}); !ok) return ok;
  const auto found = files_below(copies);
  if (!found) return found.error();
  for (const fs::path& each : *found)
    if (each != from.filename()) fs::remove(copies / each, failed);
  return Done{};
}

/// Both are of one moment: where the records began anew meanwhile, all of it is copied again.
Result<Done> copy_database(Database& source, const fs::path& folder, const fs::path& file,
                           const std::function<void(int percent)>& progress) {
  for (;;) {
    const auto before = base_of(source);
    if (!before) return before.error();
    if (auto ok = sqlite::backup(source, file, progress); !ok) return ok;
    const auto copied = copy_base(*before, folder, beside(file, ".base"));
    const auto after = base_of(source);
    if (!after) return after.error();
    if (*after == *before) return copied;
  }
}

Result<Done> restore_base(const fs::path& copies, const fs::path& folder) {
  const auto found = files_below(copies);
  if (!found) return found.error();
  for (const fs::path& each : *found) {
    const auto part = beside(folder / each, ".part");
    std::error_code failed;
    fs::remove(part, failed);
    fs::copy_file(copies / each, part, failed);
    if (failed) return io(part, failed);
    if (auto ok = rename_durably(part, folder / each); !ok) return ok;
  }
  return Done{};
}

}  // namespace

Result<BackupDone> back_up(const fs::path& folder, const fs::path& file,
                           const std::function<void(int percent)>& progress) {
  BackupDone done;
  // A reader, not the book: the kiosk that holds the book goes on selling.
  auto source = open_to_read(folder);
  if (!source) return source.error();
  if (auto ok = check_target(folder, file); !ok) return ok.error();
  // First, so that a copy cut short is known for one.
  if (auto ok = copy_checked(settings_file(folder), beside(file, ".toml")); !ok) return ok.error();
  if (auto ok = copy_database(**source, folder, file, progress); !ok) return ok.error();
  std::error_code failed;
  done.database_bytes = fs::file_size(file, failed);
  const auto files = folder / "files", copies = beside(file, ".files");
  if (auto ok = copy_files(files, copies, done); !ok) return ok.error();
  if (auto ok = drop_files(files, copies, done); !ok) return ok.error();
  return done;
}

Result<Done> restore(const fs::path& file, const fs::path& folder) {
  std::error_code failed;
  const auto database = database_file(folder);
  const bool there = fs::exists(database, failed);
  // What an earlier try has brought is gone on with; what was written to since is another shop.
  const auto written = fs::file_size(beside(database, "-wal"), failed);
  const bool used = !failed && written > 0;
  // Opening it has written into SQLite's header that it has a log, which a copy has not.
  constexpr std::streamoff header_bytes = 100;
  if (there && (used || !same_content(file, database, header_bytes)))
    return Error{Failure::refused, "book.exists", "This folder already holds Keepsake data",
                 folder.string(), "Name a new folder."};
  if (!fs::exists(file, failed) || !fs::exists(beside(file, ".toml"), failed))
    return Error{Failure::not_found, "backup.none", "There is no backup with this name",
                 file.string(),
                 "Name the file that keepsake backup wrote; FILE.toml and FILE.files stand "
                 "beside it."};
  if (auto ok = make_private_folder(folder); !ok) return ok;
  BackupDone done;
  if (auto ok = copy_files(beside(file, ".files"), folder / "files", done); !ok) return ok;
  if (auto ok = restore_base(beside(file, ".base"), folder); !ok) return ok;
  if (auto ok = copy_checked(beside(file, ".toml"), settings_file(folder)); !ok) return ok;
  if (there) return Done{};
  // Last: without it the folder is none yet.
  const auto part = beside(database_file(folder), ".part");
  fs::remove(part, failed);
  fs::copy_file(file, part, failed);
  if (failed) return io(part, failed);
  return rename_durably(part, database_file(folder));
}

Result<std::int64_t> destroy_erased_keys(const fs::path& folder) {
  try {
    const auto database = open_to_read(folder);
    if (!database) return database.error();
    const auto erased = records::erased_customers(**database);
    auto vault = Vault::open(folder);
    if (!vault) return vault.error();
    if (auto ok = (*vault)->destroy_keys(erased); !ok) return ok.error();
    return static_cast<std::int64_t>(erased.size());
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake
