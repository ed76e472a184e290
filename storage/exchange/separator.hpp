#pragma once

#include <string>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// What separates the cells of a file's first line: comma, semicolon or tab; comma where it has one
/// cell. Failure as open_bytes().
Result<char> separator_of(const std::string& file);

}  // namespace keepsake
