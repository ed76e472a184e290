#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CatalogueChange& change);

/// In place of what the store has under its code.
void put_article(Database& database, std::string_view store, const Article& article);
void set_price(Database& database, std::string_view store, std::string_view code, UnitPrice price);
void remove_article(Database& database, std::string_view store, std::string_view code);

/// All of the article is said anew: what waits for an answer about it (article_requests.hpp) has one.
void overtake_requests(Database& database, std::string_view store, std::string_view code);

std::optional<Article> article_by_code(Database& database, std::string_view store,
                                       std::string_view code);
std::optional<Article> article_by_gtin(Database& database, std::string_view store,
                                       const Gtin& gtin);
/// By one of the further codes of its labels, whatever the case and blanks.
std::optional<Article> article_by_more_code(Database& database, std::string_view store,
                                            std::string_view code);
/// That its articles have, rising.
std::vector<TaxRate> tax_rates(Database& database, std::string_view store);
/// Every one of `words` begins some word of the name or of a code; by name.
std::vector<Article> search_articles(Database& database, std::string_view store,
                                     std::string_view words, std::size_t limit);

}  // namespace keepsake::records
