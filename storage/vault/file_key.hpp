#pragma once
// A key for one file that is sent in parts to several folders: whoever is to read it gets the key sealed
// (seal_for). Each part is nonce (24) | XChaCha20-Poly1305, with the file's name and the part's number
// as associated data, so that no part passes for another.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"

namespace keepsake {

class FileKey {
 public:
  static FileKey make();
  /// nullopt: it is not 32 bytes.
  static std::optional<FileKey> from(std::string_view bytes);
  FileKey(const FileKey&) = default;
  FileKey& operator=(const FileKey&) = default;
  ~FileKey();

  std::string_view bytes() const { return bytes_; }
  std::string seal(const Bytes16& file, std::uint32_t part, std::string_view plain) const;
  /// nullopt: it is not this part, or damaged.
  std::optional<std::string> open(const Bytes16& file, std::uint32_t part,
                                  std::string_view sealed) const;
  static constexpr std::size_t sealing_bytes = 40;  ///< what sealing adds

 private:
  explicit FileKey(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

}  // namespace keepsake
