#include "tests/kiosk/flow/customer_desk.hpp"

#include <algorithm>

namespace keepsake::flow {

void CustomerDesk::apply(const Consent& consent) {
  consents.push_back(consent);
  auto& states = seen.profile.consents;
  std::erase_if(states, [&](const ConsentState& s) { return s.purpose == consent.purpose; });
  states.push_back({consent.purpose, consent.granted, consent, {}, {}});
}

void CustomerDesk::apply(const ProfileChange& change) {
  changes.push_back(change);
  for (const FieldChange& each : change.fields) {
    std::erase_if(seen.profile.fields, [&](const FieldValue& v) { return v.field == each.field; });
    if (!each.value.empty()) seen.profile.fields.push_back({each.field, each.value, {}});
  }
}

std::optional<Event> CustomerDesk::answer_to(const Effect& effect,
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
  if (const auto* e = get_if<ChangeMemberPin>(&effect)) return changed(*e, disk_fault);
  if (const auto* e = get_if<ConfirmClock>(&effect))
    return ClockConfirmed{e->ticket, disk_fault ? Result<Done>(*disk_fault) : Done{}};
  if (const auto* e = get_if<AddNote>(&effect)) {
    if (!disk_fault) notes.push_back(e->text);
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<ChangeWallet>(&effect)) {
    if (!disk_fault) seen.standing->overview.wallet_state = e->state;
    return saved(e->ticket, disk_fault);
  }
  if (const auto* e = get_if<GiveLevel>(&effect)) return given(*e, disk_fault);
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

ProfileSaved CustomerDesk::saved(Ticket ticket, const std::optional<Error>& disk_fault) const {
  if (disk_fault) return {ticket, *disk_fault, std::nullopt};
  return {ticket, Done{}, seen};
}

ProfileSaved CustomerDesk::given(const GiveLevel& job, const std::optional<Error>& disk_fault) {
  if (!disk_fault) levels.push_back(job);
  return saved(job.ticket, disk_fault);
}

ProfileSaved CustomerDesk::changed(const ChangeMemberPin& job,
                                   const std::optional<Error>& disk_fault) {
  if (!disk_fault) pin = job.pin;
  seen.has_pin = !pin.empty();
  return saved(job.ticket, disk_fault);
}

}  // namespace keepsake::flow
