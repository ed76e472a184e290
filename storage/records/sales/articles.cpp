#include "storage/records/sales/articles.hpp"

#include <algorithm>

#include "storage/domain/values/tidy.hpp"
#include "storage/records/core/tokenize.hpp"

namespace keepsake::records {

namespace {

#define ARTICLE_COLUMNS                                                                          \
  "a.code, a.gtin, a.name, a.category, a.maker, a.price_milli, a.tax_basis_points, a.by_weight," \
  " a.cover_count, a.labels, a.more_gtins, a.more_codes, a.cover_unit, a.cover_usage,"           \
  " a.cover_usage_unit, a.covered, a.cover_starts, a.serialised, a.serial_rule"

constexpr Sql put_whole{
    "article.put",
    "INSERT INTO article (store, code, gtin, name, category, maker, price_milli, tax_basis_points,"
    " by_weight, cover_count, labels, more_gtins, more_codes, cover_unit, cover_usage,"
    " cover_usage_unit, covered, cover_starts, serialised, serial_rule) VALUES ($1, $2, $3, $4, "
    "$5, $6, $7, $8,"
    " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
    " ON CONFLICT (store, code) DO UPDATE SET gtin = excluded.gtin, name = excluded.name,"
    " category = excluded.category, maker = excluded.maker, price_milli = excluded.price_milli,"
    " tax_basis_points = excluded.tax_basis_points, by_weight = excluded.by_weight,"
    " cover_count = excluded.cover_count, labels = excluded.labels,"
    " more_gtins = excluded.more_gtins, more_codes = excluded.more_codes,"
    " cover_unit = excluded.cover_unit, cover_usage = excluded.cover_usage,"
    " cover_usage_unit = excluded.cover_usage_unit, covered = excluded.covered,"
    " cover_starts = excluded.cover_starts, serialised = excluded.serialised,"
    " serial_rule = excluded.serial_rule"};
constexpr Sql put_price{"article.price",
                        "UPDATE article SET price_milli = $3 WHERE store = $1 AND code = $2"};
constexpr Sql overtake{"article-request.overtake",
                       "UPDATE article_request SET state = 3 WHERE store = $1 AND code = $2"
                       " AND state = 0"};
constexpr Sql drop_article{"article.remove", "DELETE FROM article WHERE store = $1 AND code = $2"};
constexpr Sql put_word{"article.put-word",
                       "INSERT INTO article_word (store, word, code) VALUES ($1, $2, $3)"};
constexpr Sql drop_words{"article.remove-words",
                         "DELETE FROM article_word WHERE store = $1 AND code = $2"};
constexpr Sql put_gtin{"article.put-gtin",
                       "INSERT INTO article_more_gtin (store, gtin, code) VALUES ($1, $2, $3)"};
constexpr Sql drop_gtins{"article.remove-gtins",
                         "DELETE FROM article_more_gtin WHERE store = $1 AND code = $2"};
constexpr Sql put_code{"article.put-code",
                       "INSERT INTO article_more_code (store, key, code) VALUES ($1, $2, $3)"};
constexpr Sql drop_codes{"article.remove-codes",
                         "DELETE FROM article_more_code WHERE store = $1 AND code = $2"};
constexpr Sql by_code{"article.by-code", "SELECT " ARTICLE_COLUMNS
                                         " FROM article a WHERE a.store = $1 AND a.code = $2"};
constexpr Sql by_gtin{"article.by-gtin",
                      "SELECT " ARTICLE_COLUMNS
                      " FROM article a WHERE a.store = $1 AND a.gtin = $2 ORDER BY a.code LIMIT 1"};
constexpr Sql by_more_gtin{"article.by-more-gtin",
                           "SELECT " ARTICLE_COLUMNS
                           " FROM article_more_gtin m JOIN article a ON a.store = m.store"
                           " AND a.code = m.code WHERE m.store = $1 AND m.gtin = $2"
                           " ORDER BY a.code LIMIT 1"};
constexpr Sql by_more_code{"article.by-more-code",
                           "SELECT " ARTICLE_COLUMNS
                           " FROM article_more_code m JOIN article a ON a.store = m.store"
                           " AND a.code = m.code WHERE m.store = $1 AND m.key = $2"
                           " ORDER BY a.code LIMIT 1"};
constexpr Sql by_word{"article.search", "SELECT " ARTICLE_COLUMNS
                                        " FROM article a WHERE a.store = $1 AND a.code IN"
                                        " (SELECT w.code FROM article_word w"
                                        "  WHERE w.store = $1 AND w.word >= $2 AND w.word < $3)"
                                        " ORDER BY a.name, a.code"};

constexpr Sql all_rates{"article.tax-rates",
                        "SELECT DISTINCT tax_basis_points FROM article WHERE store = $1"
                        " ORDER BY tax_basis_points"};

/// Each is printable, so that a line's end parts it from the next.
std::string as_lines(const std::vector<std::string>& parts) {
  std::string lines;
  for (const std::string& part : parts) lines.append(lines.empty() ? "" : "\n").append(part);
  return lines;
}

std::vector<std::string> parts_of(std::string_view lines) {
  std::vector<std::string> parts;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    parts.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return parts;
}

std::vector<std::string> digits_of(const std::vector<Gtin>& gtins) {
  std::vector<std::string> digits;
  digits.reserve(gtins.size());
  for (const Gtin& each : gtins) digits.push_back(each.digits14());
  return digits;
}

Gtin gtin_in(std::string_view digits) {
  auto gtin = Gtin::parse(digits);
  if (!gtin) throw_damaged("an article's GTIN");
  return *gtin;
}

Article article_of(const Query& row) {
  Article article;
  article.code = row.text(0);
  if (!row.is_null(1)) article.gtin = gtin_in(row.text(1));
  article.name = row.text(2);
  article.category = row.text(3);
  article.maker = row.text(4);
  article.price = {row.integer(5)};
  article.tax = {static_cast<std::int32_t>(row.integer(6))};
  article.sold_by = row.integer(7) != 0 ? SoldBy::weight : SoldBy::piece;
  article.cover.period = {static_cast<std::int32_t>(row.integer(8)),
                          static_cast<PeriodUnit>(row.integer(12))};
  article.cover.usage = {row.integer(13), std::string(row.text(14))};
  article.cover.covered = row.text(15);
  article.cover.starts = static_cast<CoverStart>(row.integer(16));
  article.cover.serialised = row.integer(17) != 0;
  article.cover.serials.text = row.text(18);
  article.labels = parts_of(row.text(9));
  for (const std::string& digits : parts_of(row.text(10)))
    article.more_gtins.push_back(gtin_in(digits));
  article.more_codes = parts_of(row.text(11));
  return article;
}

void put(std::string_view store, const Article& article, Query& query) {
  query.bind_text(1, store);
  query.bind_text(2, article.code);
  bind_text_or_null(query, 3, article.gtin ? std::string_view(article.gtin->digits14()) : "");
  query.bind_text(4, article.name);
  query.bind_text(5, article.category);
  query.bind_text(6, article.maker);
  query.bind(7, article.price.milli_minor);
  query.bind(8, article.tax.basis_points);
  query.bind(9, article.sold_by == SoldBy::weight ? 1 : 0);
  const CoverTerms& cover = article.cover;
  query.bind(10, cover.period.count);
  query.bind_text(11, as_lines(article.labels));
  query.bind_text(12, as_lines(digits_of(article.more_gtins)));
  query.bind_text(13, as_lines(article.more_codes));
  query.bind(14, static_cast<std::int64_t>(cover.period.unit));
  query.bind(15, cover.usage.most);
  query.bind_text(16, cover.usage.unit);
  query.bind_text(17, cover.covered);
  query.bind(18, static_cast<std::int64_t>(cover.starts));
  query.bind(19, cover.serialised ? 1 : 0);
  query.bind_text(20, cover.serials.text);
  query.step();
}

/// The rows of an index of an article, in place of those it had.
struct Index {
  const Sql& put;
  const Sql& drop;
};

void put_keys(Database& database, const Index& index, std::string_view store,
              const Article& article, const std::vector<std::string>& keys) {
  auto removal = database.query(index.drop);
  removal->bind_text(1, store);
  removal->bind_text(2, article.code);
  removal->step();
  if (keys.empty()) return;
  auto insertion = database.query(index.put);
  for (const std::string& each : keys) {
    insertion->bind_text(1, store);
    insertion->bind_text(2, each);
    insertion->bind_text(3, article.code);
    insertion->step();
  }
}

std::vector<std::string> keys_of(const std::vector<std::string>& codes) {
  std::vector<std::string> keys;
  keys.reserve(codes.size());
  for (const std::string& each : codes) keys.push_back(code_key(each));
  return keys;
}

/// What a search sees of an article.
std::vector<std::string> searchable(const Article& article) {
  std::string all = article.name + " " + article.code;
  for (const std::string& each : article.more_codes) all.append(" ").append(each);
  return words_of(all);
}

bool any_begins_with(const std::vector<std::string>& words, std::string_view prefix) {
  const auto at = std::lower_bound(words.begin(), words.end(), prefix);
  return at != words.end() && at->starts_with(prefix);
}

}  // namespace

void put_article(Database& database, std::string_view store, const Article& article) {
  put(store, article, *database.query(put_whole));
  put_keys(database, {put_gtin, drop_gtins}, store, article, digits_of(article.more_gtins));
  put_keys(database, {put_code, drop_codes}, store, article, keys_of(article.more_codes));
  put_keys(database, {put_word, drop_words}, store, article, searchable(article));
}

void set_price(Database& database, std::string_view store, std::string_view code, UnitPrice price) {
  auto row = database.query(put_price);
  row->bind_text(1, store);
  row->bind_text(2, code);
  row->bind(3, price.milli_minor);
  row->step();
}

void remove_article(Database& database, std::string_view store, std::string_view code) {
  auto row = database.query(drop_article);
  row->bind_text(1, store);
  row->bind_text(2, code);
  row->step();
}

void overtake_requests(Database& database, std::string_view store, std::string_view code) {
  auto row = database.query(overtake);
  row->bind_text(1, store);
  row->bind_text(2, code);
  row->step();
}

Result<Done> apply(Applying& applying, const CatalogueChange& change) {
  const std::string_view store = applying.header.store;
  for (const std::string& code : change.removed) {
    remove_article(applying.database, store, code);
    overtake_requests(applying.database, store, code);
  }
  for (const Article& article : change.put) {
    put_article(applying.database, store, article);
    overtake_requests(applying.database, store, article.code);
  }
  return Done{};
}

std::optional<Article> article_by_code(Database& database, std::string_view store,
                                       std::string_view code) {
  auto row = database.query(by_code);
  row->bind_text(1, store);
  row->bind_text(2, code);
  return row->step() ? std::optional(article_of(*row)) : std::nullopt;
}

std::optional<Article> article_by_gtin(Database& database, std::string_view store,
                                       const Gtin& gtin) {
  for (const Sql* sql : {&by_gtin, &by_more_gtin}) {
    auto row = database.query(*sql);
    row->bind_text(1, store);
    row->bind_text(2, gtin.digits14());
    if (row->step()) return article_of(*row);
  }
  return std::nullopt;
}

std::optional<Article> article_by_more_code(Database& database, std::string_view store,
                                            std::string_view code) {
  auto row = database.query(by_more_code);
  row->bind_text(1, store);
  row->bind_text(2, code_key(code));
  return row->step() ? std::optional(article_of(*row)) : std::nullopt;
}

std::vector<TaxRate> tax_rates(Database& database, std::string_view store) {
  std::vector<TaxRate> found;
  auto row = database.query(all_rates);
  for (row->bind_text(1, store); row->step();)
    found.push_back({static_cast<std::int32_t>(row->integer(0))});
  return found;
}

std::vector<Article> search_articles(Database& database, std::string_view store,
                                     std::string_view words, std::size_t limit) {
  std::vector<std::string> wanted = words_of(words);
  std::vector<Article> found;
  if (wanted.empty() || limit == 0) return found;
  // The longest word is the rarest; the index finds it and the others are checked on what it found.
  std::iter_swap(wanted.begin(),
                 std::max_element(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) {
                   return a.size() < b.size();
                 }));
  auto row = database.query(by_word);
  row->bind_text(1, store);
  row->bind_text(2, wanted.front());
  row->bind_text(3, wanted.front() + "\xF4\x8F\xBF\xBF");  // U+10FFFF, above every word it begins
  while (found.size() < limit && row->step()) {
    Article article = article_of(*row);
    const auto has = searchable(article);
    if (std::all_of(wanted.begin() + 1, wanted.end(),
                    [&](const std::string& word) { return any_begins_with(has, word); }))
      found.push_back(std::move(article));
  }
  return found;
}

}  // namespace keepsake::records
