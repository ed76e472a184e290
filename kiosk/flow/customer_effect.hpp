#pragma once
// What the pages about a customer ask of the world. Part of Effect (effect.hpp).

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/session.hpp"

namespace keepsake::flow {

/// Who asks, and when. A look or change by staff is kept in the audit trail.
struct Asker {
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
  Asker asker;
};  ///< -> ProfileLoaded
struct ChangeConsents {
  Ticket ticket;
  CustomerRef customer;
  std::vector<Consent> consents;
  Asker asker;
};  ///< -> ProfileSaved
struct ChangeProfile {
  Ticket ticket;
  CustomerRef customer;
  ProfileChange change;
  Asker asker;
};  ///< -> ProfileSaved

struct AddNote {
  Ticket ticket;
  CustomerRef customer;
  std::string text;
  Asker asker;
};  ///< -> ProfileSaved
/// Whoever is told of a loss blocks a wallet; managers free it.
struct ChangeWallet {
  Ticket ticket;
  CustomerRef customer;
  WalletState state;
  Asker asker;
};  ///< -> ProfileSaved
struct UndoMerge {
  Ticket ticket;
  CustomerRef customer;
  FactId merge;
  Asker asker;
};  ///< -> ProfileSaved
struct SearchCustomers {
  Ticket ticket;
  std::string words;
  Asker asker;
};  ///< -> PeopleFound
struct LoadTimeline {
  Ticket ticket;
  CustomerRef customer;
  std::optional<TimelinePlace> before;
  Asker asker;
};  ///< story_page entries -> TimelineLoaded
/// Members who may be the person that is about to join, most similar first -> PeopleFound.
struct FindSimilar {
  Ticket ticket;
  Profile typed;
  std::string card;  ///< may be empty
  Asker asker;
};
struct LoadPairs {
  Ticket ticket;
  Asker asker;
};  ///< -> PairsLoaded
struct LoadPair {
  Ticket ticket;
  CustomerRef one;
  CustomerRef other;
  Asker asker;
};  ///< -> PairLoaded
struct MergePair {
  Ticket ticket;
  CustomerRef kept;
  CustomerRef merged;
  std::string reason;
  Asker asker;
};  ///< -> PairSettled
struct PartPair {
  Ticket ticket;
  CustomerRef one;
  CustomerRef other;
  Asker asker;
};  ///< -> PairSettled

}  // namespace keepsake::flow
