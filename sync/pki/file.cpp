#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/pki/pki.hpp"

namespace keepsake::sync::pki {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

Error io_error(std::string code, std::string what, const std::filesystem::path& file) {
  return {Failure::unavailable, std::move(code), what + ": " + std::strerror(errno), file.string(),
          "Check the disk's free space and the folder's owner"};
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

bool sync_folder(const std::filesystem::path& folder) {
  const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return handle.open() && ::fsync(handle.number()) == 0;
}

Result<Done> write_file(const std::filesystem::path& file, std::string_view bytes, mode_t mode) {
  // mkstemp: a name nobody can have prepared, mode 0600 from the first moment.
  std::string temporary = file.string() + ".XXXXXX";
  const Descriptor handle(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!handle.open()) return io_error("file.write", "The file could not be created", file);
  const bool written = write_all(handle.number(), bytes) && ::fchmod(handle.number(), mode) == 0 &&
                       ::fsync(handle.number()) == 0 &&
                       ::rename(temporary.c_str(), file.c_str()) == 0;
  if (!written) {
    const Error error = io_error("file.write", "The file could not be written", file);
    ::unlink(temporary.c_str());
    return error;
  }
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  if (!sync_folder(folder)) return io_error("file.write", "The folder could not be synced", folder);
  return Done{};
}

}  // namespace

Result<Done> write_secret_file(const std::filesystem::path& file, std::string_view bytes) {
  return write_file(file, bytes, 0600);
}

Result<Done> write_public_file(const std::filesystem::path& file, std::string_view bytes) {
  return write_file(file, bytes, 0644);
}

Result<std::string> read_file(const std::filesystem::path& file, std::size_t max_bytes) {
  const Descriptor handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!handle.open() && errno == ENOENT) {
    return Error{Failure::not_found, "file.none", "There is no such file", file.string(), {}};
  }
  if (!handle.open()) return io_error("file.read", "The file could not be opened", file);
  std::string bytes;
  char chunk[4096];
  for (;;) {
    const ssize_t got = ::read(handle.number(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error("file.read", "The file could not be read", file);
    if (got == 0) return bytes;
    bytes.append(chunk, static_cast<std::size_t>(got));
    if (bytes.size() > max_bytes) {
      return Error{Failure::limit, "file.limit", "The file is too long", file.string(),
                   "Check that it is the right file"};
    }
  }
}

}  // namespace keepsake::sync::pki
