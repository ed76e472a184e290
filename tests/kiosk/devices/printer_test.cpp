#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "kiosk/devices/open_printer.hpp"
#include "tests/kiosk/devices/sample.hpp"

using namespace keepsake;
using namespace keepsake::devices;
using namespace std::chrono_literals;

namespace {

constexpr PrinterTimeouts quick{200ms, 500ms, 100ms, 200ms};
const std::string status_query = "\x10\x04\x04";

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A printer on a loopback port that takes one job.
class Listener {
 public:
  Listener() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() {
    if (thread_.joinable()) thread_.join();
    ::close(fd_);
  }

  std::string setting() const { return "tcp:127.0.0.1:" + std::to_string(port_); }

  /// The kernel takes the connection and some bytes, then nobody reads.
  void never_accept() { REQUIRE(::listen(fd_, 1) == 0); }

  /// Accepts one connection, answers the status query with `status` (0: not at all) and reads on.
  void serve(char status) {
    REQUIRE(::listen(fd_, 1) == 0);
    thread_ = std::thread([this, status] {
      pollfd waiting{fd_, POLLIN, 0};
      if (::poll(&waiting, 1, 5000) != 1) return;
      const int job = ::accept(fd_, nullptr, nullptr);
      char part[4096];
      for (;;) {
        pollfd reading{job, POLLIN, 0};
        if (::poll(&reading, 1, 5000) != 1) break;
        const ssize_t count = ::recv(job, part, sizeof part, 0);
        if (count <= 0) break;
        const bool first = received_.empty();
        received_.append(part, static_cast<std::size_t>(count));
        if (first && status != 0) static_cast<void>(::send(job, &status, 1, MSG_NOSIGNAL));
      }
      ::close(job);
    });
  }

  std::string received() {
    thread_.join();
    return received_;
  }

 private:
  int fd_;
  int port_ = 0;
  std::thread thread_;
  std::string received_;
};

}  // namespace

TEST_CASE("printer settings") {
  for (const char* setting : {"file:/tmp/x", "tcp:10.0.0.5", "tcp:10.0.0.5:9100",
                              "tcp:printer.local:9101", "tcp:[fe80::1]:9100", "tcp:[::1]"})
    CHECK(open_printer(setting).ok());
  for (const char* setting :
       {"x", "file:", "tcp:", "tcp::9100", "tcp:h:", "tcp:h:0", "tcp:h:65536", "tcp:h:91a",
        "tcp:[::1", "tcp:[::1]9100", "tcp:a b:9100", "usb:1", "tcp:h/x"}) {
    CAPTURE(setting);
    const auto printer = open_printer(setting);
    REQUIRE(!printer);
    CHECK(printer.error().code == "printer.setting");
  }
  CHECK(open_printer("").error().kind == Failure::not_found);
}

TEST_CASE("the file printer keeps bytes and picture of each receipt") {
  const sample::Folder folder;
  const auto out = folder.path() / "receipts";
  const auto printer = open_printer("file:" + out.string()).value();
  const Receipt receipt = sample::receipt();
  REQUIRE(printer->print(receipt).ok());
  REQUIRE(printer->print(receipt).ok());
  CHECK(content(out / "3-000417.bin") == to_escpos(receipt, {}));
  CHECK(content(out / "3-000417-2.bin") == to_escpos(receipt, {}));
  CHECK(content(out / "3-000417.png").starts_with("\x89PNG"));
  CHECK(std::filesystem::exists(out / "3-000417-2.png"));
  Receipt sly = receipt;
  sly.number = "../../etc/x";
  REQUIRE(printer->print(sly).ok());
  CHECK(std::filesystem::exists(out / "______etc_x.bin"));
  REQUIRE(printer->open_drawer().ok());
  REQUIRE(printer->open_drawer().ok());
  CHECK(content(out / "drawer.bin") == drawer_kick() + drawer_kick());
}

TEST_CASE("a folder that cannot be written is an error") {
  const sample::Folder folder;
  std::ofstream(folder.path() / "file") << "x";
  const auto printer = open_printer("file:" + (folder.path() / "file").string()).value();
  CHECK(printer->print(sample::receipt()).error().code == "printer.folder");
  CHECK(printer->open_drawer().error().code == "printer.folder");
}

TEST_CASE("the network printer gets every byte") {
  for (const char status : {'\0', '\x12'}) {
    Listener listener;
    listener.serve(status);
    const auto printer = open_printer(listener.setting(), {}, quick).value();
    REQUIRE(printer->print(sample::receipt()).ok());
    CHECK(listener.received() == status_query + to_escpos(sample::receipt(), {}));
  }
}

TEST_CASE("the drawer opens over the network") {
  Listener listener;
  listener.serve(0);
  REQUIRE(open_printer(listener.setting(), {}, quick).value()->open_drawer().ok());
  CHECK(listener.received() == drawer_kick());
}

TEST_CASE("a printer out of paper gets no job") {
  Listener listener;
  listener.serve('\x72');
  const auto outcome =
      open_printer(listener.setting(), {}, quick).value()->print(sample::receipt());
  REQUIRE(!outcome);
  CHECK(outcome.error().code == "printer.paper");
  CHECK(outcome.error().kind == Failure::unavailable);
  CHECK(listener.received() == status_query);
}

TEST_CASE("a printer that is not there fails quickly") {
  const auto begin = std::chrono::steady_clock::now();
  {
    const Listener bound_only;  // the port is taken, nobody listens
    const auto outcome =
        open_printer(bound_only.setting(), {}, quick).value()->print(sample::receipt());
    REQUIRE(!outcome);
    CHECK(outcome.error().code == "printer.refused");
  }
  // TEST-NET-1 is never routed (RFC 5737): refused at once without a network, silence with one.
  const auto outcome =
      open_printer("tcp:192.0.2.1:9100", {}, quick).value()->print(sample::receipt());
  REQUIRE(!outcome);
  CHECK(outcome.error().kind == Failure::unavailable);
  CHECK(std::chrono::steady_clock::now() - begin < 3s);
}

TEST_CASE("a printer that stops taking bytes times out") {
  Listener listener;
  listener.never_accept();
  Receipt endless = sample::receipt();
  endless.lines.resize(400'000, TextLine{"Article with a long name", "1.00"});
  const auto outcome = open_printer(listener.setting(), {}, quick).value()->print(endless);
  REQUIRE(!outcome);
  CHECK(outcome.error().code == "printer.timeout");
}
