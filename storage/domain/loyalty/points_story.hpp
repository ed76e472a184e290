#pragma once
// "Why this number?": what each fact did to a customer's points, as the ledger has it. The changes
// of a whole story sum to the balance, and what was added to the debt less what settled it to the
// debt.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/domain/sale/loyalty_result.hpp"

namespace keepsake {

struct PointsEntry {
  TimelinePlace place;
  TimelineKind kind =
      TimelineKind::purchase;  ///< purchase, returned, event, merged, expired or given_up
  LocalTime at;
  std::string text;             ///< first article, reason, or the event's word
  std::optional<Money> amount;  ///< of a purchase, and given back by a return
  Points change;                ///< of the balance
  Points earned;                ///< given by rules; negative: taken back
  Points spent;                 ///< on rewards or as payment; negative: given back
  Points owed;                  ///< > 0: added to the debt; < 0: settled
  std::vector<RulePoints> rules;
  std::vector<RewardUse> rewards;
  bool operator==(const PointsEntry&) const = default;
};

/// A code that was handed over for points: a ticket, a partner's voucher.
struct HeldVoucher {
  std::string reward;  ///< id
  std::string code;
  LocalTime since;
  bool operator==(const HeldVoucher&) const = default;
};

/// All that a member's own page shows beside the balance.
struct MemberStanding {
  loyalty::Overview overview;
  std::vector<HeldVoucher> vouchers;  ///< newest first
  bool operator==(const MemberStanding&) const = default;
};

}  // namespace keepsake
