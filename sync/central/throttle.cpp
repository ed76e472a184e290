#include "sync/central/throttle.hpp"

#include <cassert>

namespace keepsake::sync::central {

bool Throttle::allows(const std::string& address, Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto found = counts_.find(address);
  return found == counts_.end() || found->second < limits_.per_address;
}

void Throttle::refused(const std::string& address, Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  // Who waits already is not counted on, so that one address cannot crowd out the others' counts.
  if (const auto found = counts_.find(address);
      found != counts_.end() && found->second >= limits_.per_address)
    return;
  if (recent_.size() >= limits_.remembered) forget_oldest();
  recent_.push_back({now, address});
  ++counts_[address];
  assert(recent_.size() <= limits_.remembered);
  assert(counts_.size() <= recent_.size());
}

void Throttle::forget(Instant now) {
  // A clock that was set back must not lock anybody out for longer than the window.
  while (!recent_.empty() &&
         (now - recent_.front().at >= limits_.window || recent_.front().at > now))
    forget_oldest();
}

void Throttle::forget_oldest() {
  const auto found = counts_.find(recent_.front().address);
  assert(found != counts_.end() && found->second > 0);
  if (--found->second == 0) counts_.erase(found);
  recent_.pop_front();
}

}  // namespace keepsake::sync::central
