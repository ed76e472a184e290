#pragma once
// Files that are there whole or not at all after a power cut.

#include <filesystem>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

// Modes of files.
inline constexpr unsigned owner_only = 0600;
inline constexpr unsigned everyone_reads = 0644;  ///< certificates

/// Writes beside `file`, syncs, renames over it, syncs the folder. The file has this very mode,
/// whatever the umask. Failure::unavailable.
Result<Done> write_durably(const std::filesystem::path& file, std::string_view bytes,
                           unsigned mode = owner_only);
/// Whether a command may write `file`: nothing that is there is written over, as it may be the very
/// file that is read. Failure::bad_input "file.exists".
Result<Done> check_new(const std::filesystem::path& file);
/// Syncs a file that is already written as `from`, then renames it to `to` and syncs the folder.
Result<Done> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);
/// The same, but where `to` is there by now it stays: "file.exists".
Result<Done> rename_new_durably(const std::filesystem::path& from, const std::filesystem::path& to);
/// Makes `folder` and what is missing above it, for their owner alone, durably; of a folder that is
/// there only the mode is set. Failure::unavailable.
Result<Done> make_private_folder(const std::filesystem::path& folder);
/// Makes the names of files that were just created survive.
Result<Done> sync_folder(const std::filesystem::path& folder);

}  // namespace keepsake
