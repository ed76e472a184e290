#pragma once
// What a catalogue file would change of what a shop sells.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/exchange/catalogue_file.hpp"

namespace keepsake {

struct Fact;

/// What a shop sells now.
struct KnownArticles {
  std::function<Result<std::optional<Article>>(std::string_view)> by_code;
  std::function<Result<std::optional<Article>>(const Gtin&)> by_gtin;
  std::function<Result<std::optional<Article>>(std::string_view)> by_more_code;
};

struct ArticleChange {
  std::optional<Article> before;  ///< nothing: it is new
  Article after;
};

struct CatalogueChanges {
  std::vector<ArticleChange> changes;  ///< in the order of the file
  std::uint64_t added = 0, changed = 0, unchanged = 0;
};

/// Articles that the file does not name stay. Failure as `known`.
Result<CatalogueChanges> changes_of(const KnownArticles& known, const Catalogue& catalogue);

/// Codes of the file that another article of the shop has, unless this very file takes them from
/// that one: at most most_mistakes_told. Failure as `known`.
Result<std::vector<Error>> taken_codes(const KnownArticles& known, const Catalogue& catalogue);

/// As many facts as the limits ask for.
std::vector<Fact> in_facts(std::vector<Article> articles);

}  // namespace keepsake
