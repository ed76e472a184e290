// How fast sales come in: our import, from the packed file to the last commit, against bare SQLite
// inserting the very same rows into the same tables with as many commits and the same pragmas.
// Goal: at most twice the time, and at most 200 MB of memory. The fastest of five runs of each.
// Takes the real file when it lies beside the source folder, else one made up of the same size.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <sqlite3.h>
#include <string>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <vector>

#include "kiosk/cli/imports/retail_import.hpp"
#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/system_clock.hpp"

using namespace keepsake;
using namespace keepsake::cli;
namespace fs = std::filesystem;

namespace {

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "import_bench: %s\n", why.c_str());
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(to_line(result.error()));
  return std::move(*result);
}

// Wall time, and the processor time in it, which other programs on the machine do not change.
struct Time {
  double wall = 0, processor = 0;
};

Time now() {
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  timespec processor{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &processor);
  return {std::chrono::duration<double>(wall).count(),
          static_cast<double>(processor.tv_sec) + static_cast<double>(processor.tv_nsec) / 1e9};
}

Time timed(const std::function<void()>& work) {
  const auto begin = now();
  work();
  const auto end = now();
  return {end.wall - begin.wall, end.processor - begin.processor};
}

// 10,000 invoices of 20 lines, of which one in six is a cancellation.
void make_up(const fs::path& file) {
  std::mt19937 random(1);
  std::ofstream out(file);
  out << "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  for (int invoice = 0; invoice < 10'000; ++invoice) {
    const bool cancelled = random() % 6 == 0;
    const auto customer = 12'000 + random() % 2'700;
    char date[32];
    std::snprintf(date, sizeof date, "2011-%02d-%02d %02d:%02d:00", 1 + invoice / 2'000,
                  1 + invoice / 80 % 25, 8 + invoice / 10 % 8, invoice % 60);
    for (int line = 0; line < (cancelled ? 2 : 24); ++line) {
      const auto article = 20'000 + random() % 3'500;
      out << (cancelled ? "C" : "") << 536'365 + invoice << ',' << article
          << ",ARTICLE OF THE NUMBER " << article << ',' << (cancelled ? "-" : "")
          << 1 + random() % 12 << ',' << date << ",2." << 10 + article % 90 << ',' << customer
          << ",United Kingdom\n";
    }
  }
}

struct Ours {
  Time total, reading;
  std::int64_t commits = 0;
  std::uint64_t lines = 0;
};

Ours run_import(const fs::path& file, const fs::path& folder) {
  Settings settings;
  settings.currency = retail::currency();
  settings.time_zone = "Europe/London";
  const auto clock = must(SystemClock::open(settings.time_zone));
  const auto book = must(Book::create(folder, settings, *clock));
  Ours ours;
  ours.total = timed([&] {
    std::optional<retail::Sales> sales;
    ours.reading = timed([&] {
      const auto source = must(open_bytes(file));
      CsvReader csv(*source, file.string());
      sales = must(retail::read(csv, [] {}));
    });
    const auto matches = retail::match_returns(*sales);
    // In an empty book every step forward is one commit.
    must(retail::import(*book, *clock, *sales, matches,
                        [&](std::uint64_t, std::uint64_t) { ++ours.commits; }));
    ours.lines = sales->file_lines;
  });
  return ours;
}

// --- bare SQLite ---

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Db = std::unique_ptr<sqlite3, CloseDatabase>;
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Db open(const fs::path& file) {
  sqlite3* db = nullptr;
  if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) give_up("cannot open " + file.string());
  return Db(db);
}

void execute(sqlite3* db, const std::string& sql) {
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    give_up(sql + ": " + sqlite3_errmsg(db));
}

Statement prepare(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    give_up(sql + ": " + sqlite3_errmsg(db));
  return Statement(statement);
}

std::vector<std::string> texts(sqlite3* db, const std::string& sql) {
  std::vector<std::string> found;
  const auto statement = prepare(db, sql);
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    found.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0)));
  }
  return found;
}

// Rows in memory, so that reading them is no part of the time.
struct Rows {
  std::string insert;
  int columns = 0;
  std::vector<sqlite3_value*> values;
  Rows() = default;
  Rows(Rows&&) = default;
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    for (auto* value : values) sqlite3_value_free(value);
  }
};

std::vector<Rows> load(sqlite3* db) {
  std::vector<Rows> tables;
  for (const auto& table : texts(db,
                                 "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT "
                                 "LIKE 'sqlite_%' ORDER BY rowid")) {
    Rows rows;
    const auto statement = prepare(db, "SELECT * FROM " + table);
    rows.columns = sqlite3_column_count(statement.get());
    rows.insert = "INSERT INTO " + table + " VALUES (";
    for (int i = 0; i < rows.columns; ++i) rows.insert += i == 0 ? "?" : ",?";
    rows.insert += ")";
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
      for (int i = 0; i < rows.columns; ++i) {
        rows.values.push_back(sqlite3_value_dup(sqlite3_column_value(statement.get(), i)));
      }
    }
    tables.push_back(std::move(rows));
  }
  return tables;
}

struct Bare {
  Time total;
  std::int64_t rows = 0;
};

Bare run_bare(const fs::path& from, const fs::path& to, std::int64_t commits) {
  const auto source = open(from);
  const auto tables = load(source.get());
  Bare bare;
  for (const auto& table : tables)
    bare.rows += static_cast<std::int64_t>(table.values.size()) / table.columns;
  const auto db = open(to);
  // As storage/engine/sqlite/open.cpp sets them for the writer.
  execute(db.get(),
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; "
          "PRAGMA cell_size_check = ON;"
          "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
          "PRAGMA journal_size_limit = 67108864;");
  for (const auto& sql :
       texts(source.get(), "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")) {
    execute(db.get(), sql);
  }
  const std::int64_t rows_per_commit = (bare.rows + commits - 1) / commits;
  bare.total = timed([&] {
    std::int64_t in_commit = 0;
    execute(db.get(), "BEGIN IMMEDIATE");
    for (const auto& table : tables) {  // in order of creation: what others refer to comes first
      const auto insert = prepare(db.get(), table.insert);
      for (std::size_t at = 0; at < table.values.size();
           at += static_cast<std::size_t>(table.columns)) {
        for (int i = 0; i < table.columns; ++i) {
          sqlite3_bind_value(insert.get(), i + 1, table.values[at + static_cast<std::size_t>(i)]);
        }
        if (sqlite3_step(insert.get()) != SQLITE_DONE)
          give_up(table.insert + ": " + sqlite3_errmsg(db.get()));
        sqlite3_reset(insert.get());
        if (++in_commit < rows_per_commit) continue;
        in_commit = 0;
        execute(db.get(), "COMMIT; BEGIN IMMEDIATE");
      }
    }
    execute(db.get(), "COMMIT");
  });
  return bare;
}

constexpr int rounds = 5;

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

int main() {
  std::string pattern = (fs::temp_directory_path() / "keepsake-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) give_up("no temporary folder");
  const fs::path folder = pattern;
  fs::path file = KEEPSAKE_SOURCE_DIR "/../shared/data/online_retail_h1.csv.xz";
  if (!fs::exists(file)) make_up(file = folder / "sales.csv");

  // In turns, and the fastest of each: what else the machine did is no part of either.
  Ours ours;
  Bare bare;
  double memory = 0;
  for (int round = 0; round < rounds; ++round) {
    const fs::path shop = folder / "shop", copy = folder / "bare.db";
    const auto imported = run_import(file, shop);
    if (round == 0) memory = peak_mb();
    const auto inserted = run_bare(shop / "keepsake.db", copy, imported.commits);
    if (round == 0 || imported.total.wall < ours.total.wall) ours = imported;
    if (round == 0 || inserted.total.wall < bare.total.wall) bare = inserted;
    fs::remove_all(shop);
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(copy.string() + end);
  }
  std::printf("lines of the file      %10llu\n", static_cast<unsigned long long>(ours.lines));
  std::printf(
      "import                 %10.3f s, processor %.3f s (reading and checking %.3f s), %lld "
      "commits\n",
      ours.total.wall, ours.total.processor, ours.reading.processor,
      static_cast<long long>(ours.commits));
  std::printf(
      "bare SQLite            %10.3f s, processor %.3f s, for the same %lld rows, as many "
      "commits\n",
      bare.total.wall, bare.total.processor, static_cast<long long>(bare.rows));
  std::printf("ratio                  %10.2f   of processor time %.2f (goal: at most 2)\n",
              ours.total.wall / bare.total.wall, ours.total.processor / bare.total.processor);
  std::printf("peak memory            %10.1f MB (goal: at most 200)\n", memory);
  fs::remove_all(folder);
  return 0;
}
