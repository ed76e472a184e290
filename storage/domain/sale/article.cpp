#include "storage/domain/sale/article.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

Error out_of_range(Failure kind, const char* code, const char* what, const char* field) {
  return {kind, code, what, field, "Correct the article"};
}

Result<Done> check_labels(const std::vector<std::string>& labels) {
  if (labels.size() > limits::article_labels)
    return out_of_range(Failure::limit, "article.labels", "The article has too many labels",
                        "labels");
  for (auto label = labels.begin(); label != labels.end(); ++label) {
    if (auto ok = check_text(*label, limits::code_bytes, Presence::required, "labels"); !ok)
      return ok;
    if (std::find(labels.begin(), label, *label) != label)
      return out_of_range(Failure::bad_input, "article.labels", "A label is given twice", "labels");
  }
  return Done{};
}

Result<Done> check_gtins(const Article& article) {
  const auto& more = article.more_gtins;
  if (more.size() > limits::article_gtins)
    return out_of_range(Failure::limit, "article.gtins", "The article has too many barcodes",
                        "gtin");
  const bool rising = std::ranges::adjacent_find(more, std::ranges::greater_equal{}) == more.end();
  const bool fresh = !article.gtin || std::ranges::find(more, *article.gtin) == more.end();
  if (rising && fresh && (article.gtin || more.empty())) return Done{};
  return out_of_range(Failure::bad_input, "article.gtins", "A barcode is given twice", "gtin");
}

Result<Done> check_more_codes(const Article& article) {
  const auto& more = article.more_codes;
  if (more.size() > limits::article_gtins)
    return out_of_range(Failure::limit, "article.codes", "The article has too many codes",
                        "more_codes");
  std::string before;
  for (const std::string& code : more) {
    if (auto ok = check_text(code, limits::code_bytes, Presence::required, "more_codes"); !ok)
      return ok;
    const std::string key = code_key(code);
    if (key.empty() || key <= before)
      return out_of_range(Failure::bad_input, "article.codes",
                          key.empty() ? "A code has blanks only" : "A code is given twice",
                          "more_codes");
    before = key;
  }
  return Done{};
}

}  // namespace

std::vector<std::string> in_order_of_keys(std::vector<std::string> codes) {
  std::ranges::stable_sort(codes, {}, code_key);
  const auto same = [](const std::string& one, const std::string& other) {
    return code_key(one) == code_key(other);
  };
  codes.erase(std::unique(codes.begin(), codes.end(), same), codes.end());
  return codes;
}

std::vector<Gtin> all_gtins(const Article& article) {
  std::vector<Gtin> all = article.more_gtins;
  if (article.gtin) all.push_back(*article.gtin);
  return all;
}

Covers covers_of(const Article& article, Date start, const StatutoryCover* statutory) {
  if (article.sold_by != SoldBy::piece) return {};
  return covers_from(start, article.cover, statutory);
}

bool takes_serial(const Article& article, const StatutoryCover* statutory) {
  return article.sold_by == SoldBy::piece && article.cover.serialised &&
         (statutory != nullptr || !article.cover.period.none());
}

Result<Done> check(const Article& article) {
  using enum Presence;
  if (auto ok = check_texts({
          {article.code, limits::code_bytes, required, "code"},
          {article.name, limits::name_bytes, required, "name"},
          {article.category, limits::name_bytes, optional, "category"},
          {article.maker, limits::name_bytes, optional, "maker"},
      });
      !ok)
    return ok;
  if (article.price.milli_minor < 0)
    return out_of_range(Failure::bad_input, "price.negative", "A price must not be negative",
                        "price");
  if (article.price.milli_minor > limits::amount_minor * 1000)
    return out_of_range(Failure::limit, "price.limit", "The price is too large", "price");
  if (article.tax.basis_points < 0 || article.tax.basis_points > 10'000)
    return out_of_range(Failure::bad_input, "tax.rate", "A tax rate must lie between 0 and 100 %",
                        "tax");
  if (article.sold_by != SoldBy::piece && article.sold_by != SoldBy::weight)
    return out_of_range(Failure::bad_input, "article.sold-by",
                        "An article must be sold by piece or by weight", "sold_by");
  if (auto ok = check(article.cover); !ok) return ok;
  if (auto ok = check_gtins(article); !ok) return ok;
  if (auto ok = check_more_codes(article); !ok) return ok;
  return check_labels(article.labels);
}

bool is_code_of(std::string_view scanned, const Article& article) {
  if (scanned == article.code) return true;
  if (std::ranges::find(article.more_codes, code_key(scanned), code_key) !=
      article.more_codes.end())
    return true;
  const auto readings = Gtin::readings(scanned);
  return std::ranges::any_of(readings, [&](const Gtin& each) {
    return article.gtin == each ||
           std::ranges::find(article.more_gtins, each) != article.more_gtins.end();
  });
}

}  // namespace keepsake
