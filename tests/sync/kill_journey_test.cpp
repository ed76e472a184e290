// The real programs, killed with -9 on either side at random moments, again and again; afterwards
// both ends hold the same, each fact once.

#include <arpa/inet.h>
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using namespace std::chrono_literals;
using keepsake::test::Process;

constexpr int rounds = 20;
const std::filesystem::path programs = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "bin";

std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

/// keepsake-central, started again on the same port after each death.
class CentreProgram {
 public:
  explicit CentreProgram(std::filesystem::path folder) : folder_(std::move(folder)) { start(); }

  void start() {
    process_.reset();
    process_ = std::make_unique<Process>(
        std::vector<std::string>{(programs / "keepsake-central").string(), "--data", data(),
                                 "--listen", "127.0.0.1:" + std::to_string(port_)},
        folder_ / "central.log");
  }
  void kill_and_restart() {
    process_->kill();
    start();
  }
  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  std::string data() const { return (folder_ / "central").string(); }

  std::string code() const {
    Process asking({(programs / "keepsake-central").string(), "--data", data(), "enrol-code",
                    "--store", "Lysvik"},
                   folder_ / "code.log");
    REQUIRE(asking.wait(30s) == 0);
    return asking.output().substr(0, asking.output().find('\n'));
  }
  StoreStatus store() const {
    auto reader = central::open_records(data());
    REQUIRE(reader.ok());
    REQUIRE(eventually([&] { return central::count_waiting(**reader) == 0; }));
    auto status = central::read_status(**reader, "Lysvik", {});
    REQUIRE(status.ok());
    return status->stores.empty() ? StoreStatus{} : status->stores.front();
  }

 private:
  std::filesystem::path folder_;
  std::uint16_t port_ = free_port();
  std::unique_ptr<Process> process_;
};

struct Terminal {
  Till till;
  std::filesystem::path log = till.folder.path() / "keepsake.log";

  Terminal() { till.book.reset(); }  // the programs write, not this process

  /// Sells between two runs of the program.
  void sell(int count) {
    auto book = Book::open(till.data(), till.clock);
    REQUIRE_MESSAGE(book.ok(), (book.ok() ? "" : to_line(book.error())));
    till.book = std::move(*book);
    till.sell(count);
    till.book.reset();
  }
  std::unique_ptr<Process> run(std::vector<std::string> arguments) const {
    std::vector<std::string> all{(programs / "keepsake").string(), "--data", till.data().string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return std::make_unique<Process>(all, log);
  }
  std::unique_ptr<Process> sync() const { return run({"sync", "--once"}); }
  Totals totals() const {
    auto reader = open_reader(till.data());
    REQUIRE(reader.ok());
    return *(*reader)->totals();
  }
  Seq acknowledged() const {
    auto reader = open_reader(till.data());
    REQUIRE(reader.ok());
    return (*reader)->acknowledged()->seq;
  }
};

bool programs_are_built() {
  return std::filesystem::exists(programs / "keepsake") &&
         std::filesystem::exists(programs / "keepsake-central");
}

/// Enrols although the program is killed on the way; the same code serves until it worked.
void enrol_through_deaths(Terminal& terminal, const CentreProgram& centre, std::mt19937& random) {
  const std::string code = centre.code();
  for (int i = 0; i < 4; ++i) {
    auto process = terminal.run({"enrol", "--url", centre.url(), "--code", code});
    if (!process->wait(std::chrono::milliseconds(5 + random() % 60))) process->kill();
  }
  auto process = terminal.run({"enrol", "--url", centre.url(), "--code", code});
  const auto exit = process->wait(30s);
  REQUIRE_MESSAGE(exit == 0, process->output());
}

}  // namespace

TEST_CASE("kill -9 of either side at any moment loses nothing and counts nothing twice") {
  if (!programs_are_built()) {
    MESSAGE("keepsake and keepsake-central are not built: skipped");
    return;
  }
  TemporaryFolder folder;
  CentreProgram centre(folder.path());
  Terminal terminal;
  const char* seed =
      std::getenv("KEEPSAKE_KILL_SEED");  // moments are real time: a seed is only a mix
  std::mt19937 random(seed ? static_cast<unsigned>(std::atoi(seed)) : 20261121U);
  terminal.sell(50);
  enrol_through_deaths(terminal, centre, random);

  const auto begin = std::chrono::steady_clock::now();
  terminal.sync()->wait(30s);
  const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  int terminal_deaths = 0;
  Seq acknowledged = 0;
  for (int round = 0; round < rounds; ++round) {
    terminal.sell(40);
    auto process = terminal.sync();
    const auto moment =
        std::chrono::milliseconds(1 + random() % static_cast<unsigned>(whole.count() + 20));
    std::this_thread::sleep_for(moment);
    if (round % 2 == 0) terminal_deaths += process->kill() ? 1 : 0;
    if (round % 3 != 0) centre.kill_and_restart();
    process->wait(30s);
    CHECK(terminal.acknowledged() >= acknowledged);  // I4
    acknowledged = terminal.acknowledged();
    CHECK(centre.store().facts <= terminal.totals().facts);
    CHECK(centre.store().facts >= acknowledged);
  }
  CHECK(terminal_deaths > 0);

  std::optional<int> exit;
  std::string said;
  for (int i = 0; i < 50 && exit != 0; ++i) {
    auto process = terminal.sync();
    exit = process->wait(30s);
    said = process->output();
    if (exit != 0) std::this_thread::sleep_for(200ms);
  }
  CHECK_MESSAGE(exit == 0, said);
  CHECK(terminal.acknowledged() == terminal.totals().facts);
  CHECK(terminal.totals().purchases == 50 + rounds * 40);
  check_equal(terminal.totals(), centre.store());
  CHECK(keepsake::test::findings_of(terminal.till.data()) == "");
}

}  // namespace keepsake::sync::test
