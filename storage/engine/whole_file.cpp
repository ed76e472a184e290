#include "storage/engine/whole_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

#include "storage/engine/descriptor.hpp"
#include "storage/engine/disk_fault.hpp"

namespace keepsake {

namespace {

Error cannot_read(const std::filesystem::path& file) {
  if (errno == ENOENT || errno == ENOTDIR)
    return {Failure::not_found, "file.none", "There is no such file", file.string(),
            "Check its name."};
  return disk_fault(errno, "The file cannot be read", file);
}

Error too_long(const std::filesystem::path& file, std::size_t most) {
  return {Failure::limit, "file.limit",
          "The file is larger than the " + std::to_string(most) + " bytes it may have",
          file.string(), "Check that it is the right file."};
}

}  // namespace

Result<std::string> read_whole(const std::filesystem::path& file, std::size_t most) {
  // Opening a pipe would wait for its writer.
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat found {};
  if (!opened.open() || ::fstat(opened.number(), &found) != 0) return cannot_read(file);
  if (!S_ISREG(found.st_mode))
    return Error{Failure::bad_input, "file.unreadable", "This is not a file", file.string(),
                 "Name a file."};
  if (found.st_size > static_cast<off_t>(most)) return too_long(file, most);
  // One byte more, to see the end: it may have grown, and what the system itself tells (/proc) has no
  // size. No block of its own, which would keep a copy of a key.
  std::string content(static_cast<std::size_t>(found.st_size) + 1, '\0');
  std::size_t have = 0;
  for (;;) {
    const ssize_t got = ::read(opened.number(), content.data() + have, content.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(file);
    have += static_cast<std::size_t>(got);
    if (have > most) return too_long(file, most);
    if (got == 0) break;
    if (have == content.size()) content.resize(2 * have);
  }
  content.resize(have);
  return content;
}

}  // namespace keepsake
