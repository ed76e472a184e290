#include "tests/support/disk_calls.hpp"

#include <cassert>
#include <fcntl.h>
#include <filesystem>
#include <sys/syscall.h>
#include <unistd.h>

namespace keepsake::test {

namespace {

DiskCalls* listening = nullptr;

std::string name_of(const std::filesystem::path& path) { return path.filename().string(); }

void tell_sync(int file) {
  if (listening == nullptr) return;
  std::error_code gone;
  const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), gone);
  listening->tell("sync " + name_of(path));
}

int renamed(const char* from, const char* to, unsigned flags) {
  if (listening != nullptr) listening->tell("rename " + name_of(from) + " " + name_of(to));
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
}

}  // namespace

DiskCalls::DiskCalls() {
  assert(listening == nullptr);
  listening = this;
}

DiskCalls::~DiskCalls() { listening = nullptr; }

}  // namespace keepsake::test

using namespace keepsake::test;

extern "C" {

int fsync(int file) {
  tell_sync(file);
  return static_cast<int>(::syscall(SYS_fsync, file));
}

int fdatasync(int file) {
  tell_sync(file);
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}

int rename(const char* from, const char* to) noexcept { return renamed(from, to, 0); }

int renameat2(int, const char* from, int, const char* to, unsigned flags) noexcept {
  return renamed(from, to, flags);
}
}
