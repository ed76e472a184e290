#include "kiosk/devices/tcp_printer.hpp"

#include <cerrno>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace keepsake::devices {
namespace {

using std::chrono::milliseconds;

Error unavailable(const char* code, const char* what, const std::string& where,
                  const char* remedy) {
  return {Failure::unavailable, code, what, where, remedy};
}

Error broken(const std::string& where) {
  return unavailable("printer.broken", "The printer closed the connection", where,
                     "Check the printer and print again");
}

Error timed_out(const std::string& where) {
  return unavailable("printer.timeout", "The printer is not responding", where,
                     "Check that it is on and has no error light");
}

Error from_errno(int error, const std::string& where) {
  switch (error) {
    case ECONNREFUSED:
      return unavailable("printer.refused", "The printer refuses the connection", where,
                         "Check its address and port, or wait for another job to end");
    case ENETUNREACH:
    case EHOSTUNREACH:
      return unavailable("printer.route", "The printer's network cannot be reached", where,
                         "Check the cable and the printer's address");
    case ETIMEDOUT:
      return timed_out(where);
    default:
      return broken(where);
  }
}

class Socket {
 public:
  explicit Socket(int fd = -1) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

enum class Ready { yes, no };

/// Waits until `events` can be had; an error on the socket counts as ready and shows at the call.
Ready wait_for(const Socket& socket, short events, milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Ready::no;
    pollfd entry{socket.fd(), events, 0};
    const int count = ::poll(&entry, 1, static_cast<int>(left.count()));
    if (count > 0) return Ready::yes;
    if (count < 0 && errno != EINTR) return Ready::yes;
  }
}

class TcpPrinter final : public Printer {
 public:
  TcpPrinter(std::string host, std::string port, const PrinterProfile& profile,
             const PrinterTimeouts& timeouts)
      : host_(std::move(host)),
        port_(std::move(port)),
        where_(host_ + ":" + port_),
        profile_(profile),
        timeouts_(timeouts) {}

  Result<Done> print(const Receipt& receipt) override {
    auto socket = connect();
    if (!socket) return socket.error();
    if (auto ready = check_paper(*socket); !ready) return ready;
    return deliver(*socket, to_escpos(receipt, profile_));
  }

  Result<Done> open_drawer() override {
    auto socket = connect();
    if (!socket) return socket.error();
    return deliver(*socket, drawer_kick());
  }

 private:
  Result<Socket> connect() const {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host_.c_str(), port_.c_str(), &hints, &found) != 0 || found == nullptr)
      return unavailable("printer.host", "The printer's name is not known on this network", where_,
                         "Check the name, or use the printer's address");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
    Result<Socket> last = broken(where_);
    for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
      last = connect_to(*address);
      if (last) break;
    }
    return last;
  }

  Result<Socket> connect_to(const addrinfo& address) const {
    Socket socket(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.fd() < 0) return from_errno(errno, where_);
    if (::connect(socket.fd(), address.ai_addr, address.ai_addrlen) != 0) {
      if (errno != EINPROGRESS) return from_errno(errno, where_);
      if (wait_for(socket, POLLOUT, timeouts_.connect) == Ready::no) return timed_out(where_);
      int error = 0;
      socklen_t size = sizeof error;
      ::getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
      if (error != 0) return from_errno(error, where_);
    }
    return socket;
  }

  /// DLE EOT 4, the state of the paper roll. Silence is no answer, not an error.
  Result<Done> check_paper(const Socket& socket) const {
    if (auto asked = send(socket, {"\x10\x04\x04", 3}); !asked) return asked;
    if (wait_for(socket, POLLIN, timeouts_.status) == Ready::no) return Done{};
    unsigned char status = 0;
    const ssize_t count = ::recv(socket.fd(), &status, 1, 0);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return from_errno(errno, where_);
    const bool answer = count == 1 && (status & 0x93) == 0x12;  // the bits every answer has
    if (answer && (status & 0x60) == 0x60)
      return unavailable("printer.paper", "The printer is out of paper", where_,
                         "Put a new roll in and print again");
    return Done{};
  }

  Result<Done> send(const Socket& socket, std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        if (wait_for(socket, POLLOUT, timeouts_.write) == Ready::no) return timed_out(where_);
      } else if (errno != EINTR) {
        return from_errno(errno, where_);
      }
    }
    return Done{};
  }

  Result<Done> deliver(const Socket& socket, std::string_view bytes) const {
    if (auto sent = send(socket, bytes); !sent) return sent;
    ::shutdown(socket.fd(), SHUT_WR);
    // Closing with an answer unread would reset the connection, and the printer drop the job.
    char rest[64];
    while (wait_for(socket, POLLIN, timeouts_.goodbye) == Ready::yes) {
      const ssize_t count = ::recv(socket.fd(), rest, sizeof rest, 0);
      if (count == 0) break;
      if (count < 0 && errno != EAGAIN && errno != EINTR) return from_errno(errno, where_);
    }
    return Done{};
  }

  std::string host_;
  std::string port_;
  std::string where_;
  PrinterProfile profile_;
  PrinterTimeouts timeouts_;
};

}  // namespace

std::unique_ptr<Printer> make_tcp_printer(std::string host, std::string port,
                                          const PrinterProfile& profile,
                                          const PrinterTimeouts& timeouts) {
  return std::make_unique<TcpPrinter>(std::move(host), std::move(port), profile, timeouts);
}

}  // namespace keepsake::devices
