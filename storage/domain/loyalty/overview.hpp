#pragma once
// What a member is shown of their own standing: figures and ids for a screen, no words.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

/// Points whose last day is the same.
struct Lapsing {
  std::optional<Date> last_day;  ///< none: they never expire
  Points points;
  bool operator==(const Lapsing&) const = default;
};

struct TierStanding {
  std::string level;  ///< id; empty: below the first
  std::string next;   ///< id; empty: at the top
  TierBasis basis = TierBasis::spend;
  std::int64_t missing = 0;    ///< to `next`, in the basis' unit
  std::int32_t per_mille = 0;  ///< of the way from this level's threshold to the next one's
  std::optional<Date> by;      ///< the last day that counts towards it, where there is one
  std::optional<GivenLevel> given = {};  ///< set where a manager gave `level`
  bool operator==(const TierStanding&) const = default;
};

enum class Reach {
  now,
  points_missing,
  another_tier,  ///< `tiers` are those that have it
  used_up,       ///< by this member, as often as allowed
  gone,          ///< out of stock
};

/// A reward that is claimed with points.
struct RewardInReach {
  std::string id;
  RewardKind kind = RewardKind::money_off;
  Points cost;
  Reach reach = Reach::now;
  Points missing;                    ///< of points_missing
  std::vector<std::string> tiers;    ///< ids
  std::optional<std::int64_t> left;  ///< in stock, as far as this terminal knows
  std::optional<Date> until;         ///< last day of the offer
  bool operator==(const RewardInReach&) const = default;
};

struct Overview {
  Points balance;   ///< all that has not expired
  Pending pending;  ///< of it: what cannot be spent yet
  Points debt;      ///< >= 0
  std::int64_t wallet_minor = 0;
  WalletState wallet_state = WalletState::active;
  std::optional<Date> wallet_until = {};  ///< the last day it can be spent
  std::optional<TierStanding> tier;       ///< none: the programme has no levels
  std::vector<Lapsing> lapsing;           ///< the next to expire first, never last; sums to balance
  std::vector<RewardInReach> rewards;     ///< within reach first, cheapest first; then the nearest
  Points spendable() const { return {balance.hundredths - pending.points.hundredths}; }
  bool operator==(const Overview&) const = default;
};

/// What a member has on `today`, what is pending included: the one balance that every screen, page
/// and receipt shows.
Points balance(const Rules& programme, const Member& member, Date today);

/// The part of that balance which cannot be spent yet.
Pending pending(const Rules& programme, const Member& member, Date today);

/// As of `at`. Rewards outside their days, of other segments, and those that need no claim are left
/// out.
Overview overview(const Rules& programme, const Member& member, LocalTime at);

}  // namespace keepsake::loyalty
