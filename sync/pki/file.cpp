#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "storage/engine/durable_file.hpp"
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

/// Durably, with this room's own code for what goes wrong.
Result<Done> write_file(const std::filesystem::path& file, std::string_view bytes, unsigned mode) {
  auto written = write_durably(file, bytes, mode);
  if (written) return written;
  Error error = written.error();
  error.code = "file.write";
  return error;
}

}  // namespace

Result<Done> write_secret_file(const std::filesystem::path& file, std::string_view bytes) {
  return write_file(file, bytes, owner_only);
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
