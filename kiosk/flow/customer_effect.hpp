#pragma once
// What the pages about a customer ask of the world. Part of Effect (effect.hpp).

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/session.hpp"

namespace keepsake::flow {

/// Who asks, and when. A look or change by staff is kept in the audit trail.
struct Requester {
  Viewer viewer = Viewer::customer;
  std::string staff;  ///< empty: the customer
  LocalTime at;
};

struct LoadStanding {
  Ticket ticket;
  CustomerRef customer;
  LocalTime at;
};  ///< -> StandingLoaded
struct LoadStory {
  Ticket ticket;
  CustomerRef customer;
  std::optional<TimelinePlace> before;
};  ///< story_page entries -> StoryLoaded
struct LoadProfile {
  Ticket ticket;
  CustomerRef customer;
  Requester requester;
};  ///< -> ProfileLoaded
struct ChangeConsents {
  Ticket ticket;
  CustomerRef customer;
  std::vector<Consent> consents;
  Requester requester;
};  ///< -> ProfileSaved
struct ChangeProfile {
  Ticket ticket;
  CustomerRef customer;
  ProfileChange change;
  Requester requester;
};  ///< -> ProfileSaved

struct AddNote {
  Ticket ticket;
  CustomerRef customer;
  std::string text;
  Requester requester;
};  ///< -> ProfileSaved
/// Whoever is told of a loss blocks a wallet; managers free it.
struct ChangeWallet {
  Ticket ticket;
  CustomerRef customer;
  WalletState state;
  Requester requester;
};  ///< -> ProfileSaved
struct UndoMerge {
  Ticket ticket;
  CustomerRef customer;
  FactId merge;
  Requester requester;
};  ///< -> ProfileSaved
struct SearchCustomers {
  Ticket ticket;
  std::string words;
  Requester requester;
};  ///< -> PeopleFound
struct LoadTimeline {
  Ticket ticket;
  CustomerRef customer;
  std::optional<TimelinePlace> before;
  Requester requester;
};  ///< story_page entries -> TimelineLoaded
/// Members who may be the person that is about to join, most similar first -> PeopleFound.
struct FindSimilar {
  Ticket ticket;
  Profile typed;
  std::string card;  ///< may be empty
  Requester requester;
};
struct LoadPairs {
  Ticket ticket;
  Requester requester;
};  ///< -> PairsLoaded
struct LoadPair {
  Ticket ticket;
  CustomerRef one;
  CustomerRef other;
  Requester requester;
};  ///< -> PairLoaded
struct MergePair {
  Ticket ticket;
  CustomerRef kept;
  CustomerRef merged;
  std::string reason;
  Requester requester;
};  ///< -> PairSettled
struct PartPair {
  Ticket ticket;
  CustomerRef one;
  CustomerRef other;
  Requester requester;
};  ///< -> PairSettled

}  // namespace keepsake::flow
