#pragma once
// A head office and tills of one store in this process, over real TLS on loopback.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>
#include <string>
#include <time.h>
#include <unistd.h>
#include <vector>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/engine/system_clock.hpp"
#include "sync/agent/agent.hpp"
#include "sync/central/centre.hpp"
#include "sync/central/control.hpp"
#include "sync/central/router.hpp"
#include "sync/central/server.hpp"

namespace keepsake::bench {

using SteadyClock = std::chrono::steady_clock;

/// The value, or the end of the benchmark.
template <class T>
T must(Result<T> result) {
  if (result.ok()) return *std::move(result);
  std::fprintf(stderr, "%s\n", to_line(result.error()).c_str());
  std::exit(1);
}

inline double ms_since(SteadyClock::time_point began) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count();
}

/// Of this thread: what other programs of the machine do is no part of it.
inline double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// A folder that goes with it.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("keepsake-bench-" + std::to_string(::getpid()));
  ~Folder() {
    std::error_code ec;
    std::filesystem::remove_all(path, ec);
  }
};

/// The machine's time, or so much before it: what days bring can be recorded within seconds.
class PacedClock : public Clock {
 public:
  Instant now() const override { return machine_->now() - std::chrono::milliseconds(behind_ms_); }
  LocalTime local(Instant t) const override { return machine_->local(t); }
  void set_behind(std::chrono::milliseconds by) { behind_ms_ = by.count(); }
  /// Not beyond the machine's time.
  void advance(std::chrono::milliseconds by) {
    behind_ms_ = std::max<std::int64_t>(0, behind_ms_ - by.count());
  }

 private:
  std::unique_ptr<Clock> machine_ = must(SystemClock::open("UTC"));
  std::atomic<std::int64_t> behind_ms_ = 0;
};

struct HeadOffice {
  Folder folder;
  std::unique_ptr<PacedClock> clock;
  std::unique_ptr<sync::central::Centre> centre =
      must(sync::central::Centre::open(folder.path / "central", {"127.0.0.1"}, *clock));
  std::unique_ptr<sync::central::Router> router = must(sync::central::Router::open(
      *centre, *clock,
      std::make_shared<spdlog::logger>("none", std::make_shared<spdlog::sinks::null_sink_mt>())));
  std::unique_ptr<sync::central::Server> server;

  explicit HeadOffice(std::chrono::milliseconds behind = {}) : clock(paced(behind)) {
    sync::ServerOptions options;
    options.address = {"127.0.0.1", 0};
    server = must(sync::central::Server::start(*centre, *router, options));
  }
  ~HeadOffice() { close(); }
  /// Nobody is heard any more, and who has the centre writes alone.
  void close() {
    if (server) server->stop();
    server.reset();
    router.reset();
  }

 private:
  static std::unique_ptr<PacedClock> paced(std::chrono::milliseconds behind) {
    auto made = std::make_unique<PacedClock>();
    made->set_behind(behind);
    return made;
  }
};

struct Till {
  PacedClock* clock;  ///< head office's
  std::unique_ptr<Book> book;

  /// `port`: where it finds head office, if not at its own.
  explicit Till(HeadOffice& office, const std::string& name = "till", std::uint16_t port = 0)
      : clock(office.clock.get()) {
    Settings settings;
    settings.shop = "Lysvik";
    settings.currency = must(Currency::parse("NOK"));
    settings.time_zone = "UTC";
    book = must(Book::create(office.folder.path / name, settings, *clock));
    const auto code = must(sync::central::ask_for_code(office.folder.path / "central", "Lysvik"));
    const auto where = std::to_string(port != 0 ? port : office.server->port());
    must(sync::enrol(*book, "https://127.0.0.1:" + where, *code));
  }

  void sell() { must(book->record(sale())); }

  Purchase sale() const {
    Purchase sale;
    sale.at = clock->local_now();
    sale.currency = must(Currency::parse("NOK"));
    PurchaseLine line;
    line.article = "1001";
    line.name = "Lamp";
    line.quantity = Quantity::pieces(1);
    line.unit_price = UnitPrice::from_minor(9900);
    line.amount = sale.total = {9900, sale.currency};
    line.tax = sale.tax = sale.cash_rounding = {0, sale.currency};
    sale.lines = {line};
    sale.tenders = {{TenderKind::cash, sale.total, sale.total, ""}};
    return sale;
  }
};

inline double at(const std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

inline void print(const char* name, const std::vector<double>& sorted) {
  std::printf("%-28s p50 %7.2f ms   p99 %7.2f ms   worst %7.2f ms\n", name, at(sorted, 0.5),
              at(sorted, 0.99), sorted.back());
}

}  // namespace keepsake::bench
