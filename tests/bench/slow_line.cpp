#include "tests/bench/slow_line.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace keepsake::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t packet_bytes = 1400;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// One direction: who sends waits until what was sent before is through.
class Way {
 public:
  explicit Way(double bits_a_second) : bits_a_second_(bits_a_second) {}
  void carry(std::size_t bytes) {
    Clock::time_point through;
    {
      const std::lock_guard lock(mutex_);
      const std::chrono::duration<double> takes(static_cast<double>(bytes) * 8 / bits_a_second_);
      free_ = std::max(free_, Clock::now()) + std::chrono::duration_cast<Clock::duration>(takes);
      through = free_;
    }
    bytes_ += static_cast<std::int64_t>(bytes);
    std::this_thread::sleep_until(through);
  }
  std::int64_t bytes() const { return bytes_; }

 private:
  const double bits_a_second_;
  std::mutex mutex_;
  Clock::time_point free_;
  std::atomic<std::int64_t> bytes_ = 0;
};

void pass(int from, int to, Way& way) {
  std::array<char, packet_bytes> packet;
  for (;;) {
    const ssize_t got = ::recv(from, packet.data(), packet.size(), 0);
    if (got <= 0) break;
    way.carry(static_cast<std::size_t>(got));
    if (::send(to, packet.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) break;
  }
  ::shutdown(from, SHUT_RDWR);
  ::shutdown(to, SHUT_RDWR);
}

}  // namespace

struct SlowLine::Inside {
  std::uint16_t target;
  Way up, down;
  int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port = 0;
  std::vector<int> sockets;  ///< the accepting thread's until it has ended
  std::vector<std::jthread> passing;
  std::jthread accepting;

  Inside(std::uint16_t to, double bits_a_second)
      : target(to), up(bits_a_second), down(bits_a_second) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener, 16) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      std::fprintf(stderr, "slow line: no port\n");
      std::exit(1);
    }
    port = ntohs(address.sin_port);
    accepting = std::jthread([this] { accept(); });
  }
  ~Inside() {
    ::shutdown(listener, SHUT_RDWR);
    accepting.join();
    for (const int socket : sockets) ::shutdown(socket, SHUT_RDWR);
    passing.clear();
    for (const int socket : sockets) ::close(socket);
    ::close(listener);
  }
  void accept() {
    for (;;) {
      const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const sockaddr_in address = loopback(target);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        ::shutdown(client, SHUT_RDWR);
      sockets.push_back(client);
      sockets.push_back(server);
      passing.emplace_back([=, this] { pass(client, server, up); });
      passing.emplace_back([=, this] { pass(server, client, down); });
    }
  }
};

SlowLine::SlowLine(std::uint16_t target, double bits_a_second)
    : inside_(std::make_unique<Inside>(target, bits_a_second)) {}
SlowLine::~SlowLine() = default;
std::uint16_t SlowLine::port() const { return inside_->port; }
std::int64_t SlowLine::bytes_up() const { return inside_->up.bytes(); }
std::int64_t SlowLine::bytes_down() const { return inside_->down.bytes(); }

}  // namespace keepsake::bench
