#pragma once
// Where a worker leaves its answers, for a test that waits for them.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <doctest/doctest.h>
#include <mutex>
#include <vector>

#include "kiosk/app/mailbox.hpp"
#include "kiosk/flow/question.hpp"

namespace keepsake::test {

class Answered {
 public:
  app::Mailbox mailbox{[this] { take(); }};

  /// The answer under this ticket, once it is there.
  template <class Answer>
  Answer wait_for(flow::Ticket ticket) {
    const auto is_it = [&](const flow::Event& each) {
      return flow::ticket_of(each)->value == ticket.value;
    };
    std::unique_lock lock(mutex_);
    REQUIRE(came_.wait_for(lock, std::chrono::seconds(20),
                           [&] { return std::ranges::any_of(answers_, is_it); }));
    return get<Answer>(*std::ranges::find_if(answers_, is_it));
  }

  bool has(flow::Ticket ticket) {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(answers_, [&](const flow::Event& each) {
      return flow::ticket_of(each)->value == ticket.value;
    });
  }

 private:
  void take() {
    const std::lock_guard lock(mutex_);
    for (flow::Event& event : mailbox.take()) answers_.push_back(std::move(event));
    came_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<flow::Event> answers_;
};

}  // namespace keepsake::test
