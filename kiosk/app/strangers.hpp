#pragma once
// Questions about customers and gift cards that this store does not know and the chain may: they are
// asked again once head office has looked them up, on a thread of its own, so that nothing else waits for the
// network.

#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "kiosk/app/mailbox.hpp"
#include "kiosk/app/queue.hpp"
#include "kiosk/app/work.hpp"
#include "storage/domain/customer/contact_key.hpp"

namespace keepsake::app {

/// true: head office knows the customer or gift card, which comes with what it sends down. Takes a second or two at
/// most. Called on one thread.
using LookUp = std::function<bool(const ContactKey&)>;

/// By what a question names somebody, or a gift card, that is not known here, `answer` being what is known here.
std::optional<ContactKey> stranger_in(Work& work, const flow::Question& question,
                                      const flow::Event& answer);

class Strangers {
 public:
  static constexpr std::size_t at_once = 8;
  /// What customers type at the stand leaves most of the terminal's hour to the till: nobody can use
  /// it up by typing numbers.
  static constexpr std::size_t of_customers_an_hour = 20;

  Strangers(Book& book, CurrentProgramme& programme, Mailbox& mailbox,
            std::unique_ptr<Reader> reader, LookUp look_up);
  ~Strangers();
  Strangers(const Strangers&) = delete;
  Strangers& operator=(const Strangers&) = delete;

  struct Asked {
    flow::Question question;
    ContactKey key;
    flow::Event answer;  ///< where nobody knows them
  };
  /// false: too many wait, or customers have asked for too many, and the answer stands.
  bool look_for(Asked asked);

 private:
  bool may_ask(const flow::Question& question);
  void answer(Work& work, Asked asked);

  std::mutex mutex_;
  std::deque<std::chrono::steady_clock::time_point> of_customers_;  ///< of the last hour
  Mailbox& mailbox_;
  const LookUp look_up_;
  Queue<Asked> queue_;
  std::thread thread_;
};

}  // namespace keepsake::app
