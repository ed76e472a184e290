#pragma once
// What a store's managers changed of the catalogue at a till, and what head office said to it.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// In force at once, where it is allowed. What two tills did without knowing of one another: the later price stands; of
/// two new articles under one code the first stays, with the price of the later. Contradictions:
/// "article.unknown", "article.exists"; "request.foreign" of what head office alone says.
Result<Done> apply(Applying& applying, const CatalogueRequest& request);

/// As head office said it to this store; all of it where it said nothing.
Allowance allowance(Database& database, std::string_view store);

std::optional<ArticleRequest> article_request(Database& database, std::int64_t number);
std::optional<ArticleRequest> article_request(Database& database, const FactId& fact);
enum class Wanted { waiting, all };
/// Newest first, at most `limit`. `store`: nullopt for those of every store.
std::vector<ArticleRequest> article_requests(Database& database,
                                             std::optional<std::string_view> store, Wanted wanted,
                                             std::size_t limit);
/// The newest about an article that changed, or would have changed, what is in force.
std::optional<ArticleRequest> newest_request(Database& database, std::string_view store,
                                             std::string_view code);

}  // namespace keepsake::records
