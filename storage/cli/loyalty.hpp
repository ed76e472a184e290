#pragma once
// What the commands about loyalty share.

#include <nlohmann/json_fwd.hpp>

#include "storage/cli/program.hpp"
#include "storage/occasions.hpp"

namespace keepsake::cli {

/// The book's newest programme, in its shop and store. Failure as rules_of.
Result<InForce> programme_in_force(const Book& book, Reader& reader);

/// An occasion and what came of it: {"event", "earned", "points"} or why nothing was earned.
nlohmann::ordered_json to_json(const Occasion& occasion, const Judged& judged);
void tell(std::ostream& out, const Occasion& occasion, const Judged& judged);

}  // namespace keepsake::cli
