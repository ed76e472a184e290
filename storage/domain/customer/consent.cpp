#include "storage/domain/customer/consent.hpp"

#include <algorithm>

namespace keepsake {

namespace {

bool names(const ConsentEvent& grant, const ConsentEvent& withdrawal) {
  return grant.consent.granted && grant.consent.purpose == withdrawal.consent.purpose &&
         grant.fact > withdrawal.fact &&
         std::ranges::find(grant.after, withdrawal.fact) != grant.after.end();
}

bool later(const ConsentEvent& a, const ConsentEvent& b) {
  return a.fact != b.fact ? a.fact > b.fact : a.n > b.n;
}

ConsentState state_of(ConsentPurpose purpose, const std::vector<ConsentEvent>& events) {
  const ConsentEvent* grant = nullptr;
  const ConsentEvent* withdrawal = nullptr;  // the latest that stands
  ConsentState state;
  state.purpose = purpose;
  for (const ConsentEvent& each : events) {
    if (each.consent.purpose != purpose) continue;
    if (each.consent.granted) {
      if (grant == nullptr || later(each, *grant)) grant = &each;
      continue;
    }
    state.withdrawals.push_back(each.fact);
    const bool stands =
        std::ranges::none_of(events, [&](const ConsentEvent& other) { return names(other, each); });
    if (stands && (withdrawal == nullptr || later(each, *withdrawal))) withdrawal = &each;
  }
  const ConsentEvent* decides = withdrawal != nullptr ? withdrawal : grant;
  state.granted = withdrawal == nullptr && grant != nullptr;
  if (decides != nullptr) {
    state.last = decides->consent;
    state.fact = decides->fact;
    state.place = decides->place;
  }
  std::ranges::sort(state.withdrawals);
  const auto repeated = std::unique(state.withdrawals.begin(), state.withdrawals.end());
  state.withdrawals.erase(repeated, state.withdrawals.end());
  return state;
}

}  // namespace

std::vector<ConsentState> standing(const std::vector<ConsentEvent>& events) {
  std::vector<ConsentState> states;
  for (const auto purpose :
       {ConsentPurpose::membership, ConsentPurpose::marketing, ConsentPurpose::sharing})
    if (std::ranges::any_of(events,
                            [&](const auto& each) { return each.consent.purpose == purpose; }))
      states.push_back(state_of(purpose, events));
  return states;
}

bool left_membership(const std::vector<ConsentState>& states) {
  const auto found = std::ranges::find(states, ConsentPurpose::membership, &ConsentState::purpose);
  return found != states.end() && !found->granted;
}

}  // namespace keepsake
