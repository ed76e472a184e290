#pragma once
// A real centre in this process, on loopback, behind a proxy that can spoil the line.

#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>
#include <string>
#include <thread>
#include <vector>

#include "storage/engine/sqlite/open.hpp"
#include "sync/central/control.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/server.hpp"
#include "sync/central/status.hpp"
#include "tests/support/fault_proxy.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync::test {

using keepsake::test::FaultProxy;
using keepsake::test::LineFault;
using keepsake::test::TemporaryFolder;

/// The machine's time, because TLS checks certificates by it, and as much more as a test says.
class OffsetClock : public Clock {
 public:
  Instant now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count() + offset_ms_};
  }
  LocalTime local(Instant t) const override { return {t, 60}; }
  void advance(std::chrono::milliseconds by) { offset_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> offset_ms_{0};
};

/// Waits for `condition` without hurry; false after `most`.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds most = std::chrono::seconds(20)) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

class HeadOffice {
 public:
  /// `names` are those of its certificate; it is reached at 127.0.0.1.
  explicit HeadOffice(std::vector<std::string> names = {"127.0.0.1", "localhost"})
      : names_(std::move(names)) {
    start();
    proxy_ = FaultProxy::start(server_->port());
  }
  ~HeadOffice() { stop(); }

  void start() {
    auto centre = central::Centre::open(data(), names_, clock);
    REQUIRE_MESSAGE(centre.ok(), (centre.ok() ? "" : to_line(centre.error())));
    centre_ = std::move(*centre);
    auto log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>());
    auto router = central::Router::open(*centre_, clock, std::move(log), worth);
    REQUIRE(router.ok());
    router_ = std::move(*router);
    ServerOptions options;
    options.address = {"127.0.0.1", 0};
    auto server = central::Server::start(*centre_, *router_, options);
    REQUIRE_MESSAGE(server.ok(), (server.ok() ? "" : to_line(server.error())));
    server_ = std::move(*server);
    if (proxy_) proxy_->set_target(server_->port());
  }
  void stop() {
    if (server_) server_->stop();
    server_.reset();
    router_.reset();
    centre_.reset();
  }

  /// As `keepsake-central backup` does.
  void back_up(const std::filesystem::path& file) {
    auto reader = central::open_records(data());
    REQUIRE(reader.ok());
    REQUIRE(sqlite::backup(**reader, file, {}).ok());
    REQUIRE(central::forget_generation(file).ok());
  }
  /// Stopped, the copy put in place, and started again.
  void restore(const std::filesystem::path& file) {
    stop();
    for (const char* ending : {"-wal", "-shm"})
      std::filesystem::remove(data() / ("central.db" + std::string(ending)));
    std::filesystem::copy_file(file, data() / "central.db",
                               std::filesystem::copy_options::overwrite_existing);
    start();
  }

  std::filesystem::path data() const { return folder_.path() / "central"; }
  std::string url() const { return "https://127.0.0.1:" + std::to_string(proxy_->port()); }
  FaultProxy& line() { return *proxy_; }

  std::string code(const std::string& store = "Lysvik") {
    auto code = central::ask_for_code(data(), store);
    REQUIRE_MESSAGE(code.ok(), (code.ok() ? "" : to_line(code.error())));
    REQUIRE(code->has_value());
    return **code;
  }
  /// As a person at head office's shell does.
  void revoke(TerminalNumber number, const std::string& reason = "stolen") {
    const auto revoked = central::ask_to_revoke(data(), number, reason, "anna");
    REQUIRE_MESSAGE(revoked.ok(), (revoked.ok() ? "" : to_line(revoked.error())));
    REQUIRE(revoked->has_value());
  }
  /// What was acknowledged has been applied; terminals do not wait for it.
  void settle() const {
    auto reader = central::open_records(data());
    REQUIRE(reader.ok());
    REQUIRE(eventually([&] { return central::count_waiting(**reader) == 0; }));
  }
  /// The figures of a store, settled; all zero when it has sent nothing.
  StoreStatus store(const std::string& name = "Lysvik") const {
    settle();
    auto reader = central::open_records(data());
    REQUIRE(reader.ok());
    auto status = central::read_status(**reader, name, clock.now());
    REQUIRE(status.ok());
    return status->stores.empty() ? StoreStatus{} : status->stores.front();
  }

  OffsetClock clock;
  /// How many facts a till must lack to be sent a snapshot, from the next start on.
  std::int64_t worth = snapshot_worth;

 private:
  std::vector<std::string> names_;
  TemporaryFolder folder_;
  std::unique_ptr<central::Centre> centre_;
  std::unique_ptr<central::Router> router_;
  std::unique_ptr<central::Server> server_;
  std::unique_ptr<FaultProxy> proxy_;
};

}  // namespace keepsake::sync::test
