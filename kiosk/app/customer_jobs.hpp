#pragma once
// What the pages about a customer ask of the book. Whoever asks as staff leaves a trace in the
// audit trail, and nobody is answered more than they may see (profile_access.hpp).

#include "kiosk/flow/customer_effect.hpp"
#include "kiosk/flow/customer_event.hpp"
#include "storage/book.hpp"

namespace keepsake::app {

flow::StandingLoaded answer_to(Book& book, Reader& reader, const flow::LoadStanding& job);
flow::StoryLoaded answer_to(Book& book, Reader& reader, const flow::LoadStory& job);
flow::ProfileLoaded answer_to(Book& book, Reader& reader, const flow::LoadProfile& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeConsents& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeProfile& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::AddNote& job);
flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::UndoMerge& job);
flow::PeopleFound answer_to(Book& book, Reader& reader, const flow::SearchCustomers& job);
flow::TimelineLoaded answer_to(Book& book, Reader& reader, const flow::LoadTimeline& job);
flow::PairsLoaded answer_to(Book& book, Reader& reader, const flow::LoadPairs& job);
flow::PairLoaded answer_to(Book& book, Reader& reader, const flow::LoadPair& job);
flow::PairSettled answer_to(Book& book, Reader& reader, const flow::MergePair& job);
flow::PairSettled answer_to(Book& book, Reader& reader, const flow::PartPair& job);

// The same answers, but they are this error.
flow::StandingLoaded refuse(const flow::LoadStanding& job, const Error& error);
flow::StoryLoaded refuse(const flow::LoadStory& job, const Error& error);
flow::ProfileLoaded refuse(const flow::LoadProfile& job, const Error& error);
flow::ProfileSaved refuse(const flow::ChangeConsents& job, const Error& error);
flow::ProfileSaved refuse(const flow::ChangeProfile& job, const Error& error);
flow::ProfileSaved refuse(const flow::AddNote& job, const Error& error);
flow::ProfileSaved refuse(const flow::UndoMerge& job, const Error& error);
flow::PeopleFound refuse(const flow::SearchCustomers& job, const Error& error);
flow::TimelineLoaded refuse(const flow::LoadTimeline& job, const Error& error);
flow::PairsLoaded refuse(const flow::LoadPairs& job, const Error& error);
flow::PairLoaded refuse(const flow::LoadPair& job, const Error& error);
flow::PairSettled refuse(const flow::MergePair& job, const Error& error);
flow::PairSettled refuse(const flow::PartPair& job, const Error& error);

}  // namespace keepsake::app
