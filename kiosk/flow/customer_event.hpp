#pragma once
// Events of the pages about a customer. Part of Event (event.hpp).

#include <string>
#include <vector>

#include "kiosk/flow/session.hpp"

namespace keepsake::flow {

// ---- touches ----

struct ShowWhy {
  WhyTab tab;
};
struct ShowOlder {};  ///< load the next page of what happened
struct AskConsent {
  ConsentPurpose purpose;
};  ///< "give it?", "withdraw it?"; Submit answers yes, Back no
struct OpenPreference {
  Preference preference;
};
struct SetPreference {
  Preference preference;
  std::string value;  ///< machine word; empty clears
};

// ---- touches of staff ----

struct PickPerson {
  std::size_t index;
};  ///< of CustomerSearch::found
struct ShowProfileTab {
  ProfileTab tab;
};
struct OpenEntry {
  std::string field;
  std::optional<ContactTag> replaces;
};
struct PickValue {
  std::string value;
};  ///< one of a few: saved at once
struct RemoveContact {
  ContactTag tag;
};
struct AskWalletState {};  ///< "block it?", "free it?"; Submit answers yes, Back no
struct ShowFile {
  std::size_t index;
};                      ///< of ProfileSeen::files
struct UseCustomer {};  ///< in the sale
struct OpenPeople {};   ///< the sale's customer by name instead of by phone
struct AskUndo {
  FactId merge;
};
struct ShowPair {
  std::size_t index;
};
struct AskMerge {};  ///< Submit merges
struct TellApart {};

// ---- answers ----

struct PeopleFound {
  Ticket ticket;
  Result<std::vector<FoundPerson>> people;
};
struct TimelineLoaded {
  Ticket ticket;
  Result<std::vector<TimelineEntry>> entries;
};
struct PairsLoaded {
  Ticket ticket;
  Result<std::vector<DuplicatePair>> pairs;
};
struct PairLoaded {
  Ticket ticket;
  Result<PairSeen> pair;
};
/// The two are one now, or told apart.
struct PairSettled {
  Ticket ticket;
  Result<Done> outcome;
};

struct StandingLoaded {
  Ticket ticket;
  Result<MemberStanding> standing;
};
struct StoryLoaded {
  Ticket ticket;
  Result<std::vector<PointsEntry>> entries;
};
struct ProfileLoaded {
  Ticket ticket;
  Result<ProfileSeen> seen;
};
/// A change of a customer is on disk (or is not), and the page after it.
struct ProfileSaved {
  Ticket ticket;
  Result<Done> outcome;
  std::optional<ProfileSeen> seen = {};
};

}  // namespace keepsake::flow
