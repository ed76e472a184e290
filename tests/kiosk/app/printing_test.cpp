#include "kiosk/app/printing.hpp"

#include <chrono>
#include <condition_variable>
#include <doctest/doctest.h>
#include <mutex>

using namespace keepsake;
using namespace keepsake::app;
using namespace std::chrono_literals;

namespace {

/// A printer that hangs until it is let go.
struct DeadPrinter {
  std::mutex mutex;
  std::condition_variable freed;
  bool free = false;
  int printed = 0;
  int drawers = 0;

  Devices devices() {
    return {
        [this](const flow::Print&) -> Result<Done> {
          std::unique_lock lock(mutex);
          freed.wait(lock, [&] { return free; });
          ++printed;
          return Error{Failure::unavailable, "tcp.timeout", "No answer", "till printer", "Look"};
        },
        [this]() -> Result<Done> {
          ++drawers;
          return Done{};
        }};
  }
  void let_go() {
    const std::lock_guard lock(mutex);
    free = true;
    freed.notify_all();
  }
};

flow::Print job(Seq seq) { return {FactId::make({1}, {1}, {1}, seq), Language::en, "Marit"}; }

}  // namespace

TEST_CASE("a dead printer holds nobody up and every receipt is answered for") {
  DeadPrinter printer;
  std::mutex mutex;
  std::condition_variable came;
  std::size_t wakes = 0;
  Mailbox mailbox([&] {
    const std::lock_guard lock(mutex);
    ++wakes;
    came.notify_one();
  });
  const std::size_t asked = Printing::queue_limit + 10;
  std::vector<flow::Event> answers;
  {
    Printing printing(printer.devices(), mailbox);
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < asked; ++i) printing.ask(job(static_cast<Seq>(i)));
    CHECK(std::chrono::steady_clock::now() - begin < 1s);
    answers = mailbox.take();
    CHECK(answers.size() >= asked - Printing::queue_limit - 1);  // refused at once
    printer.let_go();
    std::unique_lock lock(mutex);
    CHECK(came.wait_for(lock, 10s, [&] { return wakes == asked; }));
  }
  for (auto& event : mailbox.take()) answers.push_back(std::move(event));
  REQUIRE(answers.size() == asked);
  for (const auto& event : answers) {
    const auto& printed = get<flow::Printed>(event);
    REQUIRE_FALSE(printed.outcome.ok());
    CHECK(printed.outcome.error().code == "print.failed");
  }
}

TEST_CASE("leaving does not wait for receipts that have not begun") {
  DeadPrinter printer;
  Mailbox mailbox([] {});
  {
    Printing printing(printer.devices(), mailbox);
    for (Seq i = 0; i < 8; ++i) printing.ask(job(i));
    printer.let_go();
  }
  CHECK(printer.printed <= 8);
  CHECK(mailbox.take().size() == static_cast<std::size_t>(printer.printed));
}

TEST_CASE("the drawer opens without an answer") {
  DeadPrinter printer;
  printer.let_go();
  std::mutex mutex;
  std::condition_variable came;
  bool woken = false;
  Mailbox mailbox([&] {
    const std::lock_guard lock(mutex);
    woken = true;
    came.notify_one();
  });
  {
    Printing printing(printer.devices(), mailbox);
    printing.open_drawer();
    printing.ask(job(1));
    std::unique_lock lock(mutex);
    CHECK(came.wait_for(lock, 10s, [&] { return woken; }));
  }
  CHECK(printer.drawers == 1);
  CHECK(mailbox.take().size() == 1);
}
