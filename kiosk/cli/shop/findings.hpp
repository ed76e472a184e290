#pragma once
// How `verify` and `rebuild` tell what they found.

#include <filesystem>
#include <iosfwd>
#include <span>

#include "kiosk/cli/json.hpp"
#include "storage/book/verify.hpp"

namespace keepsake::cli {

Result<Seq> facts_in(const std::filesystem::path& folder);  ///< for progress
Json to_json(std::span<const Finding> findings);
void print(std::ostream& out, std::span<const Finding> findings);

}  // namespace keepsake::cli
