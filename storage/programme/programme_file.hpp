#pragma once
// A loyalty programme as one TOML file or several; PROGRAMME.md is the format on one page.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/programme/programme_text.hpp"

namespace keepsake {

struct ProgrammeFile {
  /// Version 0: publishing gives it one. Its source is the text of all files, which reads the same
  /// wherever it is read again. Only valid without mistakes.
  Programme programme;
  loyalty::Rules rules;         ///< the same, to calculate with
  std::vector<Error> mistakes;  ///< all, with FILE:LINE:COLUMN (key), in the order of the files
  std::vector<Error> warnings = {};  ///< likewise: what is valid and will surprise the owner
};

/// The files as one programme: what one of them holds is part of it. At least one file; together
/// at most limits::programme_bytes.
ProgrammeFile parse_programme(const std::vector<ProgrammeText>& files);
/// One file, or the source of a programme of several: its lines are then counted over all of it.
ProgrammeFile parse_programme(std::string_view text, const std::string& file);

/// The rules a published programme means: its text, or its one rate when it has none. Version 0
/// earns nothing. The first mistake as Failure::corrupt: what was published had none.
Result<loyalty::Rules> rules_of(const Programme& published);

}  // namespace keepsake
