#include "storage/engine/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>

#include "storage/engine/durable_file.hpp"

namespace keepsake {
namespace {

Error cannot_write(const std::filesystem::path& file, int fault) {
  return {Failure::unavailable, "file.write",
          "The file cannot be written: " + std::string(std::strerror(fault)), file.string(),
          "Check the folder and the free disk space, then try again"};
}

}  // namespace

Result<std::unique_ptr<PrivateFile>> PrivateFile::create(const std::filesystem::path& file) {
  if (auto ok = check_new(file); !ok) return ok.error();
  const std::string part = file.string() + ".part";
  ::unlink(part.c_str());  // of a run that was cut short; O_EXCL keeps links from being followed
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
  if (descriptor < 0) return cannot_write(file, errno);
  std::FILE* out = ::fdopen(descriptor, "wb");
  if (out == nullptr) {
    const int fault = errno;
    ::close(descriptor);
    return cannot_write(file, fault);
  }
  return std::unique_ptr<PrivateFile>(new PrivateFile(file, out));
}

PrivateFile::~PrivateFile() {
  if (out_ == nullptr) return;
  std::fclose(out_);
  ::unlink(part().c_str());
}

void PrivateFile::write(std::string_view bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), out_);
}

Result<Done> PrivateFile::finish() {
  const bool failed = std::ferror(out_) != 0;
  const int closed = std::fclose(std::exchange(out_, nullptr));
  if (failed || closed != 0) {
    const int fault = closed != 0 ? errno : ENOSPC;
    ::unlink(part().c_str());
    return cannot_write(file_, fault);
  }
  const auto named = rename_new_durably(part(), file_);
  if (!named) ::unlink(part().c_str());
  return named;
}

Result<Done> PrivateFile::put(const std::filesystem::path& file, std::string_view bytes) {
  auto made = create(file);
  if (!made) return made.error();
  (*made)->write(bytes);
  return (*made)->finish();
}

}  // namespace keepsake
