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
#include "storage/records/value/value_lots.hpp"
#include "storage/records/value/wallets.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_top_up{
    "top-up.put",
    "INSERT INTO value_load (fact, line, kind, card, amount_minor, expires_day, store)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql of_purchase{"top-up.of-purchase",
                          "SELECT line, kind, card, amount_minor, expires_day FROM value_load"
                          " WHERE fact = $1 ORDER BY line"};
constexpr Sql of_line{"top-up.of-line",
                      "SELECT v.kind, v.card, p.customer FROM value_load v"
                      " JOIN purchase p ON p.id = v.fact WHERE v.fact = $1 AND v.line = $2"};
constexpr Sql put_card{
    "gift-card.put",
    "INSERT INTO gift_card (card, store, fact, currency, sold_day, blocked, reason)"
    " VALUES ($1, $2, $3, $4, $5, 0, '')"};
constexpr Sql sell_card{"gift-card.sell",
                        "UPDATE gift_card SET sold_day = coalesce(sold_day, $2), currency = $3"
                        " WHERE card = $1"};
constexpr Sql set_blocked{
    "gift-card.block",
    "UPDATE gift_card SET blocked = $2, reason = $3, changed_fact = $4 WHERE card = $1"};
constexpr Sql read_card{
    "gift-card.read", "SELECT currency, sold_day, blocked, reason FROM gift_card WHERE card = $1"};

constexpr Sql read_store{"gift-card.store",
                         "SELECT 1 FROM gift_card WHERE card = $1 AND store = $2"};

bool is_of_store(Database& database, std::string_view card, std::string_view store) {
  auto row = database.query(read_store);
  row->bind_text(1, card);
  row->bind_text(2, store);
  return row->step();
}

void make_card(Applying& applying, std::string_view card, Currency currency,
               std::optional<Date> sold) {
  auto row = applying.database.query(put_card);
  row->bind_text(1, card);
  row->bind_text(2, applying.header.store);
  row->bind_blob(3, view(applying.id));
  row->bind_text(4, currency.code());
  bind_day(*row, 5, sold);
  row->step();
}

/// A card that nobody sold is a contradiction; where it is only noted, the card begins to exist.
Result<Done> expect_card(Applying& applying, std::string_view card, Currency currency) {
  if (gift_card(applying.database, card, std::nullopt)) return Done{};
  auto ok =
      applying.contradict("gift-card.unknown", "Unknown gift card", "Check the card's number.");
  if (ok) make_card(applying, card, currency, std::nullopt);
  return ok;
}

Result<Done> top_up_card(Ledger& ledger, const TopUp& top_up, Date day) {
  Applying& applying = ledger.applying();
  if (applying.header.elsewhere) return Done{};
  const auto known = gift_card(applying.database, top_up.card, std::nullopt);
  if (known && known->state == GiftCardState::blocked)
    if (auto ok = applying.contradict("gift-card.blocked", "This gift card is blocked",
                                      "Use another card.");
        !ok)
      return ok;
  ledger.post(Account::gift_card, top_up.card, top_up.amount);
  ledger.post(Account::value_issued, top_up.card,
              Money{-top_up.amount.minor, top_up.amount.currency});
  if (!known) {
    make_card(applying, top_up.card, top_up.amount.currency, day);
    return Done{};
  }
  auto row = applying.database.query(sell_card);
  row->bind_text(1, top_up.card);
  row->bind(2, to_days(day));
  row->bind_text(3, top_up.amount.currency.code());
  row->step();
  return Done{};
}

/// Money goes off and onto a card that is known and not blocked.
Result<Done> expect_fit_card(Applying& applying, const Tender& tender) {
  if (auto ok = expect_card(applying, tender.reference, tender.amount.currency); !ok) return ok;
  const auto card = gift_card(applying.database, tender.reference, std::nullopt);
  assert(card);  // expect_card() has made it if nobody had
  if (card->state == GiftCardState::blocked)
    if (auto ok = applying.contradict("gift-card.blocked", "This gift card is blocked",
                                      "Use another payment method.");
        !ok)
      return ok;
  return Done{};
}

Result<Done> spend_card(Ledger& ledger, const Tender& tender, Date day) {
  Applying& applying = ledger.applying();
  if (applying.header.elsewhere) return Done{};
  if (auto ok = expect_fit_card(applying, tender); !ok) return ok;
  if (auto ok = expect_good(
          applying, Account::gift_card, tender.reference, tender.amount, day,
          {"gift-card.expired", "This gift card has expired", "Use another payment method."});
      !ok)
    return ok;
  return take_value(ledger, Account::gift_card, tender.reference, tender.amount, Account::spent,
                    {"gift-card.short", "Not enough money on the gift card",
                     "Use what is left on it and another payment."});
}

}  // namespace

Result<Done> apply(Applying& applying, const GiftCardChange& change) {
  if (!gift_card(applying.database, change.card, std::nullopt)) {
    if (auto ok = applying.contradict("gift-card.unknown", "Unknown gift card",
                                      "Check the card's number.");
        !ok)
      return ok;
    // It may be sold elsewhere and not heard of yet: it must not be spent meanwhile.
    make_card(applying, change.card, {}, std::nullopt);
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
  for (const TopUp& top_up : purchase.top_ups) {
    const bool wallet = top_up.kind == StoredValue::wallet;
    if (auto ok = wallet ? top_up_wallet(ledger, member, top_up)
                         : top_up_card(ledger, top_up, purchase.at.date());
        !ok)
      return ok;
    {
      auto row = ledger.applying().database.query(put_top_up);
      row->bind_blob(1, view(ledger.applying().id));
      row->bind(2, static_cast<std::int64_t>(top_up.line));
      row->bind(3, wallet ? 1 : 0);
      row->bind_text(4, top_up.card);
      row->bind(5, top_up.amount.minor);
      bind_day(*row, 6, top_up.expires);
      row->bind_text(7, ledger.applying().header.store);
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
                          const std::vector<Tender>& tenders) {
  for (const Tender& tender : tenders) {
    if (tender.kind == TenderKind::wallet)
      if (auto ok = refund_wallet(ledger, customer, tender.amount); !ok) return ok;
    if (tender.kind != TenderKind::gift_card || ledger.applying().header.elsewhere) continue;
    if (auto ok = expect_fit_card(ledger.applying(), tender); !ok) return ok;
    ledger.post(Account::gift_card, tender.reference, tender.amount);
    ledger.post(Account::value_issued, tender.reference,
                Money{-tender.amount.minor, tender.amount.currency});
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
  if (!wallet && ledger.applying().header.elsewhere) return Done{};
  if (wallet) owner = view(canonical(ledger.applying().database, member).bytes);
  return take_value(ledger, wallet ? Account::wallet : Account::gift_card, owner, line.amount,
                    Account::value_issued,
                    {wallet ? "wallet.spent" : "gift-card.spent",
                     "Part of the top-up is already spent", "Refund at most what is left of it."});
}

Money expire_card(Ledger& ledger, std::string_view card, Money amount, Date as_of) {
  const auto lots =
      value_lots(ledger.applying().database, Account::gift_card, card, amount.currency);
  const Money lapsed = lapsed_on(lots, as_of, amount.currency);
  const Money taken{std::min(lapsed.minor, amount.minor), amount.currency};
  ledger.post(Account::gift_card, card, Money{-taken.minor, taken.currency});
  ledger.post(Account::value_expired, card, taken);
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

std::optional<GiftCardView> gift_card(Database& database, std::string_view card,
                                      std::optional<Date> day) {
  GiftCardView found;
  Currency currency;
  {
    auto row = database.query(read_card);
    row->bind_text(1, card);
    if (!row->step()) return std::nullopt;
    currency = currency_of(*row, 0);
    found.card = card;
    found.sold_on = day_at(*row, 1);
    found.state = row->integer(2) != 0 ? GiftCardState::blocked : GiftCardState::active;
    found.reason = row->text(3);
  }
  const auto lots = value_lots(database, Account::gift_card, card, currency);
  found.balance =
      day ? good_on(lots, *day, currency) : money_in(database, Account::gift_card, card, currency);
  found.lapsed = day ? lapsed_on(lots, *day, currency) : Money{0, currency};
  found.expires = last_day_on(lots, day.value_or(Date{}));
  return found;
}

std::vector<CardExpiry> cards_due(Database& database, Currency currency, Date day,
                                  std::optional<std::string_view> store) {
  std::vector<CardExpiry> found;
  for (const DueValue& each : due_value(database, Account::gift_card, currency, day))
    if (!store || is_of_store(database, each.owner, *store))
      found.push_back({each.owner, each.amount});
  return found;
}

}  // namespace keepsake::records
