#pragma once
// Money on a gift card or in a wallet, by the day until which it is good. What can be spent is what
// is good on that day, whether expiry has been run or not.
//
//   top-up   what is still good of earlier ones keeps the later day of both; what is past its day
//            stays past it
//   refund   stands by itself, with a day of its own or none; so does a reward
//   spent    what goes first comes first
//   merge    the lots go over, and keep the later day as with a top-up
//   stated   of a gift card of several stores, head office's word is what was on it (statements.hpp)
//
// The lots follow from the postings in the order of their facts, so that they are the same wherever
// and in whatever order the facts are heard of.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/records/core/columns.hpp"
#include "storage/records/value/account_kind.hpp"

namespace keepsake {
struct StatedMoney;
}

namespace keepsake::records {

struct ValueLot {
  Money remaining;              ///< > 0
  std::optional<Date> expires;  ///< the last day it can be spent
  bool operator==(const ValueLot&) const = default;
};

/// `account` is a wallet's or gift card's. In the order in which the money came.
std::vector<ValueLot> value_lots(Database& database, Account account, std::string_view owner,
                                 Currency currency);
/// Works them out anew; Ledger::close() does it for whom it has moved.
void settle_value_lots(Database& database, Account account, std::string_view owner,
                       Currency currency);
/// Of accounts that an earlier version has left. Nothing to do: one look at an empty table.
void settle_old_value(Database& database);

/// All that is on a gift card, as head office states it.
std::vector<StatedMoney> money_on(Database& database, std::string_view card, Currency currency);

/// Good on `day`.
Money good_on(const std::vector<ValueLot>& lots, Date day, Currency currency);
/// Past its day on `day`.
Money lapsed_on(const std::vector<ValueLot>& lots, Date day, Currency currency);
/// Until when what goes first of what is good on `day` is good; nothing is good: when the last of
/// it went. nullopt: nothing of it ever expires, or nothing is there.
std::optional<Date> last_day_on(const std::vector<ValueLot>& lots, Date day);

struct DueValue {
  std::string owner;
  Money amount;
};
/// Past its day on `day`, by owner.
std::vector<DueValue> due_value(Database& database, Account account, Currency currency, Date day);

}  // namespace keepsake::records
