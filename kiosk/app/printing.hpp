#pragma once
// The printer's own thread: a printer that is dead, slow or out of paper delays nobody.

#include <functional>
#include <memory>
#include <thread>
#include <variant>

#include "kiosk/app/mailbox.hpp"
#include "kiosk/app/queue.hpp"
#include "kiosk/flow/effect.hpp"

namespace keepsake::app {

/// What hangs on the printer's cable. Both are called on the printing thread and may take as long
/// as the device lets them.
struct Devices {
  std::function<Result<Done>(const flow::Print&)> print;
  std::function<Result<Done>()> open_drawer;
};

class Printing {
 public:
  static constexpr std::size_t queue_limit = 16;

  Printing(Devices devices, Mailbox& mailbox);
  /// Waits for the receipt under way; drops those that wait.
  ~Printing();
  Printing(const Printing&) = delete;
  Printing& operator=(const Printing&) = delete;

  /// Never blocks. Every job is answered by flow::Printed; errors become "print.failed".
  void ask(const flow::Print& job);
  /// Never blocks, and has no answer: the cashier sees the drawer.
  void open_drawer();

 private:
  using Job = std::variant<flow::Print, flow::OpenDrawer>;
  void perform(const Job& job);

  const Devices devices_;
  Mailbox& mailbox_;
  Queue<Job> queue_;
  std::thread thread_;
};

}  // namespace keepsake::app
