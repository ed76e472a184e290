#pragma once
// One end of a connection over DIR/control.sock (CONTROL.md): whole messages, each within a time.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/domain/values/result.hpp"
#include "storage/engine/descriptor.hpp"

namespace keepsake::control {

/// `head` is a line of JSON; what is long or may be any bytes is the body.
struct Message {
  std::string head;
  std::string body;
};

/// "control.syntax": these bytes are nothing that one end says to the other.
Error no_message();

/// When waiting ends: at that moment, or as soon as `stop` can be read from (-1: none).
struct Patience {
  std::chrono::steady_clock::time_point until;
  int stop = -1;
};
Patience patience(std::chrono::milliseconds longest, int stop = -1);

class Channel {
 public:
  explicit Channel(int descriptor) : socket_(descriptor) {}  ///< takes it
  /// To whoever holds the folder. Failure::not_found "control.none" (nobody listens), ::refused
  /// "control.user" (it is another user's).
  static Result<std::unique_ptr<Channel>> to_holder(const std::filesystem::path& folder);

  /// Failure::unavailable "control.ended" (the other end is gone), "control.late"; ::bad_input
  /// "control.syntax" for what is no message, or too long.
  Result<Done> send(const Message& message, Patience patience);
  Result<Message> receive(Patience patience);
  bool ended() const;  ///< the other end is gone, and there is nothing more to read
  bool same_user() const;
  int number() const { return socket_.number(); }

 private:
  Result<Done> ready(short events, Patience patience) const;
  Result<Done> send_all(std::string_view bytes, Patience patience);
  Result<std::string> receive_all(std::size_t size, Patience patience);

  Descriptor socket_;
};

/// The listening socket: mode 0600, in place of one that a killed holder left. The caller holds the
/// folder's lock. Failure::unavailable "control.open".
Result<std::unique_ptr<Descriptor>> listen_in(const std::filesystem::path& folder);
std::filesystem::path socket_file(const std::filesystem::path& folder);

}  // namespace keepsake::control
