#pragma once
// Several programme files as one text to keep, and as one table to read. Private to
// storage/programme.

#include <optional>
#include <string>
#include <toml++/toml.h>
#include <vector>

#include "storage/programme/programme_text.hpp"
#include "storage/toml/mistakes.hpp"

namespace keepsake {

/// The line between two files in a programme's source.
inline constexpr std::string_view next_file_line = "# ---- the next file of this programme ----";

/// The text of one file as it is; of several one after the other, next_file_line between them.
std::string source_of(const std::vector<ProgrammeText>& files);

/// The files, those that are such a source taken apart again. A part of it begins with as many
/// empty lines as stand before it, so that places in it are places in the source.
std::vector<ProgrammeText> parts_of(const std::vector<ProgrammeText>& files);

/// Everything that stands in one of the files; lists of tables one after the other. None when a
/// file is no TOML.
std::optional<toml::table> joined(const std::vector<ProgrammeText>& files, Mistakes& mistakes);

}  // namespace keepsake
