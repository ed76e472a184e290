#pragma once
// What the book of the test shop says about its one customer, and what it was asked to change.

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"

namespace keepsake::flow {

struct CustomerDesk {
  MemberStanding standing;
  std::vector<PointsEntry> story;  ///< newest first
  ProfileSeen seen;
  std::vector<Requester> lookers;  ///< of profiles, in order
  std::vector<ProfileChange> changes;
  std::vector<Consent> consents;
  std::vector<std::string> notes;
  std::vector<GiveLevel> levels;    ///< given, in this order
  std::string pin;                  ///< of their own; empty: none
  std::vector<FoundPerson> people;  ///< whatever is searched for
  std::vector<Requester> searchers;
  std::vector<FoundPerson> similar;  ///< to whoever joins
  std::vector<TimelineEntry> timeline;
  std::vector<DuplicatePair> pairs;
  std::vector<MergePair> merged;
  int parted = 0;

  /// nullopt: not an effect of these pages.
  std::optional<Event> answer_to(const Effect& effect, const std::optional<Error>& disk_fault);

 private:
  ProfileSaved saved(Ticket ticket, const std::optional<Error>& disk_fault) const;
  ProfileSaved changed(const ChangeMemberPin& job, const std::optional<Error>& disk_fault);
  ProfileSaved given(const GiveLevel& job, const std::optional<Error>& disk_fault);
  void apply(const Consent& consent);
  void apply(const ProfileChange& change);
};

}  // namespace keepsake::flow
