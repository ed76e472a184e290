// How long whoever writes waits while an erased person is removed from a data file of 1 GB: a commit
// of one row every few milliseconds, first alone, then beside Forgetting, with the person's values in
// free space all over the file; and once more where the values are not known. The bare limit is the
// same commit with nobody beside it. FILE_MB may be another size.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/book/forget.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;

namespace {

using SteadyClock = std::chrono::steady_clock;

template <class T>
T must(Result<T> result) {
  if (result.ok()) return *std::move(result);
  std::fprintf(stderr, "forget_bench: %s\n", to_line(result.error()).c_str());
  std::exit(1);
}

double ms_since(SteadyClock::time_point began) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count();
}

/// The file, who writes it, and for how long each of them held the connection.
struct Shop {
  test::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a.db";
  std::unique_ptr<Vault> vault = must(Vault::create(folder.path()));
  std::unique_ptr<Database> database = must(sqlite::open(file));
  std::mutex mutex;
  double longest_ms = 0;
  int times = 0;

  void fill(std::size_t bytes) {
    database->execute(
        "CREATE TABLE cleaning (customer BLOB NOT NULL PRIMARY KEY) STRICT;"
        "CREATE TABLE sale (a INTEGER PRIMARY KEY, b TEXT) STRICT;"
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;");
    for (int part = 0; std::filesystem::file_size(file) < bytes; ++part) {
      const std::string from = std::to_string(part * 200'003);
      const std::string rows = " FROM n";
      database->execute(
          "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
          " INSERT INTO t SELECT " +
          from +
          " + (i * 7919) % 200003, 'Kunigunde Sommer ' ||"
          " hex(zeroblob(100))" +
          rows +
          "; COMMIT;"
          "UPDATE t SET b = 'Olufine ' || a || hex(zeroblob(40 + a % 60)) WHERE a >= " +
          from);
      while (!sqlite::empty_log(*database)) {
      }
    }
  }
  Exclusively exclusively() {
    return [this](const std::function<Result<Done>(Database&)>& work) {
      const std::lock_guard lock(mutex);
      const auto began = SteadyClock::now();
      auto done = work(*database);
      longest_ms = std::max(longest_ms, ms_since(began));
      ++times;
      return done;
    };
  }
  /// How long a commit takes, with the wait for its turn.
  double sell() {
    const auto began = SteadyClock::now();
    const std::lock_guard lock(mutex);
    Transaction transaction(*database);
    database->execute("INSERT INTO sale (b) VALUES (hex(zeroblob(200)))");
    transaction.commit();
    return ms_since(began);
  }
};

struct Waits {
  double median = 0, p99 = 0, worst = 0;
};

Waits sorted(std::vector<double> all) {
  std::ranges::sort(all);
  return {all[all.size() / 2], all[all.size() * 99 / 100], all.back()};
}

/// Sells until `done`.
Waits sell_until(Shop& shop, const std::function<bool()>& done) {
  std::vector<double> all;
  do {
    all.push_back(shop.sell());
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  } while (!done());
  return sorted(std::move(all));
}

void print(const char* what, const Waits& waits) {
  std::printf("%-40s median %7.2f ms   p99 %7.2f ms   worst %7.2f ms\n", what, waits.median,
              waits.p99, waits.worst);
}

void measure(Shop& shop, const char* what, Forgetting& forgetting, const Waits& quiet) {
  const CustomerRef customer = must(shop.vault->new_customer());
  {
    Transaction transaction(*shop.database);
    forgetting.add(*shop.database, {&customer, 1}, {"Kunigunde Sommer"});
    transaction.commit();
  }
  shop.longest_ms = 0;
  shop.times = 0;
  std::atomic<bool> done = false;
  const auto began = SteadyClock::now();
  std::thread beside([&] {
    must(forgetting.run(shop.exclusively()));
    done = true;
  });
  const Waits waits = sell_until(shop, [&] { return done.load(); });
  beside.join();
  print(what, waits);
  std::printf("  took %.1f s, held the connection %d times, at most %.1f ms; p99 is %.1f x quiet\n",
              ms_since(began) / 1000, shop.times, shop.longest_ms, waits.p99 / quiet.p99);
}

}  // namespace

int main() {
  const char* told = std::getenv("FILE_MB");
  const std::size_t megabytes = told ? std::strtoul(told, nullptr, 10) : 1000;
  Shop shop;
  shop.fill(megabytes * 1'000'000);
  std::printf("a file of %.0f MB\n",
              static_cast<double>(std::filesystem::file_size(shop.file)) / 1e6);
  int left = 500;
  const Waits quiet = sell_until(shop, [&] { return --left == 0; });
  print("a commit, nobody beside it", quiet);
  Forgetting known(shop.file, *shop.vault, false);
  measure(shop, "while a person's values are removed", known, quiet);
  Forgetting unknown(shop.file, *shop.vault, true);
  measure(shop, "while all free space is overwritten", unknown, quiet);
  return 0;
}
