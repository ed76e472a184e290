#pragma once
// Dormant customers of a store: those whom it has not seen for long. Its tills keep nothing personal of
// them until they come again (storage/feed/FEED.md, Dormant customers). Head office decides, because it
// alone knows what every till of the store did; these are its rules.

#include <cstdint>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// What becomes of them at a store from here on.
enum class StorePresence {
  dormant = 1,  ///< its tills keep nothing personal of them and have no key of theirs
  back = 2,     ///< they are whole again: the keys come with the fact
};

/// Of head office, to the tills of one store.
struct DormancyChange {
  LocalTime at;
  StorePresence presence = StorePresence::dormant;
  std::vector<CustomerRef> customers;  ///< 1..limits::dormant_customers, each once
  bool operator==(const DormancyChange&) const = default;
};
Result<Done> check(const DormancyChange& change);

/// [customers] of what head office says to its stores (storage/book/SETTINGS.md).
struct DormancyTerms {
  std::int64_t idle_days = 730;  ///< without a sign of them at the store; 0: nobody leaves
  std::int64_t looked_up_days =
      30;  ///< of those with whom the store has had nothing to do since; 0: as others
  std::int64_t most = 100'000;  ///< of a store; beyond it those seen longest ago leave
  bool operator==(const DormancyTerms&) const = default;
};

/// A customer as a store has seen them.
struct SeenAtStore {
  Instant last;                 ///< by a clock that was believed
  bool only_looked_up = false;  ///< no fact of the store is about them
};

/// Idle for as long as the terms say, on a day that is believed: early clocks make nobody idle.
bool is_idle_at_store(const SeenAtStore& seen, const DormancyTerms& terms, Instant now);

/// Where a store has more than it may: whoever was seen a week ago or later stays all the same.
bool may_give_way(const SeenAtStore& seen, Instant now);
inline constexpr std::chrono::days gives_way_after{7};

/// What keeps a customer at a store, however long they were not seen there.
struct LiveAtStore {
  bool cover = false;      ///< that runs on an item registered at the store
  bool owed = false;       ///< money in the wallet or a debt, where the store is their home
  bool reserved = false;   ///< points or money set aside for one of its tills
  bool unsettled = false;  ///< an exception about them, which a person has to settle
  bool judged_by =
      false;  ///< how a card was judged, or what was damaged, rests on what is known of them
  bool key_lost = false;  ///< head office has no key: nothing could bring them back
  bool any() const { return cover || owed || reserved || unsettled || judged_by || key_lost; }
};

}  // namespace keepsake
