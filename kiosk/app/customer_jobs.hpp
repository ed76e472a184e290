#pragma once
// The worker's answers on the pages about a customer. Whoever asks as staff leaves a trace in the
// audit trail, and nobody is answered more than they may see (profile_access.hpp).

#include "kiosk/app/work.hpp"

namespace keepsake::app {

/// Writes down that staff looked at the customer; of customers themselves nothing.
Result<Done> keep_look(Book& book, const CustomerRef& customer, const flow::Requester& requester);

/// Where consents are given here: the store, else the shop's name.
std::string place_of(const Book& book);

flow::StandingLoaded on(Work& work, const flow::LoadStanding& job);
flow::StoryLoaded on(Work& work, const flow::LoadStory& job);
flow::ProfileLoaded on(Work& work, const flow::LoadProfile& job);
flow::ProfileSaved on(Work& work, const flow::ChangeConsents& job);
flow::ProfileSaved on(Work& work, const flow::ChangeProfile& job);
flow::ProfileSaved on(Work& work, const flow::ChangeMemberPin& job);
flow::ProfileSaved on(Work& work, const flow::AddNote& job);
flow::ProfileSaved on(Work& work, const flow::ChangeWallet& job);
flow::ProfileSaved on(Work& work, const flow::GiveLevel& job);
flow::ProfileSaved on(Work& work, const flow::UndoMerge& job);
flow::PeopleFound on(Work& work, const flow::SearchCustomers& job);
flow::TimelineLoaded on(Work& work, const flow::LoadTimeline& job);
flow::PeopleFound on(Work& work, const flow::FindSimilar& job);
flow::PairsLoaded on(Work& work, const flow::LoadPairs& job);
flow::PairLoaded on(Work& work, const flow::LoadPair& job);
flow::PairSettled on(Work& work, const flow::MergePair& job);
flow::PairSettled on(Work& work, const flow::PartPair& job);

}  // namespace keepsake::app
