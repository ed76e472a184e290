#include "storage/engine/durable_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/engine/descriptor.hpp"
#include "storage/engine/disk_fault.hpp"

namespace keepsake {

namespace {

Error cannot_write(const std::filesystem::path& file) {
  return disk_fault(errno, "Cannot write", file);
}

Error exists_already(const std::filesystem::path& file) {
  return {Failure::bad_input, "file.exists",
          "A file with this name already exists and is not overwritten", file.string(),
          "Name a new file, or move that one away."};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_path(const std::filesystem::path& path, int flags) {
  const Descriptor opened(::open(path.c_str(), flags | O_CLOEXEC));
  return opened.open() && ::fsync(opened.number()) == 0;
}

}  // namespace

Result<Done> write_durably(const std::filesystem::path& file, std::string_view bytes,
                           unsigned mode) {
  std::filesystem::path part = file;
  part += ".part";
  {
    ::unlink(part.c_str());  // of a run that was cut short; O_EXCL follows no link
    const Descriptor out(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
    if (!out.open()) return cannot_write(part);
    if (!write_all(out.number(), bytes) || ::fchmod(out.number(), mode) != 0) {
      const Error fault = cannot_write(part);
      ::unlink(part.c_str());
      return fault;
    }
  }
  auto named = rename_durably(part, file);
  if (!named) ::unlink(part.c_str());
  return named;
}

Result<Done> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (!sync_path(from, O_RDWR)) return cannot_write(from);
  if (std::rename(from.c_str(), to.c_str()) != 0) return cannot_write(to);
  return sync_folder(to.has_parent_path() ? to.parent_path() : ".");
}

Result<Done> check_new(const std::filesystem::path& file) {
  std::error_code failed;
  const auto status = std::filesystem::symlink_status(file, failed);
  if (status.type() == std::filesystem::file_type::not_found) return Done{};
  return exists_already(file);
}

Result<Done> rename_new_durably(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
  if (!sync_path(from, O_RDWR)) return cannot_write(from);
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno == EEXIST) return exists_already(to);
    if (errno != EINVAL) return cannot_write(to);
    // The file system cannot promise it (NFS): looking first is what is left.
    if (auto ok = check_new(to); !ok) return ok;
    if (std::rename(from.c_str(), to.c_str()) != 0) return cannot_write(to);
  }
  return sync_folder(to.has_parent_path() ? to.parent_path() : ".");
}

Result<Done> make_private_folder(const std::filesystem::path& folder) {
  const auto above = folder.parent_path();
  std::error_code failed;
  if (!above.empty() && above != folder && !std::filesystem::exists(above, failed))
    if (auto ok = make_private_folder(above); !ok) return ok;
  const bool made = std::filesystem::create_directory(folder, failed);
  if (!failed) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
  if (failed) return disk_fault(failed.value(), "Cannot make a folder", folder);
  return made ? sync_folder(above.empty() ? "." : above) : Result<Done>(Done{});
}

Result<Done> sync_folder(const std::filesystem::path& folder) {
  if (!sync_path(folder, O_RDONLY | O_DIRECTORY)) return cannot_write(folder);
  return Done{};
}

}  // namespace keepsake
