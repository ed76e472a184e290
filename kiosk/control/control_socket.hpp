#pragma once
// DIR/control.sock: how commands write to a book that this process holds (CONTROL.md). Whoever is
// the same user may ask for what a Book can be asked for; the answers are the Book's.

#include <chrono>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "kiosk/control/messages.hpp"

struct pollfd;

namespace keepsake::control {

struct Hooks {
  /// A sale is under way, so what changes prices waits for its end, up to longest_sale; none: never.
  std::function<bool()> selling;
  /// Something was asked for and done: its name and whether it succeeded. On the socket's thread.
  std::function<void(std::string_view what, const std::optional<Error>& trouble)> answered;
  /// A request that has begun must be here within this.
  std::chrono::milliseconds to_arrive{10'000};
};

/// Answers on a thread of its own, one request after the other. A command that hangs or dies is
/// waited for no longer than a request takes to arrive, and never by anybody but other commands.
class ControlSocket {
 public:
  /// `book` and what `hooks` reach outlive it. Failure as listen_in().
  static Result<std::unique_ptr<ControlSocket>> open(Book& book, Hooks hooks);
  /// Ends what is being done, refuses what waits, takes the socket away.
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  using Moment = std::chrono::steady_clock::time_point;
  /// Waits for the end of a sale.
  struct Waiting {
    Request request;
    Moment since;
    Moment told;  ///< that it waits
  };
  struct Visitor {
    std::unique_ptr<Channel> channel;
    bool greeted = false;
    std::optional<Waiting> waiting;
    bool over = false;
  };

  ControlSocket(Book& book, Hooks hooks, std::unique_ptr<Descriptor> listener);
  void run();
  bool stopped() const;
  std::vector<pollfd> wait();
  void let_in();
  void serve(Visitor& visitor);
  void take(Visitor& visitor, Request request);
  void look_again(Visitor& visitor);
  bool selling() const { return hooks_.selling && hooks_.selling(); }
  Message carry_out(const Request& request);
  static void reply(Visitor& visitor, const Message& answer);

  Book& book_;
  const Hooks hooks_;
  const std::unique_ptr<Descriptor> listener_;
  const Descriptor stop_;  ///< an eventfd: can be read from once it is to stop
  std::list<Visitor> visitors_;
  std::thread thread_;
};

}  // namespace keepsake::control
