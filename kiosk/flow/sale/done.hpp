#pragma once
// What is shown when a sale, rewards or a return are on disk.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake::flow {

enum class Receipt { not_asked, printing, printed, failed };

struct CardLeft {
  std::string card;  ///< card_name(); empty: the member's wallet
  Money left;
  bool operator==(const CardLeft&) const = default;
};

/// Shown only after the record is on disk.
struct SaleDone {
  FactId id;
  Money total;
  Money cash_rounding;
  Money change;
  bool cash = false;
  bool member = false;
  Points earned;
  std::optional<Points> balance;  ///< of the member, after this sale
  int warranties = 0;             ///< covers that started with it
  Receipt receipt = Receipt::not_asked;
  Points spent = {};                       ///< on rewards and as payment
  Money saved = {};                        ///< by rewards and coupons
  std::vector<RulePoints> rules = {};      ///< what earned
  std::vector<std::string> vouchers = {};  ///< codes to hand over
  std::string reached = {};                ///< the level that this sale reached; empty: none
  std::vector<CardLeft> cards = {};        ///< gift cards and wallet that the sale used or filled
  Money in_hand = {};                      ///< for points, out of the drawer
  std::vector<RewardUse> given = {};       ///< gifts to hand over, money given away for points
  Money to_wallet = {};                    ///< for points
  loyalty::Pending pending = {};           ///< of `balance`: cannot be spent yet
  /// What was to be paid in all: with coins where the last of it was cash.
  Money paid() const { return {total.minor + cash_rounding.minor, total.currency}; }
  bool operator==(const SaleDone&) const = default;
};

/// Rewards without a sale: to be handed over now. Shown only after the record is on disk.
struct RewardsGiven {
  FactId id;
  std::vector<RewardUse> rewards;
  Money in_hand;    ///< out of the drawer
  Money to_wallet;  ///< and `wallet` is what is there now
  Money wallet;
  Points spent;
  std::optional<Points> balance;  ///< of the member, after this
  Receipt receipt = Receipt::not_asked;
  bool operator==(const RewardsGiven&) const = default;
};

/// Shown only after the return is on disk.
struct ReturnDone {
  FactId id;
  Money total;                       ///< of the goods
  Money given;                       ///< `total` rounded to coins where it was cash
  std::vector<Tender> tenders = {};  ///< how it was given
  bool member = false;
  Points taken;                   ///< earned points that went
  Points given_back;              ///< spent points that came
  Points debt;                    ///< what of `taken` was spent already: later points settle it
  std::optional<Points> balance;  ///< of the member, after this return
  int covers_ended = 0;           ///< warranties of what came back
  Receipt receipt = Receipt::not_asked;
  bool operator==(const ReturnDone&) const = default;
};

}  // namespace keepsake::flow
