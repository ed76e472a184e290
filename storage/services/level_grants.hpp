#pragma once
// Levels that managers give.

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Book;
struct LevelGranted;
namespace loyalty {
struct Rules;
}

/// Records it. `rules`: of the programme in force. Failure::not_found "level.unknown", and those of
/// check(LevelGranted).
Result<FactId> give_level(Book& book, const loyalty::Rules& rules, const LevelGranted& granted);

}  // namespace keepsake
