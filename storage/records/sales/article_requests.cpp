#include "storage/records/sales/article_requests.hpp"

#include "storage/records/sales/articles.hpp"

namespace keepsake::records {

namespace {

#define REQUEST_COLUMNS                                                                     \
  "r.n, r.fact, r.store, r.code, r.name, r.price_milli, r.former_milli, r.state, r.reason," \
  " r.staff, r.at_ms, r.offset_minutes"

constexpr Sql put_request{
    "article-request.put",
    "INSERT INTO article_request (fact, n, store, code, name, price_milli, former_milli, state,"
    " staff, at_ms, offset_minutes) SELECT $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6, $7,"
    " $8, $9, $10 FROM article_request"};
constexpr Sql by_fact{"article-request.by-fact",
                      "SELECT " REQUEST_COLUMNS " FROM article_request r WHERE r.fact = $1"};
constexpr Sql by_number{"article-request.by-number",
                        "SELECT " REQUEST_COLUMNS " FROM article_request r WHERE r.n = $1"};
// In force together with this one or over it: whoever was refused is out of the row.
constexpr Sql after{"article-request.after",
                    "SELECT " REQUEST_COLUMNS
                    " FROM article_request r WHERE r.store = $1 AND r.code = $2 AND r.n > $3"
                    " AND r.state IN (0, 1, 4) ORDER BY r.n LIMIT 1"};
constexpr Sql newest_of_code{"article-request.newest",
                             "SELECT " REQUEST_COLUMNS
                             " FROM article_request r WHERE r.store = $1 AND r.code = $2"
                             " ORDER BY r.n DESC LIMIT 1"};
constexpr Sql of_store{"article-request.of-store",
                       "SELECT " REQUEST_COLUMNS
                       " FROM article_request r WHERE r.store = $1 AND r.state <= $2"
                       " ORDER BY r.n DESC LIMIT $3"};
constexpr Sql of_everybody{"article-request.of-everybody",
                           "SELECT " REQUEST_COLUMNS
                           " FROM article_request r WHERE r.state <= $1"
                           " ORDER BY r.n DESC LIMIT $2"};
constexpr Sql put_state{"article-request.state",
                        "UPDATE article_request SET state = $2, reason = $3 WHERE fact = $1"};
constexpr Sql put_former{"article-request.former",
                         "UPDATE article_request SET former_milli = $2 WHERE fact = $1"};
constexpr Sql put_permission{
    "article-permission.put",
    "INSERT INTO article_permission (store, matter, given) VALUES ($1, $2, $3)"
    " ON CONFLICT (store, matter) DO UPDATE SET given = excluded.given"};
constexpr Sql permissions{"article-permission.of-store",
                          "SELECT matter, given FROM article_permission WHERE store = $1"};

ArticleRequest request_of(const Query& row) {
  ArticleRequest request;
  request.number = row.integer(0);
  request.fact = fact_id(row, 1);
  request.store = row.text(2);
  request.code = row.text(3);
  request.name = row.text(4);
  request.price = {row.integer(5)};
  if (!row.is_null(6)) request.former = UnitPrice{row.integer(6)};
  request.state = static_cast<RequestState>(row.integer(7));
  request.reason = row.text(8);
  request.staff = row.text(9);
  request.at = local_time(row, 10);
  return request;
}

std::optional<ArticleRequest> one_of(Query& row) {
  return row.step() ? std::optional(request_of(row)) : std::nullopt;
}

std::int64_t number_of(RequestState state) { return static_cast<std::int64_t>(state); }

void bind_price_or_null(Query& row, int index, const std::optional<UnitPrice>& price) {
  if (price)
    row.bind(index, price->milli_minor);
  else
    row.bind_null(index);
}

/// What is asked, and of which article as it is now.
struct Asked {
  std::string_view code, name;
  UnitPrice price;
  std::optional<UnitPrice> former;
};

void put(Applying& applying, const CatalogueRequest& request, const Asked& asked,
         RequestState state) {
  auto row = applying.database.query(put_request);
  bind_id(*row, 1, applying.header.id);
  row->bind_text(2, applying.header.store);
  row->bind_text(3, asked.code);
  row->bind_text(4, asked.name);
  row->bind(5, asked.price.milli_minor);
  bind_price_or_null(*row, 6, asked.former);
  row->bind(7, number_of(state));
  row->bind_text(8, request.staff);
  bind_time(*row, 9, request.at);
  row->step();
}

bool by_head_office(const Applying& applying) { return applying.header.id.terminal().value == 0; }

/// The till was its own centre then.
bool asks_nobody(const Applying& applying) { return applying.header.id.terminal().provisional(); }

RequestState first_state(const Applying& applying) {
  return asks_nobody(applying) ? RequestState::settled : RequestState::waiting;
}

bool is_allowed(Applying& applying, bool Allowance::*what) {
  return asks_nobody(applying) || allowance(applying.database, applying.header.store).*what;
}

/// An article that is there gets another price.
void reprice(Applying& applying, const CatalogueRequest& request, const Article& article,
             UnitPrice price) {
  const bool allowed = is_allowed(applying, &Allowance::prices);
  put(applying, request, {article.code, article.name, price, article.price},
      allowed ? first_state(applying) : RequestState::refused);
  if (allowed) set_price(applying.database, applying.header.store, article.code, price);
}

Result<Done> take(Applying& applying, const CatalogueRequest& request, const PriceWish& wish) {
  const auto article = article_by_code(applying.database, applying.header.store, wish.code);
  if (article) {
    reprice(applying, request, *article, wish.price);
    return Done{};
  }
  if (auto ok = applying.contradict(
          "article.unknown",
          "A price was set for article " + wish.code + ", which the store does not have",
          "Look the article up again.");
      !ok)
    return ok;
  put(applying, request, {wish.code, {}, wish.price, wish.price}, RequestState::overtaken);
  return Done{};
}

Result<Done> take(Applying& applying, const CatalogueRequest& request, const Article& added) {
  const std::string_view store = applying.header.store;
  if (const auto there = article_by_code(applying.database, store, added.code)) {
    if (auto ok = applying.contradict("article.exists",
                                      "Another article has the code " + added.code + " already",
                                      "Choose another code.");
        !ok)
      return ok;
    reprice(applying, request, *there, added.price);
    return Done{};
  }
  const bool allowed = is_allowed(applying, &Allowance::new_articles);
  if (allowed) put_article(applying.database, store, added);
  put(applying, request, {added.code, added.name, added.price, {}},
      allowed ? first_state(applying) : RequestState::refused);
  return Done{};
}

void set_state(Database& database, const FactId& fact, RequestState state,
               std::string_view reason) {
  auto row = database.query(put_state);
  bind_id(*row, 1, fact);
  row->bind(2, number_of(state));
  row->bind_text(3, reason);
  row->step();
}

std::optional<ArticleRequest> next_after(Database& database, const ArticleRequest& request) {
  auto row = database.query(after);
  row->bind_text(1, request.store);
  row->bind_text(2, request.code);
  row->bind(3, request.number);
  return one_of(*row);
}

/// Nobody has said anything of the article since, other than by requests: what lies over this one
/// stands on what was before it.
void take_back(Database& database, const ArticleRequest& refused) {
  if (!refused.former) {
    remove_article(database, refused.store, refused.code);
    overtake_requests(database, refused.store, refused.code);
    return;
  }
  const auto next = next_after(database, refused);
  if (!next) return set_price(database, refused.store, refused.code, *refused.former);
  auto row = database.query(put_former);
  bind_id(*row, 1, next->fact);
  bind_price_or_null(*row, 2, refused.former);
  row->step();
}

/// Else a till could give itself what it asked for.
Result<Done> refuse_foreign(Applying& applying) {
  return applying.contradict("request.foreign", "Head office alone says what a store may do",
                             "Ask head office.");
}

Result<Done> take(Applying& applying, const CatalogueRequest&, const RequestAnswer& answer) {
  if (!by_head_office(applying)) return refuse_foreign(applying);
  const auto request = article_request(applying.database, answer.request);
  // Of one that was set aside, or that something overtook, there is nothing to say any more.
  if (!request || request->store != applying.header.store ||
      request->state != RequestState::waiting)
    return Done{};
  const bool refused = answer.ruling == Ruling::refused;
  set_state(applying.database, request->fact,
            refused ? RequestState::refused : RequestState::accepted, answer.reason);
  if (refused) take_back(applying.database, *request);
  return Done{};
}

Result<Done> take(Applying& applying, const CatalogueRequest&, const Permission& permission) {
  if (!by_head_office(applying)) return refuse_foreign(applying);
  auto row = applying.database.query(put_permission);
  row->bind_text(1, applying.header.store);
  row->bind(2, static_cast<std::int64_t>(permission.matter));
  row->bind(3, permission.given ? 1 : 0);
  row->step();
  return Done{};
}

}  // namespace

Allowance allowance(Database& database, std::string_view store) {
  Allowance all;
  auto row = database.query(permissions);
  for (row->bind_text(1, store); row->step();)
    (static_cast<Matter>(row->integer(0)) == Matter::prices ? all.prices : all.new_articles) =
        row->integer(1) != 0;
  return all;
}

Result<Done> apply(Applying& applying, const CatalogueRequest& request) {
  return std::visit([&](const auto& step) { return take(applying, request, step); }, request.step);
}

std::optional<ArticleRequest> article_request(Database& database, std::int64_t number) {
  auto row = database.query(by_number);
  row->bind(1, number);
  return one_of(*row);
}

std::optional<ArticleRequest> article_request(Database& database, const FactId& fact) {
  auto row = database.query(by_fact);
  bind_id(*row, 1, fact);
  return one_of(*row);
}

std::vector<ArticleRequest> article_requests(Database& database,
                                             std::optional<std::string_view> store, Wanted wanted,
                                             std::size_t limit) {
  const auto most =
      number_of(wanted == Wanted::waiting ? RequestState::waiting : RequestState::settled);
  auto row = database.query(store ? of_store : of_everybody);
  int next = 1;
  if (store) row->bind_text(next++, *store);
  row->bind(next++, most);
  row->bind(next, static_cast<std::int64_t>(limit));
  std::vector<ArticleRequest> found;
  while (row->step()) found.push_back(request_of(*row));
  return found;
}

std::optional<ArticleRequest> newest_request(Database& database, std::string_view store,
                                             std::string_view code) {
  auto row = database.query(newest_of_code);
  row->bind_text(1, store);
  row->bind_text(2, code);
  return one_of(*row);
}

}  // namespace keepsake::records
