#pragma once
// What the book of the test shop says about its one customer, and what it was asked to change.

#include <optional>
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
  ProfileSaved saved(Ticket ticket, const std::optional<Error>& disk_fault) const {
    if (disk_fault) return {ticket, *disk_fault, std::nullopt};
    return {ticket, Done{}, seen};
  }
  void apply(const Consent& consent);
  void apply(const ProfileChange& change);
};

inline void CustomerDesk::apply(const Consent& consent) {
  consents.push_back(consent);
  auto& states = seen.profile.consents;
  std::erase_if(states, [&](const ConsentState& s) { return s.purpose == consent.purpose; });
  states.push_back({consent.purpose, consent.granted, consent, {}, {}});
}

inline void CustomerDesk::apply(const ProfileChange& change) {
  changes.push_back(change);
  for (const FieldChange& each : change.fields) {
    std::erase_if(seen.profile.fields, [&](const FieldValue& v) { return v.field == each.field; });
    if (!each.value.empty()) seen.profile.fields.push_back({each.field, each.value, {}});
  }
}

inline std::optional<Event> CustomerDesk::answer_to(const Effect& effect,
                                                    const std::optional<Error>& disk_fault) {
  if (const auto* e = get_if<LoadStanding>(&effect)) return StandingLoaded{e->ticket, standing};
  if (const auto* e = get_if<LoadStory>(&effect)) {
    std::vector<PointsEntry> page;
    for (const PointsEntry& each : story)
      if (page.size() < story_page && (!e->before || each.place < *e->before)) page.push_back(each);
    return StoryLoaded{e->ticket, page};
  }
  if (const auto* e = get_if<LoadProfile>(&effect)) {
    lookers.push_back(e->requester);
    return ProfileLoaded{e->ticket, seen};
  }
  if (const auto* e = get_if<ChangeConsents>(&effect)) {
    if (!disk_fault)
      for (const Consent& each : e->consents) apply(each);
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<ChangeProfile>(&effect)) {
    if (!disk_fault) apply(e->change);
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<ConfirmClock>(&effect)) {
    if (disk_fault) return ClockConfirmed{e->ticket, *disk_fault};
    return ClockConfirmed{e->ticket, Done{}};
  }
  if (const auto* e = get_if<AddNote>(&effect)) {
    if (!disk_fault) notes.push_back(e->text);
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<ChangeWallet>(&effect)) {
    if (!disk_fault) seen.standing->overview.wallet_state = e->state;
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<UndoMerge>(&effect)) {
    if (!disk_fault) std::erase_if(seen.merges, [&](const auto& m) { return m.fact == e->merge; });
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<SearchCustomers>(&effect)) {
    searchers.push_back(e->requester);
    constexpr std::size_t page = 20;
    const std::size_t from = std::min(e->skip, people.size());
    const std::size_t to = std::min(from + page, people.size());
    return PeopleFound{e->ticket,
                       std::vector(people.begin() + static_cast<std::ptrdiff_t>(from),
                                   people.begin() + static_cast<std::ptrdiff_t>(to)),
                       to < people.size()};
  }
  if (const auto* e = get_if<FindSimilar>(&effect)) return PeopleFound{e->ticket, similar};
  if (const auto* e = get_if<LoadTimeline>(&effect)) return TimelineLoaded{e->ticket, timeline};
  if (const auto* e = get_if<LoadPairs>(&effect)) return PairsLoaded{e->ticket, pairs};
  if (const auto* e = get_if<LoadPair>(&effect)) {
    PairSeen pair{seen, seen};
    pair.one.view.ref = e->one;
    pair.other.view.ref = e->other;
    return PairLoaded{e->ticket, std::move(pair)};
  }
  if (const auto* e = get_if<MergePair>(&effect)) {
    if (disk_fault) return PairSettled{e->ticket, *disk_fault};
    merged.push_back(*e);
    return PairSettled{e->ticket, Done{}};
  }
  if (const auto* e = get_if<PartPair>(&effect)) {
    if (disk_fault) return PairSettled{e->ticket, *disk_fault};
    ++parted;
    return PairSettled{e->ticket, Done{}};
  }
  return std::nullopt;
}

}  // namespace keepsake::flow
