#pragma once
// SQLite's result codes as what a caller can do about them.

#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake::sqlite {

/// `extended` is an extended result code; `where` the statement's name or the file, never a value.
Error fault(int extended, std::string_view where);

}  // namespace keepsake::sqlite
