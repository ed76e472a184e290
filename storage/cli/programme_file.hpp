#pragma once
// The loyalty programme as a TOML file:
//
//   name = "Lysvik Bonus"
//   currency = "NOK"
//   [earn]
//   points = 1            # for ...
//   for_each = "10.00"    # ... of this amount
//   [redeem]
//   point_value = "0.10"  # what a point is worth; shown to customers

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/programme.hpp"
#include "storage/domain/result.hpp"

namespace keepsake::cli {

struct ProgrammeFile {
  Programme programme;          ///< version 0: publishing gives it one. Only valid without mistakes
  std::vector<Error> mistakes;  ///< every one, with FILE:LINE:COLUMN (key)
};

/// `file` is the name that errors show.
ProgrammeFile parse_programme(std::string_view text, const std::string& file);

}  // namespace keepsake::cli
