#include "sync/mirror/neighbourhood.hpp"

#include <algorithm>

namespace keepsake::sync::mirror {

void Neighbourhood::put(const std::vector<Neighbour>& neighbours) {
  const std::lock_guard lock(mutex_);
  around_.clear();
  for (const Neighbour& each : neighbours)
    if (!each.addresses.empty() && each.identity.terminal != own_) around_.push_back(each);
  const auto place = [this](const Neighbour& one) {
    return std::pair(one.identity.terminal < own_, one.identity.terminal);
  };
  std::ranges::sort(around_, {}, place);
}

std::optional<Neighbour> Neighbourhood::take(Instant now, std::optional<TerminalNumber> rather) {
  const std::lock_guard lock(mutex_);
  const Neighbour* found = nullptr;
  for (const Neighbour& each : around_) {
    if (!may_be_had(each, now)) continue;
    if (!found) found = &each;
    if (rather && each.identity.terminal == *rather) found = &each;
  }
  if (!found) return std::nullopt;
  taken_.insert(found->identity.terminal);
  return *found;
}

bool Neighbourhood::may_be_had(const Neighbour& one, Instant now) const {
  if (taken_.contains(one.identity.terminal)) return false;
  const auto known = trouble_.find(one.identity.terminal);
  return known == trouble_.end() || known->second.until <= now;
}

void Neighbourhood::release(TerminalNumber taken) {
  const std::lock_guard lock(mutex_);
  taken_.erase(taken);
}

void Neighbourhood::failed(TerminalNumber which, Instant now, std::uint64_t random) {
  const std::lock_guard lock(mutex_);
  Trouble& trouble = trouble_[which];
  trouble.failures = std::min(trouble.failures + 1, 10);
  const std::chrono::milliseconds longest = std::min<std::chrono::milliseconds>(
      left_alone_least * (1 << trouble.failures), left_alone_most);
  const auto spread = static_cast<std::uint64_t>((longest - left_alone_least).count()) + 1;
  trouble.until = now + left_alone_least +
                  std::chrono::milliseconds(static_cast<std::int64_t>(random % spread));
}

void Neighbourhood::went_well(TerminalNumber which) {
  const std::lock_guard lock(mutex_);
  trouble_.erase(which);
}

}  // namespace keepsake::sync::mirror
