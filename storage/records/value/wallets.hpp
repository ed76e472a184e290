#pragma once
// The wallet of a member: money in the same double entry as points and gift cards, with days until
// which it is good (value_lots.hpp), and blocked where the shop said so.
//
// Being blocked is said of everybody whom the customer is at that moment. Who is made one with
// somebody blocked is blocked until it is lifted; when a merge is undone, each keeps what was last
// said of them.

#include <string_view>
#include <vector>

#include "storage/records/value/accounts.hpp"

namespace keepsake {
struct TopUp;
struct WalletChange;
struct WalletExpiry;
struct WalletView;
}  // namespace keepsake

namespace keepsake::records {

// Customers are canonical ones (merges.hpp), except in facts.

Result<Done> apply(Applying& applying, const WalletChange& change);

Result<Done> top_up_wallet(Ledger& ledger, const CustomerRef& customer, const TopUp& top_up);
Result<Done> spend_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day);
Result<Done> refund_wallet(Ledger& ledger, const CustomerRef& customer, Money amount);
/// Also onto one that is blocked.
void reward_wallet(Ledger& ledger, const CustomerRef& customer, Money amount);
/// What is past its day on `as_of` goes, at most `amount`. Once a customer and fact.
void expire_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date as_of);

/// As of `day`: what can be spent then; nullopt: all that is there.
WalletView wallet(Database& database, const CustomerRef& customer, Currency currency,
                  std::optional<Date> day);
/// Wallets with money in them that is past its day on `day`.
std::vector<WalletExpiry> wallets_due(Database& database, Currency currency, Date day,
                                      std::optional<std::string_view> store = std::nullopt);

}  // namespace keepsake::records
