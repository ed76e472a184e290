#include "storage/domain/sale/article.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"

using namespace keepsake;

namespace {

Article article() {
  Article a;
  a.code = "K-100";
  a.name = "Kettle";
  a.price = UnitPrice::from_minor(19900);
  a.tax = {2500};
  a.cover = terms_of({24, PeriodUnit::month});
  return a;
}

}  // namespace

TEST_CASE("articles are checked") {
  CHECK(check(article()).ok());
  const auto where = [](auto change) {
    auto a = article();
    change(a);
    const auto result = check(a);
    return result ? std::string("ok") : result.error().where;
  };
  CHECK(where([](auto& a) { a.code.clear(); }) == "code");
  CHECK(where([](auto& a) { a.code = std::string(65, 'x'); }) == "code");
  CHECK(where([](auto& a) { a.code = std::string(64, 'x'); }) == "ok");
  CHECK(where([](auto& a) { a.code = "a\x1B"; }) == "code");
  CHECK(where([](auto& a) { a.name.clear(); }) == "name");
  CHECK(where([](auto& a) { a.price.milli_minor = -1; }) == "price");
  CHECK(where([](auto& a) { a.price.milli_minor = limits::amount_minor * 1000 + 1; }) == "price");
  CHECK(where([](auto& a) { a.price.milli_minor = 0; }) == "ok");
  CHECK(where([](auto& a) { a.tax = {10'001}; }) == "tax");
  CHECK(where([](auto& a) { a.cover = terms_of({601, PeriodUnit::month}); }) == "cover");
  CHECK(where([](auto& a) { a.cover = terms_of({-1, PeriodUnit::month}); }) == "cover");
}
