#include "storage/services/level_grants.hpp"

#include <algorithm>
#include <string>

#include "storage/book/book.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake {

Result<FactId> give_level(Book& book, const loyalty::Rules& rules, const LevelGranted& granted) {
  const auto& levels = rules.tiers.levels;
  if (granted.level.empty() ||
      std::ranges::find(levels, granted.level, &loyalty::TierLevel::id) != levels.end())
    return book.record(granted);
  std::string known;
  for (const loyalty::TierLevel& each : levels)
    known.append(known.empty() ? "" : ", ").append(each.id);
  return Error{Failure::not_found, "level.unknown", "The programme has no such level",
               granted.level,
               known.empty() ? "Publish a programme with levels first" : "Use one of: " + known};
}

}  // namespace keepsake
