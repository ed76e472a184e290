#include "storage/exchange/bytes.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <lzma.h>
#include <string>
#include <utility>

#include "storage/exchange/read_ahead.hpp"

namespace keepsake {
namespace {

constexpr std::uint64_t unpack_memory_bytes = 100ULL << 20;
constexpr std::array<char, 6> xz_magic{'\xFD', '7', 'z', 'X', 'Z', '\0'};

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

class PlainFile : public ByteSource {
 public:
  PlainFile(File file, std::string name, std::uint64_t size)
      : file_(std::move(file)), name_(std::move(name)), size_(size) {}

  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t n = std::fread(into.data(), 1, into.size(), file_.get());
    if (n == 0 && std::ferror(file_.get())) {
      return Error{Failure::unavailable, "file.read",
                   "The file cannot be read: " + std::string(std::strerror(errno)), name_,
                   "Check the disk, then try again"};
    }
    consumed_ += n;
    return n;
  }
  std::uint64_t consumed() const override { return consumed_; }
  std::uint64_t size() const override { return size_; }

 private:
  File file_;
  std::string name_;
  std::uint64_t size_;
  std::uint64_t consumed_ = 0;
};

class XzFile : public ByteSource {
 public:
  XzFile(std::unique_ptr<ByteSource> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)) {
    // Several streams in one file are one text, as `xz -dc` reads them.
    broken_ = lzma_stream_decoder(&stream_, unpack_memory_bytes, LZMA_CONCATENATED);
  }
  ~XzFile() override { lzma_end(&stream_); }
  XzFile(const XzFile&) = delete;
  XzFile& operator=(const XzFile&) = delete;

  Result<std::size_t> read(std::span<char> into) override {
    if (broken_ != LZMA_OK) return explain(broken_);
    if (ended_) return std::size_t{0};
    stream_.next_out = reinterpret_cast<std::uint8_t*>(into.data());
    stream_.avail_out = into.size();
    while (stream_.avail_out == into.size()) {
      if (stream_.avail_in == 0 && !input_ended_) {
        auto got = packed_->read(buffer_);
        if (!got) return got.error();
        stream_.next_in = reinterpret_cast<const std::uint8_t*>(buffer_.data());
        stream_.avail_in = *got;
        input_ended_ = *got == 0;
      }
      const lzma_ret ret = lzma_code(&stream_, input_ended_ ? LZMA_FINISH : LZMA_RUN);
      if (ret == LZMA_STREAM_END) {
        ended_ = true;
        break;
      }
      if (ret == LZMA_OK) continue;
      broken_ = ret;
      if (stream_.avail_out == into.size()) return explain(ret);
    }
    return into.size() - stream_.avail_out;  // what stands before the damage is whole
  }
  std::uint64_t consumed() const override { return packed_->consumed(); }
  std::uint64_t size() const override { return packed_->size(); }

 private:
  Error explain(lzma_ret ret) const {
    const std::string again = "Download the file again; `xz --test` shows whether it is complete";
    switch (ret) {
      case LZMA_BUF_ERROR:
        return {Failure::bad_input, "xz.cut", "The xz file ends too early", name_, again};
      case LZMA_DATA_ERROR:
        return {Failure::bad_input, "xz.corrupt", "The xz file is damaged", name_, again};
      case LZMA_FORMAT_ERROR:
        return {Failure::bad_input, "xz.format", "This is not an xz file", name_, again};
      case LZMA_OPTIONS_ERROR:
        return {Failure::bad_input, "xz.format", "The xz file uses options unknown here", name_,
                "Unpack it with a newer xz and import the plain file"};
      case LZMA_MEMLIMIT_ERROR:
      case LZMA_MEM_ERROR:
        return {Failure::limit, "xz.memory",
                "Unpacking the xz file takes more than 100 MiB of memory", name_,
                "Unpack it with xz -d and import the plain file"};
      default:
        return {Failure::internal, "xz.internal", "The xz decoder stopped unexpectedly", name_,
                again};
    }
  }

  std::unique_ptr<ByteSource> packed_;
  std::string name_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_ret broken_ = LZMA_OK;
  std::array<char, 64 * 1024> buffer_{};
  bool input_ended_ = false;
  bool ended_ = false;
};

Result<std::unique_ptr<PlainFile>> open_plain(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) {
    return Error{Failure::bad_input, "file.folder", "This is a folder, not a file", name,
                 "Name the file itself"};
  }
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    const int reason = errno;
    if (reason == ENOENT) {
      return Error{Failure::not_found, "file.none", "There is no such file", name,
                   "Check the name and the folder"};
    }
    return Error{Failure::unavailable, "file.read",
                 "The file cannot be opened: " + std::string(std::strerror(reason)), name,
                 "Check its permissions, then try again"};
  }
  const auto size = std::filesystem::file_size(path, failed);
  return std::make_unique<PlainFile>(std::move(file), name, failed ? 0 : size);
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_bytes(const std::filesystem::path& path) {
  bool packed = false;
  {
    auto probe = open_plain(path);
    if (!probe) return probe.error();
    std::array<char, xz_magic.size()> head{};
    const auto got = (*probe)->read(head);
    if (!got) return got.error();
    packed = *got == head.size() && head == xz_magic;
  }
  if (!packed && path.extension() == ".xz") {
    return Error{Failure::bad_input, "xz.format",
                 "The name ends in .xz, but this is not an xz file", path.string(),
                 "Download the file again, or drop .xz from its name if it is plain text"};
  }
  auto plain = open_plain(path);
  if (!plain) return plain.error();
  if (!packed) return std::unique_ptr<ByteSource>(std::move(*plain));
  return read_ahead(std::make_unique<XzFile>(std::move(*plain), path.string()));
}

Result<std::string> read_text(const std::filesystem::path& file, std::size_t limit) {
  auto source = open_plain(file);
  if (!source) return source.error();
  std::string text(limit + 1, '\0');
  std::size_t used = 0;
  while (used < text.size()) {
    const auto got = (*source)->read(std::span(text).subspan(used));
    if (!got) return got.error();
    if (*got == 0) break;
    used += *got;
  }
  if (used > limit) {
    return Error{Failure::limit, "file.long",
                 "The file is longer than " + std::to_string(limit) + " bytes", file.string(),
                 "Check that it is the right file, or split it"};
  }
  text.resize(used);
  return text;
}

}  // namespace keepsake
