#pragma once
// Records what spends points or money that the whole chain has once: head office is asked to hold it
// first, on a thread of its own, so that nothing else waits for the network; where it does not answer,
// what was leased to this till has to do.

#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "kiosk/app/mailbox.hpp"
#include "kiosk/app/queue.hpp"
#include "kiosk/app/work.hpp"
#include "sync/agent/reservations.hpp"

namespace keepsake::app {

/// Head office, as far as holding goes. Called on one thread.
struct HoldLine {
  using Held = sync::Holds::Held;
  /// Takes two seconds at most. Failure::unavailable, ::refused: head office was not reached, or does not
  /// serve this till.
  std::function<Result<Held>(const std::vector<Spending>&)> hold;
  std::function<void(const std::vector<ReservationId>&)> give_back;
  /// Whether it is worth asking: a line that is down makes nobody wait. None: always.
  std::function<bool()> reached = {};
};

class Reserving {
 public:
  static constexpr std::size_t at_once = 8;

  Reserving(Book& book, CurrentProgramme& programme, Mailbox& mailbox,
            std::unique_ptr<Reader> reader, HoldLine line);
  ~Reserving();  ///< finishes what was asked: a sale that is under way is recorded, or refused
  Reserving(const Reserving&) = delete;
  Reserving& operator=(const Reserving&) = delete;

  /// Whether head office has a say in what is asked here.
  static bool concerns(const Work& work, const flow::Question& question);
  /// false: too many wait.
  bool record(flow::RecordFact job);

 private:
  flow::Recorded answer(Work& work, flow::RecordFact job);
  flow::Recorded held(Work& work, flow::RecordFact job, const HoldLine::Held& held);
  flow::Recorded alone(Work& work, flow::RecordFact job);

  Mailbox& mailbox_;
  const HoldLine line_;
  Queue<flow::RecordFact> queue_;
  std::thread thread_;
};

}  // namespace keepsake::app
