#include "storage/exchange/catalogue_changes.hpp"

#include <set>
#include <utility>

#include "storage/domain/fact.hpp"

namespace keepsake {

namespace {

// Together within limits::fact_body_bytes even when every text has its greatest length.
constexpr std::size_t articles_per_fact = 80;

// A code that another article of the shop has, unless this very file takes it from that one.
class Taken {
 public:
  Taken(const Catalogue& catalogue, std::vector<Error>& mistakes) : mistakes_(mistakes) {
    for (const CatalogueEntry& entry : catalogue.entries) named_.insert(entry.article.code);
  }
  Result<Done> look(const CatalogueEntry& entry, const char* what,
                    const Result<std::optional<Article>>& owner) {
    if (!owner) return owner.error();
    if (!*owner || (*owner)->code == entry.article.code || named_.contains((*owner)->code) ||
        mistakes_.size() == most_mistakes_told)
      return Done{};
    mistakes_.push_back(
        {Failure::bad_input, "catalogue.gtin-taken",
         std::string("The ") + what + " belongs to article " + (*owner)->code + " of the shop",
         entry.where,
         std::string("Correct it, or put that article into the file without its ") + what});
    return Done{};
  }

 private:
  std::set<std::string_view> named_;
  std::vector<Error>& mistakes_;
};

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

Result<std::vector<Error>> taken_codes(const KnownArticles& known, const Catalogue& catalogue) {
  std::vector<Error> mistakes;
  Taken taken(catalogue, mistakes);
  for (const CatalogueEntry& entry : catalogue.entries) {
    for (const Gtin& each : all_gtins(entry.article))
      if (auto ok = taken.look(entry, "GTIN", known.by_gtin(each)); !ok) return ok.error();
    for (const std::string& each : entry.article.more_codes)
      if (auto ok = taken.look(entry, "code", known.by_more_code(each)); !ok) return ok.error();
  }
  return mistakes;
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
