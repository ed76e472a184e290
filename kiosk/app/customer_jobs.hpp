#pragma once
// What the pages about a customer ask of the book. Whoever asks as staff leaves a trace in the
// audit trail, and nobody is answered more than they may see (profile_access.hpp). What is for
// staff or managers is refused ("role.staff", "role.managers") to whom the vault does not know as
// such: what the screen believes opens nothing.

#include <utility>

#include "kiosk/flow/customer_effect.hpp"
#include "kiosk/flow/customer_event.hpp"
#include "storage/book/book.hpp"

namespace keepsake::app {

/// Writes down that staff looked at the customer; of customers themselves nothing.
Result<Done> keep_look(Book& book, const CustomerRef& customer, const flow::Requester& requester);

/// Where consents are given here: the store, else the shop's name.
std::string place_of(const Book& book);

flow::StandingLoaded answer_to(Book& book, Reader& reader, const flow::LoadStanding& job);
flow::StoryLoaded answer_to(Book& book, Reader& reader, const flow::LoadStory& job);
flow::ProfileLoaded answer_to(Book& book, Reader& reader, const flow::LoadProfile& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeConsents& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeProfile& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::AddNote& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeWallet& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::UndoMerge& job);
flow::PeopleFound answer_to(Book& book, Reader& reader, const flow::SearchCustomers& job);
flow::TimelineLoaded answer_to(Book& book, Reader& reader, const flow::LoadTimeline& job);
flow::PeopleFound answer_to(Book& book, Reader& reader, const flow::FindSimilar& job);
flow::PairsLoaded answer_to(Book& book, Reader& reader, const flow::LoadPairs& job);
flow::PairLoaded answer_to(Book& book, Reader& reader, const flow::LoadPair& job);
flow::PairSettled answer_to(Book& book, Reader& reader, const flow::MergePair& job);
flow::PairSettled answer_to(Book& book, Reader& reader, const flow::PartPair& job);

/// The same answer, but it is this error.
template <class Job>
auto refuse(const Job& job, const Error& error) {
  using Answer =
      decltype(answer_to(std::declval<Book&>(), std::declval<Reader&>(), std::declval<Job>()));
  return Answer{job.ticket, error};
}

}  // namespace keepsake::app
