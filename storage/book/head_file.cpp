#include "storage/book/head_file.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <unistd.h>
#include <utility>

#include "storage/engine/database.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

constexpr Sql hash_by_seq{"head.hash", "SELECT hash FROM journal WHERE seq = $1"};
constexpr std::size_t check_digits = 8;

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "head"; }

/// Twenty digits, the hash, and the beginning of the line's own hash, which a torn write does not
/// have.
std::string line_of(const KeptHead& head) {
  std::string digits = std::to_string(head.seq);
  digits.insert(0, 20 - digits.size(), '0');
  std::string line = digits + " " + to_hex(head.hash) + " ";
  return line + to_hex(sha256(line)).substr(0, check_digits) + "\n";
}

bool journal_has(Database& database, const KeptHead& kept) {
  auto row = database.query(hash_by_seq);
  row->bind(1, kept.seq);
  return row->step() && row->blob(0) == view(kept.hash);
}

}  // namespace

Result<HeadFile> HeadFile::open(const std::filesystem::path& folder) {
  const auto file = file_in(folder);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
  if (descriptor < 0) return disk_fault(errno, "Cannot open", file);
  return HeadFile(descriptor);
}

HeadFile::HeadFile(HeadFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

HeadFile::~HeadFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void HeadFile::write(const KeptHead& head) {
  const std::string line = line_of(head);
  // What cannot be written says nothing, which is what an old line says too.
  [[maybe_unused]] const auto written = ::pwrite(descriptor_, line.data(), line.size(), 0);
}

std::optional<KeptHead> read_head(const std::filesystem::path& folder) {
  std::ifstream in(file_in(folder), std::ios::binary);
  std::string line;
  if (!std::getline(in, line) || line.size() < 22) return std::nullopt;
  KeptHead head;
  const auto [end, fault] = std::from_chars(line.data(), line.data() + 20, head.seq);
  if (fault != std::errc() || end != line.data() + 20) return std::nullopt;
  const auto hash = parse_hash(std::string_view(line).substr(21, 2 * head.hash.size()));
  if (!hash) return std::nullopt;
  head.hash = *hash;
  if (line + "\n" != line_of(head)) return std::nullopt;
  return head;
}

Result<Done> check_head(Database& database, const std::filesystem::path& folder) {
  const auto kept = read_head(folder);
  if (!kept || kept->seq == 0 || journal_has(database, *kept)) return Done{};
  const auto end = journal::head(database).seq;
  return Error{Failure::corrupt, "journal.behind",
               end < kept->seq
                   ? "Confirmed facts are missing: the journal ends at " + std::to_string(end) +
                         ", but " + std::to_string(kept->seq) + " were confirmed"
                   : "The journal is not the one of this folder: fact " +
                         std::to_string(kept->seq) + " is another",
               folder.string(),
               "Put the newest copy of keepsake.db back, with its -wal file. If there is none, "
               "remove the file `head` to go on without what is missing, and enrol again."};
}

}  // namespace keepsake
