#include "tests/support/fault_proxy.hpp"

#include <arpa/inet.h>
#include <array>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace keepsake::test {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool send_all(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

struct Connection {
  Descriptor client, server;
  LineFault fault;
  std::size_t from_client = 0;
};

class PollingProxy : public FaultProxy {
 public:
  explicit PollingProxy(std::uint16_t target) : target_(target) {
    listener_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_.get(), 64) != 0 ||
        ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      throw std::runtime_error("fault proxy: no port");
    }
    port_ = ntohs(address.sin_port);
    wake_ = Descriptor(::eventfd(0, EFD_CLOEXEC));
    thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
  }
  ~PollingProxy() override {
    thread_.request_stop();
    wake();
  }

  std::uint16_t port() const override { return port_; }
  void set_target(std::uint16_t target) override { target_ = target; }
  void set(LineFault fault) override {
    {
      const std::lock_guard lock(mutex_);
      fault_ = fault;
      close_all_ = true;
    }
    wake();
  }
  int connections() const override { return accepted_; }
  int cuts() const override { return cuts_; }

 private:
  void wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
  }

  void run(const std::stop_token& token) {
    while (!token.stop_requested()) {
      std::vector<pollfd> polled{{listener_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
      for (const Connection& c : connections_) {
        polled.push_back({c.client.get(), POLLIN, 0});
        polled.push_back({c.server.get(), POLLIN, 0});  // -1 is passed over
      }
      ::poll(polled.data(), polled.size(), -1);
      if (polled[1].revents) drain();
      std::size_t at = 2;
      for (auto c = connections_.begin(); c != connections_.end(); at += 2) {
        bool alive = !polled[at].revents || from_client(*c);
        alive = alive && (!polled[at + 1].revents || from_server(*c));
        c = alive ? std::next(c) : connections_.erase(c);
      }
      close_if_asked();
      if (polled[0].revents) accept();
    }
  }

  void drain() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(wake_.get(), &count, sizeof count);
  }

  void close_if_asked() {
    const std::lock_guard lock(mutex_);
    if (std::exchange(close_all_, false)) connections_.clear();
  }

  void accept() {
    Connection c;
    c.client = Descriptor(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (c.client.get() < 0) return;
    ++accepted_;
    {
      const std::lock_guard lock(mutex_);
      c.fault = fault_;
    }
    if (c.fault.kind == LineFault::Kind::refuse) {
      ++cuts_;
      return;
    }
    if (c.fault.kind != LineFault::Kind::black_hole) {
      c.server = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
      const sockaddr_in address = loopback(target_);
      if (::connect(c.server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
          0)
        return;
    }
    connections_.push_back(std::move(c));
  }

  /// false: the connection is over.
  bool from_client(Connection& c) {
    const ssize_t got = ::recv(c.client.get(), buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return false;
    c.from_client += static_cast<std::size_t>(got);
    if (c.fault.kind == LineFault::Kind::black_hole) return true;
    if (c.fault.kind == LineFault::Kind::cut_request && c.from_client > c.fault.bytes) {
      ++cuts_;
      return false;
    }
    return send_all(c.server.get(), buffer_.data(), static_cast<std::size_t>(got));
  }

  bool from_server(Connection& c) {
    const ssize_t got = ::recv(c.server.get(), buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return false;
    if (c.fault.kind == LineFault::Kind::lose_answer && c.from_client > c.fault.bytes) return true;
    if (c.fault.kind == LineFault::Kind::delay) std::this_thread::sleep_for(c.fault.delay);
    return send_all(c.client.get(), buffer_.data(), static_cast<std::size_t>(got));
  }

  std::array<char, 64 * 1024> buffer_{};
  Descriptor listener_, wake_;
  std::uint16_t port_ = 0;
  std::atomic<std::uint16_t> target_;
  std::atomic<int> accepted_{0}, cuts_{0};
  std::mutex mutex_;
  LineFault fault_;
  bool close_all_ = false;
  std::list<Connection> connections_;
  std::jthread thread_;
};

}  // namespace

std::unique_ptr<FaultProxy> FaultProxy::start(std::uint16_t target) {
  return std::make_unique<PollingProxy>(target);
}

}  // namespace keepsake::test
