#pragma once
// Which other till gets a copy next. Pure but for the lock; times are the caller's.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake::sync::mirror {

/// Those of a store that listen, from the next number above one's own on and around: so that the copies
/// of a store's tills are spread over all of them. One that fails is left alone for a while, longer each
/// time, and others take its place. Thread-safe.
class Neighbourhood {
 public:
  static constexpr std::chrono::seconds left_alone_least{2};
  static constexpr std::chrono::seconds left_alone_most{60};

  explicit Neighbourhood(TerminalNumber own) : own_(own) {}

  void put(const std::vector<Neighbour>& neighbours);
  /// Nobody else gets it until release(). `rather`: this one, if it may be had. nullopt: none is free
  /// now.
  std::optional<Neighbour> take(Instant now, std::optional<TerminalNumber> rather);
  void release(TerminalNumber taken);
  /// `random`: so that tills which failed together do not come back together.
  void failed(TerminalNumber which, Instant now, std::uint64_t random);
  void went_well(TerminalNumber which);

 private:
  struct Trouble {
    int failures = 0;
    Instant until;
  };
  bool may_be_had(const Neighbour& one, Instant now) const;

  const TerminalNumber own_;
  std::mutex mutex_;
  std::vector<Neighbour> around_;  ///< that listen, in order
  std::set<TerminalNumber> taken_;
  std::map<TerminalNumber, Trouble> trouble_;
};

}  // namespace keepsake::sync::mirror
