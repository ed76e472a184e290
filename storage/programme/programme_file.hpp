#pragma once
// A loyalty programme as a TOML file; PROGRAMME.md is the format on one page.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/programme.hpp"
#include "storage/domain/result.hpp"

namespace keepsake {

struct ProgrammeFile {
  Programme programme;       ///< version 0: publishing gives it one. Only valid without mistakes
  loyalty::Programme rules;  ///< the same, to calculate with
  std::vector<Error>
      mistakes;  ///< every one, with FILE:LINE:COLUMN (key), in the order of the file
};

/// `file` is the name that errors show. At most limits::programme_bytes.
ProgrammeFile parse_programme(std::string_view text, const std::string& file);

/// The rules a published programme means: its text, or its one rate when it has none. Version 0
/// earns nothing. The first mistake as Failure::corrupt: what was published had none.
Result<loyalty::Programme> rules_of(const Programme& published);

}  // namespace keepsake
