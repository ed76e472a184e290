#pragma once
// The files of one programme, as a command line names them.

#include <string>
#include <vector>

#include "storage/programme/programme_file.hpp"

namespace keepsake {

/// Failure as read_text; what is wrong with what they say is among the mistakes.
Result<ProgrammeFile> read_programme(const std::vector<std::string>& files);

}  // namespace keepsake
