#pragma once
// A file of codes for one reward: one a line, or the first column of a CSV with commas, semicolons or
// tabs.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct CodeFile {
  std::vector<std::string> codes;  ///< as written, in the order of the file; each once
  std::uint64_t blank_lines = 0;
  bool titled = false;          ///< the first line said "code" and was passed over
  std::vector<Error> doubled;   ///< left out: what the till takes for a code before it
  std::vector<Error> mistakes;  ///< codes that cannot be one
};

/// Failure as open_bytes() and CsvReader::next(); ::limit "codes.limit" beyond
/// limits::codes_per_list; ::bad_input "codes.none".
Result<CodeFile> read_codes(const std::string& file);

}  // namespace keepsake
