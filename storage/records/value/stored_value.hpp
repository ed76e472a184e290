#pragma once
// Gift cards, and what purchases and returns do with them and with wallets (wallets.hpp): money
// paid in, in the same double entry as points.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/records/value/accounts.hpp"

namespace keepsake {
struct CardExpiry;
struct GiftCardChange;
struct GiftCardView;
struct Purchase;
struct ReturnLine;
struct Tender;
struct TopUp;
}  // namespace keepsake

namespace keepsake::records {

Result<Done> apply(Applying& applying, const GiftCardChange& change);

/// What lines of a purchase pay in.
Result<Done> load_value(Ledger& ledger, const Purchase& purchase);
/// What its tenders take from wallet and gift cards.
Result<Done> spend_value(Ledger& ledger, const CustomerRef& customer,
                         const std::vector<Tender>& tenders, Date day);
/// What a return's tenders put back onto them.
Result<Done> refund_value(Ledger& ledger, const CustomerRef& customer,
                          const std::vector<Tender>& tenders);
/// A line that paid in came back: what was given for it leaves the card or wallet.
Result<Done> unload_value(Ledger& ledger, const ReturnLine& line);
/// What is past its day on `as_of` goes, at most `amount`; the answer is what went.
Money expire_card(Ledger& ledger, std::string_view card, Money amount, Date as_of);

std::vector<TopUp> loads_of(Database& database, FactId purchase, Currency currency);
/// As of `day`: what can be spent then; nullopt: all that is on it.
std::optional<GiftCardView> gift_card(Database& database, std::string_view card,
                                      std::optional<Date> day);
/// Cards with money on them that is past its day on `day`; of the store that first had to do with
/// them, or of all.
std::vector<CardExpiry> cards_due(Database& database, Currency currency, Date day,
                                  std::optional<std::string_view> store = std::nullopt);

}  // namespace keepsake::records
