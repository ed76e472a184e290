#pragma once
// The wallet of a member: money in the same double entry as points and gift cards, with a last day,
// and blocked where the shop said so.
//
// The day belongs to the money and follows it: a top-up keeps the later day of what is there and of
// itself, and what never expires wins; refunds and rewards leave it as it is. What is put into an
// empty wallet brings its own day. A merge keeps the later day, its undoing gives that to both.
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

/// `there`: what the wallet holds before, with earlier top-ups of the same fact.
Result<Done> top_up_wallet(Ledger& ledger, const CustomerRef& customer, const TopUp& top_up,
                           Money there);
Result<Done> spend_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day);
Result<Done> refund_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day);
/// Also onto one that is blocked; not onto money that is past its day.
Result<Done> reward_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day);
/// A wallet whose day is before `as_of` loses at most `amount`. One that was filled up since keeps
/// it. Once a customer and fact.
void expire_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date as_of);

/// Before money of one currency goes from wallet to wallet: `to` has its day, too.
void merge_wallet_days(Database& database, const CustomerRef& from, const CustomerRef& to,
                       Currency currency);
void copy_wallet_day(Database& database, const CustomerRef& from, const CustomerRef& to,
                     Currency currency);

WalletView wallet(Database& database, const CustomerRef& customer, Currency currency);
/// Wallets with money in them whose last day is before `day`.
std::vector<WalletExpiry> wallets_due(Database& database, Currency currency, Date day);

}  // namespace keepsake::records
