#include "storage/exchange/catalogue_changes.hpp"

#include <set>
#include <utility>

#include "storage/domain/fact.hpp"

namespace keepsake {

namespace {

// Together within limits::fact_body_bytes even when every text has its greatest length.
constexpr std::size_t articles_per_fact = 80;

}  // namespace

Result<CatalogueChanges> changes_of(const KnownArticles& known, const Catalogue& catalogue) {
  CatalogueChanges all;
  for (const CatalogueEntry& entry : catalogue.entries) {
    auto before = known.by_code(entry.article.code);
    if (!before) return before.error();
    if (*before && **before == entry.article) {
      ++all.unchanged;
      continue;
    }
    ++(*before ? all.changed : all.added);
    all.changes.push_back({std::move(*before), entry.article});
  }
  return all;
}

Result<std::vector<Error>> taken_gtins(const KnownArticles& known, const Catalogue& catalogue) {
  std::set<std::string_view> named;
  for (const CatalogueEntry& entry : catalogue.entries) named.insert(entry.article.code);
  std::vector<Error> taken;
  for (const CatalogueEntry& entry : catalogue.entries) {
    for (const Gtin& each : all_gtins(entry.article)) {
      if (taken.size() == most_mistakes_told) continue;
      const auto owner = known.by_gtin(each);
      if (!owner) return owner.error();
      if (!*owner || (*owner)->code == entry.article.code || named.contains((*owner)->code))
        continue;
      taken.push_back({Failure::bad_input, "catalogue.gtin-taken",
                       "The GTIN belongs to article " + (*owner)->code + " of the shop",
                       entry.where,
                       "Correct it, or put that article into the file without its GTIN"});
    }
  }
  return taken;
}

std::vector<Fact> in_facts(std::vector<Article> articles) {
  std::vector<Fact> facts;
  CatalogueChange change;
  for (Article& article : articles) {
    change.put.push_back(std::move(article));
    if (change.put.size() == articles_per_fact) facts.emplace_back(std::exchange(change, {}));
  }
  if (!change.put.empty()) facts.emplace_back(std::move(change));
  return facts;
}

}  // namespace keepsake
