#pragma once
// How `verify` and `rebuild` tell what they found.

#include <filesystem>
#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <span>

#include "storage/book/book.hpp"
#include "storage/book/verify.hpp"

namespace keepsake::cli {

Result<Seq> facts_in(const std::filesystem::path& folder);  ///< for progress
nlohmann::ordered_json to_json(std::span<const Finding> findings);
void print(std::ostream& out, std::span<const Finding> findings);

}  // namespace keepsake::cli
