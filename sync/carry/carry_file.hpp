#pragma once
// Carry files on a disk or a stick, written and read part by part: a year of sales takes no more
// memory than one batch. Format: CARRY.md.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "sync/carry/carry_format.hpp"

namespace keepsake {
class PrivateFile;
class Vault;
}  // namespace keepsake

namespace keepsake::sync {

/// The name by which a carry file says for which head office it is.
Bytes32 office_of(std::string_view central_box_public);

/// There whole or not at all, for its owner alone, and never in place of another file.
class CarryWriter {
 public:
  /// Failure::bad_input "file.exists", ::unavailable "file.write".
  static Result<std::unique_ptr<CarryWriter>> create(const std::filesystem::path& file,
                                                     const CarryHeader& header);
  ~CarryWriter();  ///< what was not finished is removed
  CarryWriter(const CarryWriter&) = delete;
  CarryWriter& operator=(const CarryWriter&) = delete;

  /// `content`, sealed to whoever has this box key. A disk that fails shows at finish().
  Result<Done> add(PartKind kind, std::string_view content, std::string_view box_public);
  std::uint64_t bytes() const { return bytes_; }
  /// Signed by whose vault it is, synced, named. Failure as create(); the disk is full, most likely.
  Result<Done> finish(const Vault& signer);

 private:
  CarryWriter(std::unique_ptr<PrivateFile> out, const CarryHeader& header);
  void put(PartKind kind, std::string_view bytes);

  std::unique_ptr<PrivateFile> out_;
  Bytes32 hash_{};
  std::uint64_t bytes_ = 0;
};

/// One part as it is in the file.
struct CarryPart {
  PartKind kind = PartKind::end;
  std::string bytes;  ///< sealed, but for the end
};

class CarryReader {
 public:
  /// Reads the header. Failure::not_found "file.none", ::bad_input "file.unreadable" (a folder or a
  /// device), "carry.foreign", "carry.newer", "carry.damaged", ::limit "file.limit", ::unavailable.
  static Result<std::unique_ptr<CarryReader>> open(const std::filesystem::path& file);
  ~CarryReader();
  CarryReader(const CarryReader&) = delete;
  CarryReader& operator=(const CarryReader&) = delete;

  const CarryHeader& header() const { return header_; }
  /// Reads all of it: that it is whole, and as its writer, whose key this is, has signed it. Then
  /// next() begins at its first part. Failure::bad_input "carry.damaged", ::unavailable.
  Result<Done> check(std::string_view sign_public);
  /// nullopt: the end. Failure as check().
  Result<std::optional<CarryPart>> next();

 private:
  CarryReader(std::filesystem::path file, int descriptor);
  Result<std::string> take(std::size_t bytes);
  Result<CarryPart> part();
  Error damaged() const;

  const std::filesystem::path file_;
  const int descriptor_;
  std::uint64_t at_ = 0;
  CarryHeader header_;
};

}  // namespace keepsake::sync
