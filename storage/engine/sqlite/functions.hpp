#pragma once
// Functions of ours that a connection's SQL may call, for what is worked out of each row of a table.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "storage/engine/database.hpp"

namespace keepsake::sqlite {

/// `name(INTEGER, TEXT)` is a BLOB from now on, as long as the connection is open; the same arguments
/// give the same. No trigger, view or index of a file can call it. Throws DatabaseError.
void define(Database& database, const std::string& name,
            std::function<std::string(std::int64_t, std::string_view)> value);

}  // namespace keepsake::sqlite
