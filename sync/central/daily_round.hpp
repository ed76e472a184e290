#pragma once

#include <map>
#include <mutex>
#include <string>

#include "storage/domain/values/time.hpp"

namespace keepsake::sync::central {

/// Which stores a daily round has been at, each by its own day: their days begin at different hours.
/// Thread-safe: the thread that reads looks, the one that writes is done.
class DailyRound {
 public:
  bool is_done(const std::string& store, Date today) {
    const std::lock_guard lock(mutex_);
    const auto done = done_on_.find(store);
    return done != done_on_.end() && done->second == today;
  }
  void done(const std::string& store, Date today) {
    const std::lock_guard lock(mutex_);
    done_on_[store] = today;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Date> done_on_;
};

}  // namespace keepsake::sync::central
