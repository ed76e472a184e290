#pragma once
// What the shop sells, for managers: prices, new articles, and what head office says to them.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/flow/shared/field.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/catalogue_request.hpp"

namespace keepsake::flow {

/// What managers changed so far, and what they may.
struct CatalogueDesk {
  std::vector<ArticleRequest> requests = {};  ///< newest first
  std::vector<TaxRate> rates = {};            ///< that articles of the shop have, rising
  Allowance allowance = {};
  bool alone = true;  ///< no head office is asked
  bool operator==(const CatalogueDesk&) const = default;
};

/// Another price, or a new article step by step. Nothing of it is kept before the last.
struct ArticleForm {
  enum class Step { code, name, price, tax };
  std::optional<Article> priced = {};  ///< whose price it is; nothing: a new article
  Step step = Step::code;
  std::string code = {}, name = {}, price = {}, tax = {};
  bool operator==(const ArticleForm&) const = default;
};

struct ArticlePage {
  std::string words = {};
  std::vector<Article> found = {};
  bool searched = false;
  bool more = false;
  std::optional<CatalogueDesk> desk = {};  ///< nothing: not told yet
  std::optional<ArticleForm> form = {};
  bool operator==(const ArticlePage&) const = default;
};

/// The newest request about an article; nullptr: none of late.
inline const ArticleRequest* request_about(const ArticlePage& page, std::string_view code) {
  if (!page.desk) return nullptr;
  const auto& all = page.desk->requests;
  const auto newest = std::ranges::find(all, code, &ArticleRequest::code);
  return newest == all.end() ? nullptr : &*newest;
}

}  // namespace keepsake::flow
