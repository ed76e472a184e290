#include "kiosk/cli/imports/retail.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keepsake::cli::retail {

std::string_view Sales::name_of(const ArticleInfo& article) const {
  return article.name == nameless ? std::string_view(article.code)
                                  : std::string_view(names[article.name]);
}

std::string_view Sales::name_of(const Line& line) const {
  return line.name == nameless ? name_of(articles[line.article])
                               : std::string_view(names[line.name]);
}

Currency currency() {
  static const Currency gbp = *Currency::parse("GBP");
  return gbp;
}

std::vector<std::uint32_t> in_order(const Sales& sales, Kind kind) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < sales.invoices.size(); ++i) {
    if (sales.invoices[i].kind == kind) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return sales.invoices[i].wall_s; });
  return order;
}

std::vector<std::uint32_t> in_order(const Sales& sales) {
  std::vector<std::uint32_t> order(sales.invoices.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) {
    return std::pair(sales.invoices[i].wall_s, sales.invoices[i].kind != Kind::sale);
  });
  return order;
}

}  // namespace keepsake::cli::retail
