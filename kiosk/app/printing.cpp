#include "kiosk/app/printing.hpp"

#include <spdlog/spdlog.h>
#include <utility>

namespace keepsake::app {
namespace {

/// Whatever the printer's trouble is, a person can do the same about it.
Error failed(const Error& cause) {
  return {Failure::unavailable, "print.failed", "The receipt was not printed: " + cause.what,
          cause.where, "Check the printer and print again"};
}

}  // namespace

Printing::Printing(Devices devices, Mailbox& mailbox)
    : devices_(std::move(devices)), mailbox_(mailbox), queue_(queue_limit) {
  thread_ = std::thread([this] {
    while (const std::optional<Job> job = queue_.take()) perform(*job);
  });
}

Printing::~Printing() {
  queue_.close(Queue<Job>::Rest::drop);
  thread_.join();
}

void Printing::perform(const Job& job) {
  const auto* print = std::get_if<flow::Print>(&job);
  const Result<Done> outcome = print != nullptr ? devices_.print(*print) : devices_.open_drawer();
  if (print != nullptr)
    mailbox_.post(flow::Printed{print->fact, outcome.ok() ? outcome : failed(outcome.error())});
  else if (!outcome.ok())
    spdlog::warn("drawer: {} ({})", outcome.error().code, outcome.error().what);
}

void Printing::ask(const flow::Print& job) {
  if (queue_.put(job) == Queue<Job>::Put::taken) return;
  mailbox_.post(flow::Printed{
      job.fact,
      failed({Failure::busy, "print.queue", "too many receipts wait for the printer", "", ""})});
}

void Printing::open_drawer() {
  if (queue_.put(flow::OpenDrawer{}) != Queue<Job>::Put::taken)
    spdlog::warn("drawer: printer is busy");
}

}  // namespace keepsake::app
