#pragma once
// The threads that wait for the disk so that the screen never does (I8). They put questions to the
// book and post each answer to the mailbox.
//
// Two lanes, each with a thread and a reader of its own: what a person stands and waits for (a scan,
// a PIN, whatever is recorded) never stands behind what fills in a page (pairs, timelines).

#include <memory>
#include <span>
#include <thread>

#include "kiosk/app/mailbox.hpp"
#include "kiosk/app/queue.hpp"
#include "kiosk/app/reserving.hpp"
#include "kiosk/app/strangers.hpp"
#include "kiosk/app/work.hpp"
#include "kiosk/flow/question.hpp"

namespace keepsake::app {

class Worker {
 public:
  static constexpr std::size_t queue_limit = 64;  ///< of each lane

  /// What is passed in outlives the worker. `look_up`, `holds`: none where there is no line to a head
  /// office. Failure as Book::reader.
  static Result<std::unique_ptr<Worker>> start(Book& book, CurrentProgramme& programme,
                                               Mailbox& mailbox, LookUp look_up = {},
                                               HoldLine holds = {});
  /// Finishes what was asked: a write that the screen waits for is never dropped.
  ~Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Never blocks. A full lane answers at once, with Failure::busy "worker.busy".
  void ask(flow::Question question);
  /// Drops reads that wait in a lane and that nobody awaits any more: their screen has gone.
  void keep_only(std::span<const flow::Ticket> awaited);

 private:
  struct Lane {
    Lane(Worker& worker, Book& book, CurrentProgramme& programme, std::unique_ptr<Reader> reader);
    ~Lane();
    Queue<flow::Question> queue;
    std::thread thread;
  };

  Worker(Book& book, CurrentProgramme& programme, Mailbox& mailbox, std::unique_ptr<Reader> urgent,
         std::unique_ptr<Reader> patient, std::unique_ptr<Strangers> strangers,
         std::unique_ptr<Reserving> reserving);
  void answer(Work& work, const flow::Question& question);
  void refuse_as_busy(const flow::Question& question);
  Lane& lane_of(const flow::Question& question);

  Mailbox& mailbox_;
  std::unique_ptr<Strangers> strangers_;
  std::unique_ptr<Reserving> reserving_;
  Lane urgent_;
  Lane patient_;
};

}  // namespace keepsake::app
