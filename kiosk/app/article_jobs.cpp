#include "kiosk/app/article_jobs.hpp"

#include "storage/book/enrolment.hpp"
#include "storage/services/articles.hpp"

namespace keepsake::app {
namespace {

/// Older ones are head office's to look up.
constexpr std::size_t requests_shown = 200;

Result<flow::CatalogueDesk> desk_of(Work& work) {
  auto requests = work.reader.article_requests(requests_shown);
  if (!requests.ok()) return requests.error();
  auto rates = work.reader.tax_rates();
  if (!rates.ok()) return rates.error();
  const auto allowance = work.reader.allowance();
  if (!allowance.ok()) return allowance.error();
  return flow::CatalogueDesk{*std::move(requests), *std::move(rates), *allowance,
                             !work.book.enrolment().has_value()};
}

flow::ArticleChanged changed(flow::Ticket ticket, const Result<FactId>& fact) {
  return {ticket, fact.ok() ? Result<Done>(Done{}) : Result<Done>(fact.error())};
}

}  // namespace

flow::CatalogueLoaded on(Work& work, const flow::LoadCatalogue& job) {
  return {job.ticket, desk_of(work)};
}

flow::ArticleChanged on(Work& work, const flow::ChangePrice& job) {
  return changed(job.ticket, change_price(work.book, job.code, job.price, job.requester.staff,
                                          job.requester.at));
}

flow::ArticleChanged on(Work& work, const flow::AddArticle& job) {
  return changed(job.ticket,
                 add_article(work.book, job.article, job.requester.staff, job.requester.at));
}

}  // namespace keepsake::app
