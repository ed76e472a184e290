#pragma once
// What a store's manager changes of the catalogue at the till, and what head office says to it.

#include <optional>
#include <string>
#include <variant>

#include "storage/domain/sale/article.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// An article of the store gets another price. Nothing else of it is said: what head office changes
/// of the same article meanwhile stays.
struct PriceWish {
  std::string code;
  UnitPrice price;
  bool operator==(const PriceWish&) const = default;
};

enum class Ruling { accepted, refused };

struct RequestAnswer {
  FactId request;
  Ruling ruling = Ruling::accepted;
  std::string reason;  ///< of a refusal; empty: it is the rule (Permission)
  bool operator==(const RequestAnswer&) const = default;
};

/// What managers of a store may change of the catalogue by themselves: everything where head office
/// said nothing. A request for anything else is refused by the rule, without anybody's answer.
enum class Matter { prices, new_articles };
struct Permission {
  Matter matter = Matter::prices;
  bool given = true;
  bool operator==(const Permission&) const = default;
};

/// The permissions as they are.
struct Allowance {
  bool prices = true;
  bool new_articles = true;
  bool operator==(const Allowance&) const = default;
};

/// Head office says what a store may ask; the store asks (in force there at once); head office
/// answers. A refusal puts back what was in force before, unless somebody changed it since. A till
/// that is its own centre (its number is provisional) asks nobody.
struct CatalogueRequest {
  /// An article: one that is new.
  std::variant<PriceWish, Article, RequestAnswer, Permission> step;
  std::string staff;  ///< who did it; empty: head office
  LocalTime at;
  bool operator==(const CatalogueRequest&) const = default;
};

/// Failure as check(Article), "request.answer".
Result<Done> check(const CatalogueRequest& request);

enum class RequestState {
  waiting = 0,
  accepted = 1,
  refused = 2,
  overtaken = 3,  ///< head office, or a file, said something else of the article meanwhile
  settled = 4,    ///< nobody was asked
};

/// A request as the records have it.
struct ArticleRequest {
  std::int64_t number = 0;  ///< rising in the order in which they were taken
  FactId fact;
  std::string store;
  std::string code, name;
  UnitPrice price;
  std::optional<UnitPrice> former;  ///< nothing: the article is new
  RequestState state = RequestState::waiting;
  std::string reason;
  std::string staff;
  LocalTime at;
  bool operator==(const ArticleRequest&) const = default;
};

}  // namespace keepsake
