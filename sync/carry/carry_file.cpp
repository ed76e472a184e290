#include "sync/carry/carry_file.hpp"

#include <cassert>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "storage/engine/disk_fault.hpp"
#include "storage/engine/private_file.hpp"
#include "storage/vault/crypto.hpp"
#include "storage/vault/vault.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync {

namespace {

Bytes32 link(const Bytes32& before, std::string_view head, std::string_view bytes) {
  std::string linked(view(before));
  linked.reserve(linked.size() + head.size() + bytes.size());
  linked += head;
  linked += bytes;
  return sha256(linked);
}

Error at_file(Error error, const std::filesystem::path& file) {
  error.where = file.string() + (error.where.empty() ? "" : ", " + error.where);
  return error;
}

}  // namespace

Bytes32 office_of(std::string_view central_box_public) { return sha256(central_box_public); }

Result<std::unique_ptr<CarryWriter>> CarryWriter::create(const std::filesystem::path& file,
                                                         const CarryHeader& header) {
  auto out = PrivateFile::create(file);
  if (!out) return out.error();
  return std::unique_ptr<CarryWriter>(new CarryWriter(std::move(*out), header));
}

CarryWriter::CarryWriter(std::unique_ptr<PrivateFile> out, const CarryHeader& header)
    : out_(std::move(out)) {
  const std::string bytes = encode(header);
  hash_ = sha256(bytes);
  out_->write(bytes);
  bytes_ = bytes.size();
}

CarryWriter::~CarryWriter() = default;

Result<Done> CarryWriter::add(PartKind kind, std::string_view content,
                              std::string_view box_public) {
  assert(kind != PartKind::end);
  const auto sealed = seal_for(content, box_public);
  if (!sealed) return sealed.error();
  put(kind, *sealed);
  return Done{};
}

void CarryWriter::put(PartKind kind, std::string_view bytes) {
  const std::string head = encode(PartHead{kind, static_cast<std::uint32_t>(bytes.size())});
  hash_ = link(hash_, head, bytes);
  out_->write(head);
  out_->write(bytes);
  bytes_ += head.size() + bytes.size();
}

Result<Done> CarryWriter::finish(const Vault& signer) {
  put(PartKind::end, signer.sign(carry_signing_bytes(hash_)));
  return out_->finish();
}

Result<std::unique_ptr<CarryReader>> CarryReader::open(const std::filesystem::path& file) {
  // Opening a pipe would wait for its writer.
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
    return Error{Failure::not_found, "file.none", "There is no such file", file.string(),
                 "Check its name, and that the stick is in"};
  if (descriptor < 0) return disk_fault(errno, "The file cannot be read", file);
  std::unique_ptr<CarryReader> reader(new CarryReader(file, descriptor));
  struct stat found {};
  if (::fstat(descriptor, &found) != 0) return disk_fault(errno, "The file cannot be read", file);
  if (!S_ISREG(found.st_mode))
    return Error{Failure::bad_input, "file.unreadable", "This is not a file", file.string(),
                 "Name the file that carry-out or carry-in wrote"};
  if (static_cast<std::uint64_t>(found.st_size) > carry_file_bytes)
    return Error{Failure::limit, "file.limit", "The file is larger than any that carries records",
                 file.string(), "Check that it is the right file"};
  if (found.st_size == 0) return at_file(carry_damaged("empty"), file);
  const auto bytes = reader->take(carry_header_bytes);
  if (!bytes) return bytes.error();
  const auto header = decode_carry_header(*bytes);
  if (!header) return at_file(header.error(), file);
  reader->header_ = *header;
  return reader;
}

CarryReader::CarryReader(std::filesystem::path file, int descriptor)
    : file_(std::move(file)), descriptor_(descriptor) {}

CarryReader::~CarryReader() { ::close(descriptor_); }

Error CarryReader::damaged() const {
  return at_file(carry_damaged("byte " + std::to_string(at_)), file_);
}

/// As many as there are, where the file ends before.
Result<std::string> CarryReader::take(std::size_t bytes) {
  std::string taken(bytes, '\0');
  std::size_t have = 0;
  while (have < bytes) {
    const ssize_t got =
        ::pread(descriptor_, taken.data() + have, bytes - have, static_cast<off_t>(at_ + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return disk_fault(errno, "The file cannot be read", file_);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  taken.resize(have);
  at_ += have;
  return taken;
}

Result<CarryPart> CarryReader::part() {
  const auto bytes = take(part_head_bytes);
  if (!bytes) return bytes.error();
  const auto head = decode_part_head(*bytes, header_.way);
  if (!head) return at_file(head.error(), file_);
  auto content = take(head->bytes);
  if (!content) return content.error();
  if (content->size() != head->bytes) return damaged();
  return CarryPart{head->kind, std::move(*content)};
}

Result<Done> CarryReader::check(std::string_view sign_public) {
  at_ = carry_header_bytes;
  Bytes32 hash = sha256(encode(header_));
  for (;;) {
    auto read = part();
    if (!read) return read.error();
    if (read->kind == PartKind::end) {
      const auto beyond = take(1);
      if (!beyond) return beyond.error();
      if (!beyond->empty() ||
          !verify_signature(carry_signing_bytes(hash), read->bytes, sign_public))
        return damaged();
      at_ = carry_header_bytes;
      return Done{};
    }
    const auto size = static_cast<std::uint32_t>(read->bytes.size());
    hash = link(hash, encode(PartHead{read->kind, size}), read->bytes);
  }
}

Result<std::optional<CarryPart>> CarryReader::next() {
  auto read = part();
  if (!read) return read.error();
  if (read->kind == PartKind::end) return std::optional<CarryPart>();
  return std::optional(std::move(*read));
}

}  // namespace keepsake::sync
