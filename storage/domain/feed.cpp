#include "storage/domain/feed.hpp"

#include <algorithm>

#include "storage/domain/fact.hpp"

namespace keepsake {

bool changes_prices(FactType type) {
  return type == FactType::catalogue_changed || type == FactType::programme_published ||
         type == FactType::catalogue_request || type == FactType::settings_published;
}

bool changes_prices(const FeedEntry& entry) {
  return !entry.own && changes_prices(static_cast<FactType>(entry.type));
}

bool changes_prices(const FeedPage& page) {
  return std::ranges::any_of(page.entries,
                             [](const FeedEntry& entry) { return changes_prices(entry); });
}

}  // namespace keepsake
