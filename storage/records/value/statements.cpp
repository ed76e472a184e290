#include "storage/records/value/statements.hpp"

#include <algorithm>

#include "storage/domain/sale/gift_card_statement.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/records/value/accounts.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/value_lots.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_card{
    "statement.card",
    "INSERT INTO gift_card (card, store, fact, currency, sold_day, blocked, reason, changed_fact)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $3) ON CONFLICT (card) DO UPDATE SET"
    " currency = excluded.currency, sold_day = excluded.sold_day, blocked = excluded.blocked,"
    " reason = excluded.reason, changed_fact = excluded.changed_fact"};
constexpr Sql drop_money{"statement.money.drop", "DELETE FROM stated_money WHERE card = $1"};
constexpr Sql put_money{
    "statement.money.put",
    "INSERT INTO stated_money (card, n, currency, from_fact, amount_minor, expires_day, top_up)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"};
// What is known of the card so far, this statement's own posting among it.
constexpr Sql put_facts{"statement.facts",
                        "INSERT INTO stated_fact (card, fact) SELECT DISTINCT $1, fact FROM posting"
                        " WHERE kind IN (11, 12) AND kind = 12 AND owner = $2"
                        " ON CONFLICT (card, fact) DO NOTHING"};

void put(Applying& applying, const GiftCardStatement& statement) {
  auto row = applying.database.query(put_card);
  row->bind_text(1, statement.card);
  row->bind_text(2, applying.header.store);
  row->bind_blob(3, view(applying.id));
  row->bind_text(4, statement.currency.code());
  bind_day(*row, 5, statement.sold_on);
  row->bind(6, statement.state == GiftCardState::blocked ? 1 : 0);
  row->bind_text(7, statement.reason);
  row->step();
}

void put(Applying& applying, std::string_view card, const std::vector<StatedMoney>& money) {
  {
    auto row = applying.database.query(drop_money);
    row->bind_text(1, card);
    row->step();
  }
  std::int64_t n = 0;
  for (const StatedMoney& each : money) {
    auto row = applying.database.query(put_money);
    row->bind_text(1, card);
    row->bind(2, n++);
    row->bind_text(3, each.amount.currency.code());
    bind_id(*row, 4, each.from);
    row->bind(5, each.amount.minor);
    bind_day(*row, 6, each.expires);
    row->bind(7, each.top_up ? 1 : 0);
    row->step();
  }
  auto row = applying.database.query(put_facts);
  row->bind_text(1, card);
  row->bind_blob(2, card);
  row->step();
}

/// A card that thousands have filled up is stated by days.
std::vector<StatedMoney> within_limits(std::vector<StatedMoney> money) {
  if (money.size() <= limits::lots_per_gift_card) return money;
  std::vector<StatedMoney> by_day;
  for (const StatedMoney& each : money) {
    const auto same = std::ranges::find(by_day, each.expires, &StatedMoney::expires);
    if (same != by_day.end())
      same->amount.minor += each.amount.minor;
    else
      by_day.push_back(each);
  }
  return by_day;
}

}  // namespace

Result<Done> apply(Applying& applying, const GiftCardStatement& statement) {
  if (applying.header.id.terminal().value != 0)
    return Error{Failure::bad_input, "fact.of-head-office", "Head office alone says this",
                 "gift card stated", "Report it as a defect"};
  put(applying, statement);
  Money stated{0, statement.currency};
  for (const StatedMoney& each : statement.money) stated.minor += each.amount.minor;
  const Money here =
      money_in(applying.database, Account::gift_card, statement.card, statement.currency);
  const Money change{stated.minor - here.minor, statement.currency};
  Ledger ledger(applying);
  ledger.post(Account::gift_card, statement.card, change);
  ledger.post(change.minor > 0 ? Account::value_issued : Account::spent, statement.card,
              Money{-change.minor, change.currency});
  put(applying, statement.card, statement.money);
  ledger.close();
  settle_value_lots(applying.database, Account::gift_card, statement.card, statement.currency);
  return Done{};
}

std::optional<GiftCardStatement> statement_of(Database& database, std::string_view card,
                                              LocalTime at) {
  const auto known = gift_card(database, card, std::nullopt);
  if (!known || known->balance.currency == Currency{}) return std::nullopt;  // blocked, never sold
  GiftCardStatement statement;
  statement.at = at;
  statement.card = card;
  statement.currency = known->balance.currency;
  statement.money = within_limits(money_on(database, card, statement.currency));
  statement.sold_on = known->sold_on;
  statement.state = known->state;
  statement.reason = known->reason;
  return statement;
}

}  // namespace keepsake::records
