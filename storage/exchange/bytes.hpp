#pragma once
// Where input bytes come from: a plain file, an xz file read through liblzma, or memory in tests.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "storage/exchange/byte_source.hpp"

namespace keepsake {

/// The file, unpacked by a thread of its own when it begins as an xz file does. Unpacking never
/// takes more than 100 MiB.
/// Failure::not_found "file.none", ::unavailable "file.read", ::bad_input "file.folder",
/// "xz.format", "xz.cut", "xz.corrupt", ::limit "xz.memory".
Result<std::unique_ptr<ByteSource>> open_bytes(const std::filesystem::path& file);

/// A whole text file of at most `limit` bytes. Failure::limit "file.long".
Result<std::string> read_text(const std::filesystem::path& file, std::size_t limit);

}  // namespace keepsake
