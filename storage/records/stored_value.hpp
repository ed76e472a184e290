#pragma once
// Gift cards, and what purchases and returns do with them and with wallets (wallets.hpp): money
// paid in, in the same double entry as points.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/views.hpp"
#include "storage/records/accounts.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const GiftCardChange& change);

/// What lines of a purchase pay in.
Result<Done> load_value(Ledger& ledger, const Purchase& purchase);
/// What its tenders take from wallet and gift cards.
Result<Done> spend_value(Ledger& ledger, const CustomerRef& customer,
                         const std::vector<Tender>& tenders, Date day);
/// What a return's tenders put back onto them.
Result<Done> refund_value(Ledger& ledger, const CustomerRef& customer,
                          const std::vector<Tender>& tenders, Date day);
/// A line that paid in came back: what was given for it leaves the card or wallet.
Result<Done> unload_value(Ledger& ledger, const ReturnLine& line);
/// What to say when there is less than a fact names.
struct Shortfall {
  const char* code;
  const char* what;
  const char* remedy;
};
/// Takes what is there from an account of stored value; the programme loses the rest, when told to
/// go on.
Result<Done> take_value(Ledger& ledger, Account account, std::string_view owner, Money amount,
                        Account into, const Shortfall& shortfall);
/// A card whose day is before `as_of` loses at most `amount`; the answer is what it lost. One that
/// was filled up since keeps it.
Money expire_card(Ledger& ledger, std::string_view card, Money amount, Date as_of);

std::vector<ValueLoad> loads_of(Database& database, FactId purchase, Currency currency);
std::optional<GiftCardView> gift_card(Database& database, std::string_view card);
/// Cards with money on them whose last day is before `day`.
std::vector<CardLapse> cards_due(Database& database, Currency currency, Date day);

}  // namespace keepsake::records
