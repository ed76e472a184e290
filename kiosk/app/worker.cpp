#include "kiosk/app/worker.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "kiosk/app/answers.hpp"
#include "storage/book/reader.hpp"

namespace keepsake::app {

Worker::Lane::Lane(Worker& worker, Book& book, CurrentProgramme& programme,
                   std::unique_ptr<Reader> reader)
    : queue(queue_limit) {
  assert(reader != nullptr);
  thread = std::thread([this, &worker, &book, &programme, reader = std::move(reader)] {
    Work work{book, *reader, programme};
    while (const std::optional<flow::Question> question = queue.take())
      worker.answer(work, *question);
  });
}

Worker::Lane::~Lane() {
  queue.close(Queue<flow::Question>::Rest::finish);
  thread.join();
}

Result<std::unique_ptr<Worker>> Worker::start(Book& book, CurrentProgramme& programme,
                                              Mailbox& mailbox, LookUp look_up, HoldLine holds) {
  std::array<std::unique_ptr<Reader>, 4> readers;
  for (auto& each : readers) {
    auto reader = book.reader();
    if (!reader.ok()) return reader.error();
    each = *std::move(reader);
  }
  std::unique_ptr<Strangers> strangers;
  if (look_up)
    strangers = std::make_unique<Strangers>(book, programme, mailbox, std::move(readers[2]),
                                            std::move(look_up));
  auto reserving = std::make_unique<Reserving>(book, programme, mailbox, std::move(readers[3]),
                                               std::move(holds));
  return std::unique_ptr<Worker>(new Worker(book, programme, mailbox, std::move(readers[0]),
                                            std::move(readers[1]), std::move(strangers),
                                            std::move(reserving)));
}

Worker::Worker(Book& book, CurrentProgramme& programme, Mailbox& mailbox,
               std::unique_ptr<Reader> urgent, std::unique_ptr<Reader> patient,
               std::unique_ptr<Strangers> strangers, std::unique_ptr<Reserving> reserving)
    : mailbox_(mailbox),
      strangers_(std::move(strangers)),
      reserving_(std::move(reserving)),
      urgent_(*this, book, programme, std::move(urgent)),
      patient_(*this, book, programme, std::move(patient)) {}

void Worker::answer(Work& work, const flow::Question& question) {
  if (Reserving::concerns(work, question)) {
    if (!reserving_->record(get<flow::RecordFact>(question))) refuse_as_busy(question);
    return;
  }
  flow::Event known = perform(work, question);
  if (strangers_)
    if (auto key = stranger_in(work, question, known))
      if (strangers_->look_for({question, *std::move(key), known})) return;
  mailbox_.post(std::move(known));
}

Worker::Lane& Worker::lane_of(const flow::Question& question) {
  return flow::wait_of({question.index()}) == flow::Wait::background ? patient_ : urgent_;
}

void Worker::ask(flow::Question question) {
  if (lane_of(question).queue.put(question) == Queue<flow::Question>::Put::taken) return;
  refuse_as_busy(question);
}

void Worker::refuse_as_busy(const flow::Question& question) {
  mailbox_.post(refusal(question, {Failure::busy, "worker.busy", "Too much is being asked at once",
                                   "", "Wait a moment and try again"}));
}

// A question that a lane has begun is answered all the same: the session no longer awaits its ticket.
void Worker::keep_only(std::span<const flow::Ticket> awaited) {
  const auto dropped = [&](const flow::Question& each) {
    return flow::wait_of({each.index()}) != flow::Wait::write &&
           std::ranges::find(awaited, flow::ticket_of(each)) == awaited.end();
  };
  urgent_.queue.drop_if(dropped);
  patient_.queue.drop_if(dropped);
}

}  // namespace keepsake::app
