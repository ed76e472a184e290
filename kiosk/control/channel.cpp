#include "kiosk/control/channel.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>

#include "storage/domain/values/big_endian.hpp"
#include "storage/engine/socket_path.hpp"
#include "storage/facts/packed_facts.hpp"

namespace keepsake::control {

namespace {

constexpr std::size_t length_bytes = sizeof(std::uint32_t);
constexpr std::size_t head_most = 1024UL * 1024;
constexpr std::size_t body_most =
    packed_facts_bytes + 16UL * 1024 * 1024;  // with an import's marks
constexpr std::size_t piece = 64UL * 1024;

Error ended() {
  return {Failure::unavailable, "control.ended", "The other program has closed the connection", "",
          "Run the command again"};
}

sockaddr_un address_of(const SocketPath& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.text();
  text.copy(address.sun_path, std::min(text.size(), sizeof address.sun_path - 1));
  return address;
}

int new_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

}  // namespace

Error no_message() {
  return {Failure::bad_input, "control.syntax", "Not a message of this protocol", "",
          "Use the `keepsake` of the same version as the kiosk"};
}

Patience patience(std::chrono::milliseconds longest, int stop) {
  return {std::chrono::steady_clock::now() + longest, stop};
}

std::filesystem::path socket_file(const std::filesystem::path& folder) {
  return folder / "control.sock";
}

Result<std::unique_ptr<Channel>> Channel::to_holder(const std::filesystem::path& folder) {
  const SocketPath path(folder);
  const sockaddr_un address = address_of(path);
  auto channel = std::make_unique<Channel>(new_socket());
  if (channel->number() < 0 ||
      ::connect(channel->number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
          0)
    return Error{Failure::not_found, "control.none", "Nobody listens for commands",
                 socket_file(folder).string(), std::generic_category().message(errno)};
  if (!channel->same_user())
    return Error{Failure::refused, "control.user", "The kiosk runs as another user",
                 socket_file(folder).string(), "Run the command as the user of the kiosk"};
  return channel;
}

bool Channel::same_user() const {
  ucred other{};
  socklen_t size = sizeof other;
  return ::getsockopt(number(), SOL_SOCKET, SO_PEERCRED, &other, &size) == 0 &&
         other.uid == ::geteuid();
}

bool Channel::ended() const {
  char next = 0;
  const ssize_t size = ::recv(number(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
  return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
}

Result<Done> Channel::ready(short events, Patience patience) const {
  std::array<pollfd, 2> watched{pollfd{number(), events, 0}, pollfd{patience.stop, POLLIN, 0}};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        patience.until - std::chrono::steady_clock::now());
    const int found = left.count() < 0
                          ? 0
                          : ::poll(watched.data(), watched.size(), static_cast<int>(left.count()));
    if (found < 0 && errno == EINTR) continue;
    if (found <= 0 || watched[1].revents != 0)
      return Error{Failure::unavailable, "control.late", "The other program does not answer", "",
                   "It may still do what it was asked: look before you repeat it"};
    return Done{};
  }
}

Result<Done> Channel::send_all(std::string_view bytes, Patience patience) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      if (auto can = ready(POLLOUT, patience); !can) return can;
    } else if (errno != EINTR) {
      return control::ended();
    }
  }
  return Done{};
}

// Grows with what comes, not with what is announced.
Result<std::string> Channel::receive_all(std::size_t size, Patience patience) {
  std::string bytes;
  while (bytes.size() < size) {
    const std::size_t there = bytes.size();
    bytes.resize(there + std::min(piece, size - there));
    const ssize_t got = ::recv(number(), bytes.data() + there, bytes.size() - there, 0);
    const int failed = errno;
    bytes.resize(there + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0 || (got < 0 && failed != EAGAIN && failed != EINTR)) return control::ended();
    if (got < 0)
      if (auto can = ready(POLLIN, patience); !can) return can.error();
  }
  return bytes;
}

Result<Done> Channel::send(const Message& message, Patience patience) {
  if (message.head.size() > head_most || message.body.size() > body_most) return no_message();
  std::string bytes;
  put_big_endian(bytes, static_cast<std::uint32_t>(message.head.size()));
  put_big_endian(bytes, static_cast<std::uint32_t>(message.body.size()));
  bytes += message.head;
  if (auto sent = send_all(bytes, patience); !sent) return sent;
  return send_all(message.body, patience);
}

Result<Message> Channel::receive(Patience patience) {
  const auto lengths = receive_all(2 * length_bytes, patience);
  if (!lengths) return lengths.error();
  const std::size_t head =
      from_big_endian<std::uint32_t>(std::string_view(*lengths).substr(0, length_bytes));
  const std::size_t body =
      from_big_endian<std::uint32_t>(std::string_view(*lengths).substr(length_bytes));
  if (head > head_most || body > body_most) return no_message();
  Message message;
  auto text = receive_all(head, patience);
  if (!text) return text.error();
  message.head = std::move(*text);
  auto rest = receive_all(body, patience);
  if (!rest) return rest.error();
  message.body = std::move(*rest);
  return message;
}

Result<std::unique_ptr<Descriptor>> listen_in(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::remove(socket_file(folder), ignored);
  const SocketPath path(folder);
  const sockaddr_un address = address_of(path);
  auto socket = std::make_unique<Descriptor>(new_socket());
  // Linux makes the file with the mode that the unbound socket has: it is never open to others.
  if (socket->open() && ::fchmod(socket->number(), 0600) == 0 &&
      ::bind(socket->number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::listen(socket->number(), SOMAXCONN) == 0)
    return socket;
  return Error{Failure::unavailable, "control.open", "The control socket cannot be created",
               socket_file(folder).string(), std::generic_category().message(errno)};
}

}  // namespace keepsake::control
