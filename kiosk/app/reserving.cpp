#include "kiosk/app/reserving.hpp"

#include "kiosk/app/answers.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/services/spending.hpp"

namespace keepsake::app {
namespace {

flow::Recorded refused(const flow::RecordFact& job, const Error& error) {
  return flow::answer(job, error);
}

flow::Recorded too_little(const flow::RecordFact& job, const Shortage& shortage) {
  flow::Recorded answer = refused(job, {Failure::refused,
                                        "spend.short",
                                        "Less than that may be spent here",
                                        {},
                                        "Spend less, or pay in another way."});
  answer.shortage = shortage;
  return answer;
}

flow::Recorded record(Work& work, const flow::RecordFact& job) {
  return get<flow::Recorded>(perform(work, job));
}

}  // namespace

Reserving::Reserving(Book& book, CurrentProgramme& programme, Mailbox& mailbox,
                     std::unique_ptr<Reader> reader, HoldLine line)
    : mailbox_(mailbox), line_(std::move(line)), queue_(at_once) {
  thread_ = std::thread([this, &book, &programme, reader = std::move(reader)] {
    Work work{book, *reader, programme};
    while (std::optional<flow::RecordFact> job = queue_.take())
      mailbox_.post(answer(work, *std::move(job)));
  });
}

Reserving::~Reserving() {
  queue_.close(Queue<flow::RecordFact>::Rest::finish);
  thread_.join();
}

bool Reserving::concerns(const Work& work, const flow::Question& question) {
  const auto* job = get_if<flow::RecordFact>(&question);
  return job != nullptr && work.book.enrolment() && !spending_of(job->fact).empty();
}

bool Reserving::record(flow::RecordFact job) {
  return queue_.put(std::move(job)) == Queue<flow::RecordFact>::Put::taken;
}

flow::Recorded Reserving::answer(Work& work, flow::RecordFact job) {
  if (const auto ok = expect_allowed(work, job); !ok.ok()) return refused(job, ok.error());
  if (!line_.hold || (line_.reached && !line_.reached())) return alone(work, std::move(job));
  const auto answered = line_.hold(spending_of(job.fact));
  return answered.ok() ? held(work, std::move(job), *answered) : alone(work, std::move(job));
}

flow::Recorded Reserving::held(Work& work, flow::RecordFact job, const HoldLine::Held& held) {
  if (held.shortage) return too_little(job, *held.shortage);
  const auto shortage = cover(work.reader, job.fact, job.requester.at.at);
  auto recorded = !shortage.ok() ? refused(job, shortage.error())
                  : *shortage    ? too_little(job, **shortage)
                                 : app::record(work, job);
  if (!recorded.id.ok()) line_.give_back(held.granted);
  return recorded;
}

/// What was leased is good until a day, and a clock that jumped knows none.
flow::Recorded Reserving::alone(Work& work, flow::RecordFact job) {
  const auto trust = work.book.look_at_clock();
  if (!trust.ok()) return refused(job, trust.error());
  if (const auto ok = expect_right(*trust); !ok.ok()) return refused(job, ok.error());
  const auto shortage = cover_alone(work.reader, job.fact, job.requester.at.at);
  if (!shortage.ok()) return refused(job, shortage.error());
  return *shortage ? too_little(job, **shortage) : app::record(work, job);
}

}  // namespace keepsake::app
