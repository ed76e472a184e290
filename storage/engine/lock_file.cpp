#include "storage/engine/lock_file.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "storage/engine/disk_fault.hpp"

namespace keepsake {

namespace {

std::string holder(int descriptor) {
  std::array<char, 128> words{};
  const ssize_t size = ::pread(descriptor, words.data(), words.size(), 0);
  return size > 0 ? std::string(words.data(), static_cast<std::size_t>(size)) : "another program";
}

}  // namespace

Result<LockFile> LockFile::acquire(const std::filesystem::path& file) {
  LockFile lock;
  lock.descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.descriptor_ < 0) return disk_fault(errno, "Cannot open the lock", file);
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      return Error{Failure::busy, "book.locked", "Another program is using this data folder",
                   holder(lock.descriptor_), "Close it first, or wait until it has finished."};
    return Error{Failure::unavailable, "disk.io",
                 "Cannot lock: " + std::generic_category().message(errno), file.string(),
                 "Put the data folder on a local disk."};
  }
  const std::string words =
      std::string(program_invocation_short_name) + " (process " + std::to_string(::getpid()) + ")";
  // Only words for people: when they cannot be written the lock still holds.
  [[maybe_unused]] const bool told = ::ftruncate(lock.descriptor_, 0) == 0 &&
                                     ::pwrite(lock.descriptor_, words.data(), words.size(), 0) >= 0;
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace keepsake
