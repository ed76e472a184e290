#include "storage/domain/sale/catalogue_request.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {

namespace {

Result<Done> check_step(const PriceWish& wish) {
  // An article of this price may be: what else is asked of one is asked of it whole.
  Article article;
  article.code = wish.code;
  article.name = wish.code;
  article.price = wish.price;
  return check(article);
}

Result<Done> check_step(const Article& article) { return check(article); }

Result<Done> check_step(const RequestAnswer& answer) {
  if (answer.ruling == Ruling::accepted && !answer.reason.empty())
    return Error{Failure::bad_input, "request.answer", "Only a refusal has a reason", "reason",
                 "Leave it out."};
  return check_text(answer.reason, limits::name_bytes, Presence::optional, "reason");
}

Result<Done> check_step(const Permission&) { return Done{}; }

}  // namespace

Result<Done> check(const CatalogueRequest& request) {
  if (auto ok = check_text(request.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  return std::visit([](const auto& step) { return check_step(step); }, request.step);
}

}  // namespace keepsake
