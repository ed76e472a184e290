#include "kiosk/app/exception_jobs.hpp"

#include "storage/services/exceptions.hpp"

namespace keepsake::app {

flow::ExceptionsLoaded on(Work& work, const flow::LoadExceptions& job) {
  return {job.ticket, work.reader.open_exceptions(exceptions_listed)};
}

flow::ExceptionAnswered on(Work& work, const flow::SettleException& job) {
  const auto fact = settle_exception(work.book, job.name, job.decision, {}, job.requester.staff,
                                     job.requester.at);
  return {job.ticket, fact.ok() ? Result<Done>(Done{}) : Result<Done>(fact.error())};
}

}  // namespace keepsake::app
