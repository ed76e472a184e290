// A terminal's push while head office is under attack: one sale over a new TLS connection with the
// terminal's certificate, quiet and then beside --sockets (2000) hostile connections from all over
// 127.0.0.0/8 that say nothing, talk nonsense or begin a handshake byte by byte, and come again when
// they are thrown out. The bare limit is the quiet figure of the same run.

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <random>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/bench/store.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int pushes = 400;
constexpr int reconnects_a_second = 500;

void allow_sockets(int count) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(count) + 200);
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// One hostile connection; `kind` 0 says nothing, 1 talks nonsense, 2 begins a handshake slowly.
struct Hostile {
  int socket = -1;
  int kind = 0;
  std::size_t said = 0;
};

class Crowd {
 public:
  Crowd(std::uint16_t port, int count) : port_(port), all_(static_cast<std::size_t>(count)) {
    for (std::size_t n = 0; n < all_.size(); ++n) all_[n].kind = static_cast<int>(n % 3);
  }

  [[noreturn]] void run() {
    for (;;) {
      const auto began = SteadyClock::now();
      int opened = 0;
      for (Hostile& each : all_) {
        if (each.socket < 0 && opened < reconnects_a_second / 10) {
          open(each);
          ++opened;
        }
        if (each.socket >= 0) behave(each);
      }
      std::this_thread::sleep_until(began + std::chrono::milliseconds(100));
    }
  }

 private:
  void open(Hostile& each) {
    each.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    each.said = 0;
    if (each.socket < 0) return;
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7F000000U | (random_() & 0x00FFFFFFU) | 0x00000100U);
    ::bind(each.socket, reinterpret_cast<sockaddr*>(&from), sizeof from);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(each.socket, reinterpret_cast<sockaddr*>(&to), sizeof to);
  }

  void behave(Hostile& each) {
    static constexpr char hello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    static constexpr char nonsense[] = "GET / HTTP/1.0\r\nHost: head office\r\n\r\n";
    ssize_t sent = 1;
    if (each.kind == 1 && each.said == 0)
      sent = ::send(each.socket, nonsense, sizeof nonsense - 1, MSG_NOSIGNAL);
    if (each.kind == 2)
      sent = ::send(each.socket, hello + each.said % (sizeof hello - 1), 1, MSG_NOSIGNAL);
    if (sent > 0) ++each.said;
    char byte = 0;
    const ssize_t got = ::recv(each.socket, &byte, 1, MSG_DONTWAIT);
    const bool waits = got < 0 && (errno == EAGAIN || errno == ENOTCONN);
    if (got > 0 || waits) return;
    ::close(each.socket);
    each.socket = -1;
  }

  std::uint16_t port_;
  std::vector<Hostile> all_;
  std::minstd_rand random_{7};
};

/// Milliseconds of each push, in order of size.
std::vector<double> push_many(Till& till) {
  std::vector<double> took;
  for (int n = 0; n < pushes; ++n) {
    till.sell();
    const auto began = SteadyClock::now();
    const SyncState state = must(sync::sync_once(*till.book, *till.clock));
    took.push_back(ms_since(began));
    if (state.waiting != 0) {
      std::fprintf(stderr, "crowd_bench: a push did not arrive\n");
      std::exit(1);
    }
  }
  std::ranges::sort(took);
  return took;
}

/// A program of its own, so that it takes no time of the office's threads but the machine's.
pid_t let_loose(const char* self, std::uint16_t port, int sockets) {
  const std::string where = std::to_string(port), count = std::to_string(sockets);
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::execl(self, self, "--crowd", where.c_str(), count.c_str(), nullptr);
  ::_exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::strcmp(argv[1], "--crowd") == 0) {
    allow_sockets(std::atoi(argv[3]));
    Crowd(static_cast<std::uint16_t>(std::atoi(argv[2])), std::atoi(argv[3])).run();
  }
  const int sockets =
      argc == 3 && std::strcmp(argv[1], "--sockets") == 0 ? std::max(1, std::atoi(argv[2])) : 2000;
  allow_sockets(sockets);
  HeadOffice office;
  Till till(office);
  push_many(till);  // the first ones fill caches
  const auto quiet = push_many(till);
  const pid_t crowd = let_loose("/proc/self/exe", office.server->port(), sockets);
  std::this_thread::sleep_for(
      std::chrono::milliseconds(1000 + 1000 * sockets / reconnects_a_second));
  const auto besieged = push_many(till);
  ::kill(crowd, SIGKILL);
  ::waitpid(crowd, nullptr, 0);
  std::printf("one sale pushed over a new connection, %d times\n", pushes);
  print("quiet", quiet);
  const std::string name = "beside " + std::to_string(sockets) + " hostile ones";
  print(name.c_str(), besieged);
  std::printf("%-28s %.2f at p50, %.2f at p99\n", "ratio", at(besieged, 0.5) / at(quiet, 0.5),
              at(besieged, 0.99) / at(quiet, 0.99));
  return 0;
}
