#pragma once
// What a manager changes of the catalogue at the till: in force here at once. Where there is a head
// office it is asked, and what it says to it comes down.

#include <optional>
#include <string_view>

#include "storage/domain/sale/article.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Book;
class Reader;

/// By whatever the digits of a barcode may mean (Gtin::readings).
Result<std::optional<Article>> article_by_number(Reader& reader, std::string_view digits);

/// The article that has this code, or whose labels say it. Failure::not_found "article.unknown".
Result<Article> article_named(Reader& reader, std::string_view code);

/// For what is sold from now on. `by`: an id of staff, or "shell:USER". Failure::not_found
/// "article.unknown", ::bad_input "price.zero", ::refused "price.same", "catalogue.head-office".
Result<FactId> change_price(Book& book, std::string_view code, UnitPrice price, std::string_view by,
                            LocalTime at);

/// A code that is a barcode is the article's barcode, too. Failure::refused "article.exists" (whose
/// it is in `where`), "catalogue.head-office", ::bad_input "price.zero", as check(Article).
Result<FactId> add_article(Book& book, Article article, std::string_view by, LocalTime at);

}  // namespace keepsake
