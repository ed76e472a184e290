#include "tests/support/disk_calls.hpp"

#include <cassert>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keepsake::test {

namespace {

DiskCalls* listening = nullptr;

/// Of a child of killed_before(): the calls that it made, and before which it dies.
std::string* made = nullptr;
std::size_t dies_before = 0;

void about_to(char call) {
  if (made == nullptr) return;
  made->push_back(call);
  if (made->size() == dies_before) ::kill(::getpid(), SIGKILL);
}

std::string name_of(const std::filesystem::path& path) { return path.filename().string(); }

void tell_sync(int file) {
  about_to('s');
  if (listening == nullptr) return;
  std::error_code gone;
  const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), gone);
  listening->tell("sync " + name_of(path));
}

int renamed(const char* from, const char* to, unsigned flags) {
  about_to('r');
  if (listening != nullptr) listening->tell("rename " + name_of(from) + " " + name_of(to));
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
}

}  // namespace

DiskCalls::DiskCalls() {
  assert(listening == nullptr);
  listening = this;
}

DiskCalls::~DiskCalls() { listening = nullptr; }

Killed killed_before(int n, const std::function<bool()>& work) {
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    std::string calls;
    dies_before = static_cast<std::size_t>(n);
    made = &calls;
    bool done = false;
    try {
      done = work();
    } catch (...) {
      done = false;
    }
    made = nullptr;
    calls += done ? '+' : '-';
    for (std::string_view rest = calls; !rest.empty();) {
      const auto written = ::write(pipe[1], rest.data(), rest.size());
      if (written <= 0) break;
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    std::_Exit(0);
  }
  ::close(pipe[1]);
  Killed killed;
  char some[4096];
  for (ssize_t got = 0; (got = ::read(pipe[0], some, sizeof some)) > 0;)
    killed.calls.append(some, static_cast<std::size_t>(got));
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  killed.died = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  killed.done = killed.calls.ends_with('+');
  if (!killed.calls.empty()) killed.calls.pop_back();
  return killed;
}

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

ssize_t write(int file, const void* bytes, size_t size) {
  about_to('w');
  return ::syscall(SYS_write, file, bytes, size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  about_to('w');
  return ::syscall(SYS_pwrite64, file, bytes, size, at);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return pwrite64(file, bytes, size, at);
}

int ftruncate64(int file, off64_t size) noexcept {
  about_to('t');
  return static_cast<int>(::syscall(SYS_ftruncate, file, size));
}

int ftruncate(int file, off_t size) noexcept { return ftruncate64(file, size); }

int unlink(const char* name) noexcept {
  about_to('u');
  return static_cast<int>(::syscall(SYS_unlink, name));
}

int remove(const char* name) noexcept {
  about_to('u');
  return ::unlinkat(AT_FDCWD, name, 0) == 0 ? 0 : ::unlinkat(AT_FDCWD, name, AT_REMOVEDIR);
}

int rename(const char* from, const char* to) noexcept { return renamed(from, to, 0); }

int renameat2(int, const char* from, int, const char* to, unsigned flags) noexcept {
  return renamed(from, to, flags);
}
}
