#include "storage/services/articles.hpp"

#include <optional>
#include <string>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {

namespace {

Result<std::optional<Article>> find(Reader& reader, std::string_view code) {
  auto found = reader.article_by_code(code);
  if (!found || *found) return found;
  found = article_by_number(reader, code);
  if (!found || *found) return found;
  return reader.article_by_more_code(code);
}

/// Whoever typed "ket-01" for KET-01 means the same goods; labels and people differ in capitals and
/// blanks alone.
Result<std::optional<Article>> find_alike(Reader& reader, std::string_view code) {
  constexpr std::size_t looked_at = 200;
  auto found = find(reader, code);
  if (!found || *found) return found;
  auto near = reader.search_articles(code, looked_at);
  if (!near) return near.error();
  const std::string key = code_key(code);
  for (Article& each : *near)
    if (code_key(each.code) == key) return std::optional(std::move(each));
  return std::optional<Article>();
}

/// Goods that cost nothing are given away by mistake more often than on purpose.
Result<Done> expect_price(UnitPrice price) {
  if (price.milli_minor > 0) return Done{};
  return Error{Failure::bad_input, "price.zero", "A price must be above zero", "price",
               "Enter the price."};
}

/// A till that is its own centre asks nobody.
Result<FactId> record(Book& book, Reader& reader, const CatalogueRequest& request,
                      bool Allowance::*what) {
  const auto allowed = reader.allowance();
  if (!allowed) return allowed.error();
  if (book.enrolment() && !((*allowed).*what))
    return Error{Failure::refused, "catalogue.head-office",
                 "Head office decides this for all stores", "", "Ask head office."};
  return book.record(request);
}

}  // namespace

Result<std::optional<Article>> article_by_number(Reader& reader, std::string_view digits) {
  for (const Gtin& gtin : Gtin::readings(digits)) {
    auto article = reader.article_by_gtin(gtin);
    if (!article || *article) return article;
  }
  return std::optional<Article>();
}

Result<Article> article_named(Reader& reader, std::string_view code) {
  auto found = find(reader, code);
  if (!found) return found.error();
  if (*found) return *std::move(*found);
  return Error{Failure::not_found, "article.unknown", "There is no such article", std::string(code),
               "Search for it by its name."};
}

Result<FactId> change_price(Book& book, std::string_view code, UnitPrice price, std::string_view by,
                            LocalTime at) {
  if (auto ok = expect_price(price); !ok) return ok.error();
  const auto reader = book.reader();
  if (!reader) return reader.error();
  const auto article = article_named(**reader, code);
  if (!article) return article.error();
  if (article->price == price)
    return Error{Failure::refused, "price.same", "It costs this already", article->code,
                 "Enter another price."};
  return record(book, **reader, {PriceWish{article->code, price}, std::string(by), at},
                &Allowance::prices);
}

Result<FactId> add_article(Book& book, Article article, std::string_view by, LocalTime at) {
  if (auto ok = expect_price(article.price); !ok) return ok.error();
  const auto reader = book.reader();
  if (!reader) return reader.error();
  const auto there = find_alike(**reader, article.code);
  if (!there) return there.error();
  if (*there)
    return Error{Failure::refused, "article.exists", "Another article has this code already",
                 (*there)->code + ", " + (*there)->name, "Choose another code."};
  if (const auto gtin = Gtin::parse(article.code); gtin && !article.gtin) article.gtin = *gtin;
  return record(book, **reader, {std::move(article), std::string(by), at},
                &Allowance::new_articles);
}

}  // namespace keepsake
