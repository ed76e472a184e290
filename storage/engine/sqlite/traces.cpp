#include "storage/engine/sqlite/traces.hpp"

#include <algorithm>
#include <sqlite3.h>
#include <utility>

#include "storage/engine/database.hpp"
#include "storage/engine/sqlite/fault.hpp"
#include "storage/engine/sqlite/handle.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/page.hpp"

namespace keepsake::sqlite {

namespace {

constexpr std::size_t header_bytes = 100;
constexpr std::uint32_t pages_a_read = 64;
/// Other kinds of pages begin with the number of a page: with fewer pages than this the first byte
/// tells them from those of tables.
constexpr std::uint32_t pages_most = 0x02000000;

struct Format {
  std::uint32_t page_bytes = 0;
  std::uint32_t reserved = 0;
};

sqlite3_file* file_of(Database& database) {
  sqlite3_file* file = nullptr;
  const int code =
      sqlite3_file_control(handle_of(database), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || file == nullptr || file->pMethods == nullptr)
    throw DatabaseError(fault(code == SQLITE_OK ? SQLITE_CANTOPEN : code, "pages"));
  return file;
}

/// As much of it as the file has; the rest is zeros.
int read_at(sqlite3_file* file, char* into, std::size_t bytes, std::int64_t at) {
  const int code = file->pMethods->xRead(file, into, static_cast<int>(bytes), at);
  return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

std::uint32_t number(const std::string& header, std::size_t at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < bytes; ++n)
    value = value << 8U | static_cast<std::uint8_t>(header[at + n]);
  return value;
}

Result<Format> format_of(sqlite3_file* file) {
  std::string header(header_bytes, '\0');
  if (const int code = read_at(file, header.data(), header.size(), 0); code != SQLITE_OK)
    return fault(code, "pages");
  Format format{number(header, 16, 2), number(header, 20, 1)};
  if (format.page_bytes == 1) format.page_bytes = 65536;
  const bool vacuums_itself = number(header, 52, 4) != 0;  // has pages of another kind
  if (format.page_bytes < 512 || vacuums_itself)
    return Error{Failure::internal, "pages.format", "The data file has pages of another kind", "",
                 "Report this as a defect."};
  return format;
}

std::string_view page_at(const std::string& buffer, std::size_t n, std::uint32_t page_bytes) {
  return std::string_view(buffer).substr(n * page_bytes, page_bytes);
}

PageIs which(std::uint32_t page) { return page == 1 ? PageIs::first : PageIs::another; }

bool is_blank(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c == '\0'; });
}

bool holds_any(std::string_view bytes, const std::optional<std::vector<std::string>>& values) {
  if (is_blank(bytes)) return false;
  return !values || std::ranges::any_of(*values, [&](const std::string& value) {
    return bytes.find(value) != std::string_view::npos;
  });
}

}  // namespace

FileLook::FileLook(std::unique_ptr<Database> reader, sqlite3_file* file)
    : reader_(std::move(reader)), file_(file) {}

FileLook::~FileLook() = default;

Result<std::unique_ptr<FileLook>> FileLook::open(const std::filesystem::path& file) {
  // A connection of its own: SQLite's locks go with the descriptor that a process closes, whoever
  // opened it, so that nothing but SQLite may open this file.
  auto reader = sqlite::open(file, {.mode = Mode::reader});
  if (!reader) return reader.error();
  try {
    sqlite3_file* opened = file_of(**reader);
    const auto format = format_of(opened);
    if (!format) return format.error();
    std::unique_ptr<FileLook> look(new FileLook(std::move(*reader), opened));
    look->page_bytes_ = format->page_bytes;
    look->reserved_ = format->reserved;
    if (look->pages() >= pages_most)
      return Error{Failure::internal, "pages.format", "The data file is too large", file.string(),
                   "Report this as a defect."};
    return look;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

std::uint32_t FileLook::pages() {
  sqlite3_int64 bytes = 0;
  if (file_->pMethods->xFileSize(file_, &bytes) != SQLITE_OK) return 0;
  return static_cast<std::uint32_t>(bytes / page_bytes_);
}

Result<std::vector<std::uint32_t>> FileLook::find(
    std::uint32_t first, std::uint32_t count,
    const std::optional<std::vector<std::string>>& values) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t done = 0; done < count;) {
    const std::uint32_t some = std::min(pages_a_read, count - done);
    buffer_.resize(std::size_t{some} * page_bytes_);
    const std::int64_t at = std::int64_t{first + done - 1} * page_bytes_;
    if (const int code = read_at(file_, buffer_.data(), buffer_.size(), at); code != SQLITE_OK)
      return fault(code, "pages");
    for (std::uint32_t n = 0; n < some; ++n) {
      const std::uint32_t page = first + done + n;
      const std::string_view bytes = page_at(buffer_, n, page_bytes_);
      const auto gaps = gaps_in(bytes, which(page), reserved_);
      if (std::ranges::any_of(gaps, [&](const Gap& gap) {
            return holds_any(bytes.substr(gap.at, gap.bytes), values);
          }))
        found.push_back(page);
    }
    done += some;
  }
  return found;
}

Result<Done> FileLook::sync() {
  const int code = file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK) return fault(code, "pages");
  return Done{};
}

Result<Done> overwrite_gaps(Database& writer, std::span<const std::uint32_t> pages) {
  try {
    sqlite3_file* file = file_of(writer);
    const auto format = format_of(file);
    if (!format) return format.error();
    std::string bytes(format->page_bytes, '\0');
    const std::string zeros(format->page_bytes, '\0');
    for (const std::uint32_t page : pages) {
      const std::int64_t at = std::int64_t{page - 1} * format->page_bytes;
      int code = read_at(file, bytes.data(), bytes.size(), at);
      for (const Gap& gap : gaps_in(bytes, which(page), format->reserved)) {
        if (code != SQLITE_OK) break;
        if (is_blank(std::string_view(bytes).substr(gap.at, gap.bytes))) continue;
        code = file->pMethods->xWrite(file, zeros.data(), static_cast<int>(gap.bytes),
                                      at + static_cast<std::int64_t>(gap.at));
      }
      if (code != SQLITE_OK) return fault(code, "pages");
    }
    // What this connection keeps of these pages in memory would come back with its next change.
    sqlite3_db_release_memory(handle_of(writer));
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sqlite
