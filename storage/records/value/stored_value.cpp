#include "storage/records/value/stored_value.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/value/take_value.hpp"
#include "storage/records/value/wallets.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_top_up{
    "top-up.put",
    "INSERT INTO value_load (fact, line, kind, card, amount_minor, expires_day)"
    " VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql of_purchase{"top-up.of-purchase",
                          "SELECT line, kind, card, amount_minor, expires_day FROM value_load"
                          " WHERE fact = $1 ORDER BY line"};
constexpr Sql of_line{"top-up.of-line",
                      "SELECT v.kind, v.card, p.customer FROM value_load v"
                      " JOIN purchase p ON p.id = v.fact WHERE v.fact = $1 AND v.line = $2"};
constexpr Sql put_card{
    "gift-card.put",
    "INSERT INTO gift_card (card, store, fact, currency, sold_day, expires_day, blocked, reason)"
    " VALUES ($1, $2, $3, $4, $5, $6, 0, '')"};
constexpr Sql prolong_card{"gift-card.prolong",
                           "UPDATE gift_card SET sold_day = coalesce(sold_day, $2), currency = $4,"
                           " expires_day = CASE WHEN sold_day IS NULL THEN $3"
                           " WHEN $3 IS NULL OR expires_day IS NULL THEN NULL"
                           " WHEN $3 > expires_day THEN $3 ELSE expires_day END WHERE card = $1"};
constexpr Sql set_blocked{
    "gift-card.block",
    "UPDATE gift_card SET blocked = $2, reason = $3, changed_fact = $4 WHERE card = $1"};
constexpr Sql read_card{
    "gift-card.read",
    "SELECT currency, sold_day, expires_day, blocked, reason FROM gift_card WHERE card = $1"};
constexpr Sql due_cards{"gift-card.due",
                        "SELECT g.card, a.amount FROM gift_card g"
                        " JOIN account a ON a.unit = g.currency AND a.kind = 12"
                        " AND a.owner = CAST(g.card AS BLOB)"
                        " WHERE g.currency = $1 AND g.expires_day < $2 AND a.amount > 0"
                        " ORDER BY g.card"};

void make_card(Applying& applying, std::string_view card, Currency currency,
               std::optional<Date> sold, std::optional<Date> expires) {
  auto row = applying.database.query(put_card);
  row->bind_text(1, card);
  row->bind_text(2, applying.header.store);
  row->bind_blob(3, view(applying.id));
  row->bind_text(4, currency.code());
  bind_day(*row, 5, sold);
  bind_day(*row, 6, expires);
  row->step();
}

/// A card that nobody sold is a contradiction; where it is only noted, the card begins to exist.
Result<Done> expect_card(Applying& applying, std::string_view card, Currency currency) {
  if (gift_card(applying.database, card)) return Done{};
  auto ok =
      applying.contradict("gift-card.unknown", "Unknown gift card", "Check the card's number.");
  if (ok) make_card(applying, card, currency, std::nullopt, std::nullopt);
  return ok;
}

Result<Done> top_up_card(Ledger& ledger, const TopUp& top_up, Date day) {
  Applying& applying = ledger.applying();
  const auto known = gift_card(applying.database, top_up.card);
  if (known && known->state == GiftCardState::blocked)
    if (auto ok = applying.contradict("gift-card.blocked", "This gift card is blocked",
                                      "Use another card.");
        !ok)
      return ok;
  ledger.post(Account::gift_card, top_up.card, top_up.amount);
  ledger.post(Account::value_issued, "", Money{-top_up.amount.minor, top_up.amount.currency});
  if (!known) {
    make_card(applying, top_up.card, top_up.amount.currency, day, top_up.expires);
    return Done{};
  }
  auto row = applying.database.query(prolong_card);
  row->bind_text(1, top_up.card);
  row->bind(2, to_days(day));
  bind_day(*row, 3, top_up.expires);
  row->bind_text(4, top_up.amount.currency.code());
  row->step();
  return Done{};
}

/// Money goes off and onto a card that is known, not blocked and not past its day.
Result<Done> expect_fit_card(Applying& applying, const Tender& tender, Date day) {
  if (auto ok = expect_card(applying, tender.reference, tender.amount.currency); !ok) return ok;
  const auto card = gift_card(applying.database, tender.reference);
  assert(card);  // expect_card() has made it if nobody had
  if (card->state == GiftCardState::blocked)
    if (auto ok = applying.contradict("gift-card.blocked", "This gift card is blocked",
                                      "Use another payment method.");
        !ok)
      return ok;
  if (card->expires && *card->expires < day)
    if (auto ok = applying.contradict("gift-card.expired", "This gift card has expired",
                                      "Use another payment method.");
        !ok)
      return ok;
  return Done{};
}

Result<Done> spend_card(Ledger& ledger, const Tender& tender, Date day) {
  if (auto ok = expect_fit_card(ledger.applying(), tender, day); !ok) return ok;
  return take_value(ledger, Account::gift_card, tender.reference, tender.amount, Account::spent,
                    {"gift-card.short", "Not enough money on the gift card",
                     "Use what is left on it and another payment."});
}

}  // namespace

Result<Done> apply(Applying& applying, const GiftCardChange& change) {
  if (!gift_card(applying.database, change.card)) {
    if (auto ok = applying.contradict("gift-card.unknown", "Unknown gift card",
                                      "Check the card's number.");
        !ok)
      return ok;
    // It may be sold elsewhere and not heard of yet: it must not be spent meanwhile.
    make_card(applying, change.card, {}, std::nullopt, std::nullopt);
  }
  auto row = applying.database.query(set_blocked);
  row->bind_text(1, change.card);
  row->bind(2, change.state == GiftCardState::blocked ? 1 : 0);
  row->bind_text(3, change.reason);
  row->bind_blob(4, view(applying.id));
  row->step();
  return Done{};
}

Result<Done> load_value(Ledger& ledger, const Purchase& purchase) {
  const CustomerRef member = canonical(ledger.applying().database, purchase.customer);
  Money in_wallet =
      money_in(ledger.applying().database, Account::wallet, view(member.bytes), purchase.currency);
  for (const TopUp& top_up : purchase.top_ups) {
    const bool wallet = top_up.kind == StoredValue::wallet;
    if (auto ok = wallet ? top_up_wallet(ledger, member, top_up, in_wallet)
                         : top_up_card(ledger, top_up, purchase.at.date());
        !ok)
      return ok;
    if (wallet) in_wallet.minor += top_up.amount.minor;
    {
      auto row = ledger.applying().database.query(put_top_up);
      row->bind_blob(1, view(ledger.applying().id));
      row->bind(2, static_cast<std::int64_t>(top_up.line));
      row->bind(3, wallet ? 1 : 0);
      row->bind_text(4, top_up.card);
      row->bind(5, top_up.amount.minor);
      bind_day(*row, 6, top_up.expires);
      row->step();
    }
  }
  return Done{};
}

Result<Done> spend_value(Ledger& ledger, const CustomerRef& customer,
                         const std::vector<Tender>& tenders, Date day) {
  for (const Tender& tender : tenders) {
    Result<Done> ok = Done{};
    if (tender.kind == TenderKind::gift_card)
      ok = spend_card(ledger, tender, day);
    else if (tender.kind == TenderKind::wallet)
      ok = spend_wallet(ledger, customer, tender.amount, day);
    if (!ok) return ok;
  }
  return Done{};
}

Result<Done> refund_value(Ledger& ledger, const CustomerRef& customer,
                          const std::vector<Tender>& tenders, Date day) {
  for (const Tender& tender : tenders) {
    if (tender.kind == TenderKind::wallet)
      if (auto ok = refund_wallet(ledger, customer, tender.amount, day); !ok) return ok;
    if (tender.kind != TenderKind::gift_card) continue;
    if (auto ok = expect_fit_card(ledger.applying(), tender, day); !ok) return ok;
    ledger.post(Account::gift_card, tender.reference, tender.amount);
    ledger.post(Account::value_issued, "", Money{-tender.amount.minor, tender.amount.currency});
  }
  return Done{};
}

Result<Done> unload_value(Ledger& ledger, const ReturnLine& line) {
  if (!line.purchase || !line.line_no || line.amount.minor == 0) return Done{};
  bool wallet = false;
  CustomerRef member;
  std::string owner;
  {
    auto row = ledger.applying().database.query(of_line);
    bind_id(*row, 1, *line.purchase);
    row->bind(2, *line.line_no);
    if (!row->step()) return Done{};
    wallet = row->integer(0) == 1;
    if (wallet) member = customer_ref(*row, 2);
    owner = row->text(1);
  }
  if (wallet) owner = view(canonical(ledger.applying().database, member).bytes);
  return take_value(ledger, wallet ? Account::wallet : Account::gift_card, owner, line.amount,
                    Account::value_issued,
                    {wallet ? "wallet.spent" : "gift-card.spent",
                     "Part of the top-up is already spent", "Refund at most what is left of it."});
}

Money expire_card(Ledger& ledger, std::string_view card, Money amount, Date as_of) {
  const auto known = gift_card(ledger.applying().database, card);
  if (!known || !known->expires || *known->expires >= as_of) return {0, amount.currency};
  const Money there =
      money_in(ledger.applying().database, Account::gift_card, card, amount.currency);
  const Money taken{std::min(there.minor, amount.minor), amount.currency};
  ledger.post(Account::gift_card, card, Money{-taken.minor, taken.currency});
  ledger.post(Account::value_expired, "", taken);
  return taken;
}

std::vector<TopUp> loads_of(Database& database, FactId purchase, Currency currency) {
  std::vector<TopUp> found;
  auto row = database.query(of_purchase);
  bind_id(*row, 1, purchase);
  while (row->step())
    found.push_back({static_cast<std::size_t>(row->integer(0)),
                     row->integer(1) == 1 ? StoredValue::wallet : StoredValue::gift_card,
                     std::string(row->text(2)),
                     {row->integer(3), currency},
                     day_at(*row, 4)});
  return found;
}

std::optional<GiftCardView> gift_card(Database& database, std::string_view card) {
  GiftCardView found;
  Currency currency;
  {
    auto row = database.query(read_card);
    row->bind_text(1, card);
    if (!row->step()) return std::nullopt;
    currency = currency_of(*row, 0);
    found.card = card;
    found.sold_on = day_at(*row, 1);
    found.expires = day_at(*row, 2);
    found.state = row->integer(3) != 0 ? GiftCardState::blocked : GiftCardState::active;
    found.reason = row->text(4);
  }
  found.balance = money_in(database, Account::gift_card, card, currency);
  return found;
}

std::vector<CardExpiry> cards_due(Database& database, Currency currency, Date day) {
  std::vector<CardExpiry> found;
  auto row = database.query(due_cards);
  row->bind_text(1, currency.code());
  row->bind(2, to_days(day));
  while (row->step()) found.push_back({std::string(row->text(0)), {row->integer(1), currency}});
  return found;
}

}  // namespace keepsake::records
