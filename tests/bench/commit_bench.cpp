// What recording a purchase costs: the book, and a bare SQLite transaction writing the same rows
// into the same tables, one after the other in the same run. First one by one with
// synchronous=FULL, as a till does; then in batches, as an import does.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sqlite3.h>
#include <string>
#include <vector>

#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/facts/codec.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;

namespace {

using Clock_ = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "commit_bench: %s\n", why.c_str());
  std::exit(1);
}

template <class T>
T take(Result<T> result) {
  if (!result) fail(to_line(result.error()));
  return std::move(*result);
}

void must(int code, sqlite3* database) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    fail(sqlite3_errmsg(database));
}

/// SQLite and nothing else: prepared statements, values at hand.
class Bare {
 public:
  Bare(const std::filesystem::path& file) {
    must(sqlite3_open(file.c_str(), &database_), database_);
    // As the book opens its own (storage/engine/sqlite/open.cpp).
    run("PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;"
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864");
    journal_ = prepare("INSERT INTO journal (seq, id, type, body, hash) VALUES (?,?,?,?,?)");
    purchase_ = prepare(
        "INSERT INTO purchase (id, store, at_ms, offset_minutes, day, origin, staff, shift, "
        "customer, currency, total_minor, tax_minor, rounding_minor, pieces, first_article, "
        "programme, points_hundredths, returned_by, goods, loads, load_minor, spend_minor) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    line_ = prepare(
        "INSERT INTO purchase_line (purchase, line, article, name, quantity, unit_price_milli, "
        "amount_minor, tax_basis_points, tax_minor, by_weight, store) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,'')");
    tender_ = prepare(
        "INSERT INTO tender (fact, n, kind, amount_minor, tendered_minor, reference, store) VALUES "
        "(?,?,?,?,?,?,'')");
    posting_ = prepare("INSERT INTO posting VALUES (?,?,?,?,?,?,?,?,?)");
    account_ = prepare(
        "INSERT INTO account VALUES (?,?,?,?) ON CONFLICT (unit, kind, owner) DO UPDATE SET"
        " amount = account.amount + excluded.amount");
    lot_ = prepare("INSERT INTO lot VALUES (?,?,?,?,?,?,?,?,NULL)");
    standing_ = prepare(
        "INSERT INTO member_standing VALUES (?,?,?,?,?,?,?) ON CONFLICT (customer) DO UPDATE SET"
        " visits = member_standing.visits + 1, earned_then = member_standing.earned_then +"
        " excluded.earned_then");
    outcome_ = prepare(
        "INSERT INTO outcome_of (fact, debt_settled, to_wallet_minor, tier_before, tier_after,"
        " tier_since_day, paid_out_minor, store) VALUES (?,?,?,?,?,?,?,'')");
    rule_ =
        prepare("INSERT INTO outcome_rule (fact, n, rule, hundredths, store) VALUES (?,?,?,?,'')");
    stake_ = prepare(
        "INSERT INTO outcome_line (fact, line, net_minor, earned, spent, store)"
        " VALUES (?,?,?,?,?,'')");
    use_ = prepare(
        "INSERT INTO rule_use VALUES (?,?,?,?,?,?,?) ON CONFLICT (owner, store, name) DO UPDATE"
        " SET times = rule_use.times + 1, hundredths = rule_use.hundredths + excluded.hundredths");
  }
  ~Bare() {
    for (sqlite3_stmt* each : {journal_, purchase_, line_, tender_, posting_, account_, lot_,
                               standing_, outcome_, rule_, stake_, use_})
      sqlite3_finalize(each);
    sqlite3_close(database_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  void run(const char* sql) {
    must(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr), database_);
  }

  void write(Seq seq, const Bytes16& id, const std::string& body, const Purchase& purchase) {
    const std::string hash(32, 'h');
    put(journal_, seq, id, 1, Blob{body}, Blob{hash});
    put(purchase_, id, "", purchase.at.at.ms, 60, to_days(purchase.at.date()), nullptr,
        purchase.staff, purchase.shift, purchase.customer.bytes, "NOK", purchase.total.minor,
        purchase.tax.minor, 0, 3, purchase.lines[0].name, 1, purchase.points_earned.hundredths,
        nullptr, purchase.lines.size(), 0, 0, purchase.total.minor);
    int n = 0;
    for (const PurchaseLine& line : purchase.lines)
      put(line_, id, n++, line.article, line.name, line.quantity.thousandths,
          line.unit_price.milli_minor, line.amount.minor, line.tax_rate.basis_points,
          line.tax.minor, 0);
    put(tender_, id, 0, 0, purchase.total.minor, purchase.total.minor, "");
    const std::int64_t points = purchase.points_earned.hundredths;
    const int day = to_days(purchase.at.date());
    if (purchase.loyalty) {
      put(outcome_, id, 0, 0, "", "", nullptr, 0);
      put(rule_, id, 0, "base", points);
      n = 0;
      for (const LineStake& stake : purchase.loyalty->lines)
        put(stake_, id, n++, stake.net.minor, stake.earned.hundredths, stake.spent.hundredths);
      put(use_, "", purchase.customer.bytes, "base", 1, points, day, points);
      put(use_, "", Blob{{}}, "base", 1, points, day, points);
    }
    put(lot_, id, 0, "", purchase.customer.bytes, points, points, day, nullptr);
    put(posting_, id, 0, "", "points", 1, purchase.customer.bytes, points, id, 0);
    put(posting_, id, 1, "", "points", 2, purchase.customer.bytes, -points, nullptr, nullptr);
    put(account_, "points", 1, purchase.customer.bytes, points);
    put(account_, "points", 2, purchase.customer.bytes, -points);
    put(standing_, purchase.customer.bytes, 1, day, day, points, "", nullptr);
  }

 private:
  struct Blob {
    std::string_view bytes;
  };

  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_);
    return statement;
  }

  void bind(sqlite3_stmt* s, int i, std::int64_t v) { sqlite3_bind_int64(s, i, v); }
  void bind(sqlite3_stmt* s, int i, int v) { sqlite3_bind_int64(s, i, v); }
  void bind(sqlite3_stmt* s, int i, std::size_t v) {
    sqlite3_bind_int64(s, i, static_cast<std::int64_t>(v));
  }
  void bind(sqlite3_stmt* s, int i, Seq v) { sqlite3_bind_int64(s, i, v); }
  void bind(sqlite3_stmt* s, int i, std::nullptr_t) { sqlite3_bind_null(s, i); }
  void bind(sqlite3_stmt* s, int i, const char* v) {
    sqlite3_bind_text(s, i, v, -1, SQLITE_STATIC);
  }
  void bind(sqlite3_stmt* s, int i, const std::string& v) {
    sqlite3_bind_text(s, i, v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
  }
  void bind(sqlite3_stmt* s, int i, const std::optional<FactId>& v) {
    const std::string hex = v ? to_hex(*v) : "";
    sqlite3_bind_text(s, i, hex.data(), static_cast<int>(hex.size()), SQLITE_TRANSIENT);
  }
  void bind(sqlite3_stmt* s, int i, const Bytes16& v) {
    sqlite3_bind_blob(s, i, v.data(), 16, SQLITE_STATIC);
  }
  void bind(sqlite3_stmt* s, int i, Blob v) {
    sqlite3_bind_blob(s, i, v.bytes.empty() ? "" : v.bytes.data(), static_cast<int>(v.bytes.size()),
                      SQLITE_STATIC);
  }

  template <class... Values>
  void put(sqlite3_stmt* statement, const Values&... values) {
    int i = 0;
    (bind(statement, ++i, values), ...);
    must(sqlite3_step(statement), database_);
    sqlite3_reset(statement);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt *journal_, *purchase_, *line_, *tender_, *posting_, *account_, *lot_, *standing_,
      *outcome_, *rule_, *stake_, *use_;
};

PurchaseLine line(int article, std::int64_t pieces, std::int64_t price_minor, Currency currency) {
  PurchaseLine line;
  line.article = std::to_string(10000 + article);
  line.name = "WHITE HANGING HEART T-LIGHT HOLDER";
  line.quantity = Quantity::pieces(pieces);
  line.unit_price = UnitPrice::from_minor(price_minor);
  line.amount = take(line_amount(line.unit_price, line.quantity, currency));
  line.tax_rate = {2500};
  line.tax = take(tax_included(line.amount, line.tax_rate));
  return line;
}

enum class Loyalty { off, on };

struct Shop {
  test::TemporaryFolder folder;
  test::FakeClock clock;
  Currency currency = take(Currency::parse("NOK"));
  std::unique_ptr<Book> book;
  CustomerRef customer;

  Shop() {
    Settings settings;
    settings.currency = currency;
    book = take(Book::create(folder.path() / "ours", settings, clock));
    Programme programme;
    programme.version = 1;
    programme.name = "Club";
    programme.currency = currency;
    programme.per_major_unit = {10};
    take(book->record(programme));
    CustomerEnrolment enrolment;
    enrolment.customer = customer = take(book->vault().new_customer());
    enrolment.at = clock.local_now();
    take(book->record(enrolment));
    // The bare side begins as a copy: the same tables, indexes and pages.
    take(book->backup(folder.path() / "bare.db", {}));
  }

  /// What a programme of one rule gives.
  void add_outcome(Purchase& purchase) const {
    LoyaltyResult outcome;
    outcome.rules = {{"base", purchase.points_earned}};
    outcome.issued = {{purchase.points_earned, std::nullopt}};
    outcome.to_wallet = outcome.paid_out = {0, currency};
    for (const PurchaseLine& each : purchase.lines) outcome.lines.push_back({each.amount, {}, {}});
    outcome.lines.front().earned = purchase.points_earned;
    purchase.loyalty = std::move(outcome);
  }

  Purchase purchase(int n, int lines, Loyalty loyalty) {
    Purchase purchase;
    purchase.at = clock.local_now();
    purchase.staff = "anna";
    purchase.customer = customer;
    purchase.currency = currency;
    purchase.total = purchase.tax = purchase.cash_rounding = {0, currency};
    for (int i = 0; i < lines; ++i) {
      purchase.lines.push_back(line((n * 7 + i) % 3500, 1 + i % 3, 9900 + n % 100, currency));
      purchase.total.minor += purchase.lines.back().amount.minor;
      purchase.tax.minor += purchase.lines.back().tax.minor;
    }
    purchase.programme_version = 1;
    purchase.points_earned = {purchase.total.minor / 10};
    purchase.tenders = {{TenderKind::cash, purchase.total, purchase.total, ""}};
    if (loyalty == Loyalty::on) add_outcome(purchase);
    return purchase;
  }
};

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void one_by_one(Shop& shop, Bare& bare, Seq& seq, int purchases, Loyalty loyalty) {
  std::vector<double> ours, theirs;
  Bytes16 last{};
  for (int n = 0; n < purchases; ++n) {
    const Fact fact = shop.purchase(n, 3, loyalty);
    const std::string body = take(encode(fact));
    // In turns, so that neither always finds what the other has warmed. Ids sort as the book's do.
    Bytes16 id{};
    const auto record = [&] {
      const auto begin = Clock_::now();
      id = to_bytes(take(shop.book->record(fact)));
      ours.push_back(Microseconds(Clock_::now() - begin).count());
    };
    const auto write = [&](const Bytes16& as) {
      const auto begin = Clock_::now();
      bare.run("BEGIN IMMEDIATE");
      bare.write(++seq, as, body, get<Purchase>(fact));
      bare.run("COMMIT");
      theirs.push_back(Microseconds(Clock_::now() - begin).count());
    };
    if (n % 2 == 0) {
      record();
      write(id);
    } else {
      Bytes16 ahead = last;  // the last byte counts on: after the last id, before the next
      ++ahead.back();
      write(ahead);
      record();
    }
    last = id;
  }
  std::printf("one purchase of 3 lines%s, synchronous=FULL, %d times\n",
              loyalty == Loyalty::on ? " with loyalty" : "", purchases);
  std::printf("  keepsake  p50 %8.1f us   p99 %8.1f us\n", percentile(ours, .5),
              percentile(ours, .99));
  std::printf("  bare      p50 %8.1f us   p99 %8.1f us\n", percentile(theirs, .5),
              percentile(theirs, .99));
  std::printf("  ratio     p50 %8.2f      p99 %8.2f\n",
              percentile(ours, .5) / percentile(theirs, .5),
              percentile(ours, .99) / percentile(theirs, .99));
}

void in_batches(Shop& shop, Bare& bare, Seq& seq, int batches) {
  constexpr int purchases = 200;
  constexpr int lines = 20;
  double ours = 0, theirs = 0;
  for (int batch = 0; batch < batches; ++batch) {
    std::vector<Fact> facts;
    std::vector<std::string> bodies;
    for (int n = 0; n < purchases; ++n) {
      facts.emplace_back(shop.purchase(batch * purchases + n, lines, Loyalty::off));
      bodies.push_back(take(encode(facts.back())));
    }
    const auto a = Clock_::now();
    const auto ids = take(shop.book->record_all(facts));
    const auto b = Clock_::now();
    bare.run("BEGIN IMMEDIATE");
    for (std::size_t n = 0; n < facts.size(); ++n)
      bare.write(++seq, to_bytes(ids[n]), bodies[n], get<Purchase>(facts[n]));
    bare.run("COMMIT");
    const auto c = Clock_::now();
    ours += Microseconds(b - a).count();
    theirs += Microseconds(c - b).count();
  }
  const double rows = static_cast<double>(batches) * purchases * lines;
  std::printf("%d batches of %d purchases of %d lines\n", batches, purchases, lines);
  std::printf("  keepsake  %8.2f us a line\n  bare      %8.2f us a line\n  ratio     %8.2f\n",
              ours / rows, theirs / rows, ours / theirs);
}

/// Rows of each table; what only the book has (its settings, the log of looks) has no row here.
std::map<std::string, std::int64_t> rows_of(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  must(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), database);
  std::map<std::string, std::int64_t> rows;
  const auto each = [&](const std::string& sql, const auto& take_row) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), database);
    while (sqlite3_step(statement) == SQLITE_ROW) take_row(statement);
    sqlite3_finalize(statement);
  };
  std::vector<std::string> tables;
  each("SELECT name FROM sqlite_schema WHERE type = 'table'", [&](sqlite3_stmt* row) {
    tables.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
  });
  for (const std::string& table : tables)
    each("SELECT count(*) FROM \"" + table + "\"",
         [&](sqlite3_stmt* row) { rows[table] = sqlite3_column_int64(row, 0); });
  sqlite3_close(database);
  return rows;
}

/// A ratio means something only between two that wrote the same.
int compare_rows(const std::filesystem::path& ours, const std::filesystem::path& bare) {
  const auto a = rows_of(ours), b = rows_of(bare);
  int differing = 0;
  for (const auto& [table, rows] : a) {
    const auto there = b.find(table);
    const std::int64_t other = there == b.end() ? -1 : there->second;
    if (rows == other) continue;
    ++differing;
    std::printf("NOT THE SAME ROWS: %s has %lld, bare %lld\n", table.c_str(),
                static_cast<long long>(rows), static_cast<long long>(other));
  }
  if (differing == 0) std::printf("rows of all %zu tables: the same on both sides\n", a.size());
  return differing == 0 ? 0 : 1;
}

}  // namespace

int main() {
  Shop shop;
  Bare bare(shop.folder.path() / "bare.db");
  Seq seq = 2;
  one_by_one(shop, bare, seq, 1000, Loyalty::off);
  one_by_one(shop, bare, seq, 1000, Loyalty::on);
  in_batches(shop, bare, seq, 25);
  return compare_rows(shop.folder.path() / "ours/keepsake.db", shop.folder.path() / "bare.db");
}
