#include "storage/records/customers/merge_balances.hpp"

#include <algorithm>
#include <cassert>

#include "storage/records/core/people.hpp"
#include "storage/records/value/accounts.hpp"
#include "storage/records/value/lots.hpp"

namespace keepsake::records {

namespace {

// Lots are told by who is named in the fact that issued them, whoever owns them meanwhile.
constexpr Sql lots_named{
    "handover.lots",
    "SELECT l.fact, l.n, l.remaining FROM (SELECT id FROM purchase WHERE customer = $1"
    " UNION ALL SELECT id FROM goods_return WHERE customer = $1"
    " UNION ALL SELECT id FROM loyalty_event WHERE customer = $1) f"
    " JOIN lot l ON l.fact = f.id WHERE l.customer = $2 ORDER BY l.fact, l.n"};
constexpr Sql give_lot{"handover.give-lot",
                       "UPDATE lot SET customer = $3 WHERE fact = $1 AND n = $2"};
constexpr Sql money_of{"handover.money",
                       "SELECT unit, amount FROM account WHERE kind = $2 AND owner = $1"
                       " AND amount <> 0 AND unit <> 'points' ORDER BY unit"};
constexpr Sql posted{"handover.posted",
                     "SELECT kind, unit, -amount FROM posting WHERE fact = $1 AND owner = $2"
                     " AND kind IN (6, 11) ORDER BY n"};

// What a merge took out of lots to settle a debt.
constexpr Sql settled{"handover.settled",
                      "SELECT lot_fact, lot_n, -amount FROM posting WHERE fact = $1 AND owner = $2"
                      " AND kind = 1 AND amount < 0 AND lot_fact IS NOT NULL ORDER BY n"};

struct NamedLot {
  LotId id;
  Points remaining;
};

std::vector<NamedLot> named_by(Database& database, const CustomerRef& named,
                               const CustomerRef& owner) {
  std::vector<NamedLot> lots;
  auto row = database.query(lots_named);
  row->bind_blob(1, view(named.bytes));
  row->bind_blob(2, view(owner.bytes));
  while (row->step())
    lots.push_back(
        {{fact_id(*row, 0), static_cast<std::uint32_t>(row->integer(1))}, {row->integer(2)}});
  return lots;
}

/// The lots that facts naming `person`'s references issued.
Points move_lots(Ledger& ledger, const CustomerRef& person, const CustomerRef& from,
                 const CustomerRef& to) {
  Database& database = ledger.applying().database;
  Points moved;
  for (const CustomerRef& each : references_of(database, person)) {
    for (const NamedLot& lot : named_by(database, each, from)) {
      auto row = database.query(give_lot);
      bind_id(*row, 1, lot.id.fact);
      row->bind(2, lot.id.n);
      row->bind_blob(3, view(to.bytes));
      row->step();
      if (lot.remaining == Points{}) continue;
      ledger.post(Account::customer, view(from.bytes), Points{-lot.remaining.hundredths}, lot.id);
      ledger.post(Account::customer, view(to.bytes), lot.remaining, lot.id);
      ledger.pass(view(from.bytes), view(to.bytes), lot.remaining);
      moved.hundredths += lot.remaining.hundredths;
    }
  }
  return moved;
}

void move_debt(Ledger& ledger, const CustomerRef& from, const CustomerRef& to, Points debt) {
  if (debt == Points{}) return;
  ledger.post(Account::debt, view(from.bytes), Points{-debt.hundredths});
  ledger.post(Account::debt, view(to.bytes), debt);
  ledger.pass(view(from.bytes), view(to.bytes), debt);
}

/// Undoes it, as far as the lots have room; the answer is what is owed again.
Points owe_again(Ledger& ledger, const FactId& merge, const CustomerRef& kept) {
  std::vector<LotPoints> taken;
  {
    auto row = ledger.applying().database.query(settled);
    bind_id(*row, 1, merge);
    row->bind_blob(2, view(kept.bytes));
    while (row->step())
      taken.push_back(
          {{fact_id(*row, 0), static_cast<std::uint32_t>(row->integer(1))}, {row->integer(2)}});
  }
  Points back;
  for (const LotPoints& each : taken) back.hundredths += put_back(ledger, kept, each).hundredths;
  ledger.post(Account::debt, view(kept.bytes), Points{-back.hundredths});
  return back;
}

/// Of wallets, and of what they owe.
void move_money(Ledger& ledger, Account account, const CustomerRef& from, const CustomerRef& to,
                Money amount) {
  if (amount.minor == 0) return;
  ledger.post(account, view(from.bytes), Money{-amount.minor, amount.currency});
  ledger.post(account, view(to.bytes), amount);
  ledger.pass(view(from.bytes), view(to.bytes), amount);
}

std::vector<Money> money_in_all(Database& database, Account account, const CustomerRef& customer) {
  std::vector<Money> found;
  auto row = database.query(money_of);
  row->bind_blob(1, view(customer.bytes));
  row->bind(2, static_cast<std::int64_t>(account));
  while (row->step()) found.push_back({row->integer(1), currency_of(*row, 0)});
  return found;
}

}  // namespace

Points hand_over(Applying& applying, const CustomerRef& merged, const CustomerRef& kept) {
  Ledger ledger(applying);
  assert(merged != kept);
  const Points moved = move_lots(ledger, merged, merged, kept);
  const Points debt = points_in(applying.database, Account::debt, view(merged.bytes));
  const Points owed = points_in(applying.database, Account::debt, view(kept.bytes));
  move_debt(ledger, merged, kept, debt);
  pay_out_of_lots(ledger, kept, Points{-debt.hundredths - owed.hundredths},
                  LocalTime{applying.header.id.time().instant(), 0}.date());
  // What a wallet owes stands beside what is in the other one until money comes in.
  for (const Account account : {Account::debt, Account::wallet})
    for (const Money& amount : money_in_all(applying.database, account, merged))
      move_money(ledger, account, merged, kept, amount);
  ledger.close();
  return moved;
}

void hand_back(Applying& applying, const FactId& merge, const CustomerRef& kept,
               const CustomerRef& merged) {
  Points debt;
  std::vector<Money> went, owed_money;
  {
    auto row = applying.database.query(posted);
    bind_id(*row, 1, merge);
    row->bind_blob(2, view(merged.bytes));
    while (row->step()) {
      const bool owes = row->integer(0) == static_cast<std::int64_t>(Account::debt);
      if (owes && row->text(1) == "points")
        debt.hundredths += row->integer(2);
      else
        (owes ? owed_money : went).push_back({row->integer(2), currency_of(*row, 1)});
    }
  }
  assert(merged != kept);
  Ledger ledger(applying);
  const Points again = owe_again(ledger, merge, kept);
  // Lots go back by whose they were; debt and wallets were poured together, and of what went over
  // only so much can come out again as is there.
  move_lots(ledger, merged, kept, merged);
  // Debt is at most zero: of what went over, what is still owed.
  const Points owed{points_in(applying.database, Account::debt, view(kept.bytes)).hundredths -
                    again.hundredths};
  move_debt(ledger, kept, merged, std::max(debt, owed));
  for (const Money& each : owed_money) {
    const Money still = money_in(applying.database, Account::debt, view(kept.bytes), each.currency);
    move_money(ledger, Account::debt, kept, merged,
               {std::max(each.minor, still.minor), each.currency});
  }
  for (const Money& each : went) {
    const Money there =
        money_in(applying.database, Account::wallet, view(kept.bytes), each.currency);
    const Money back{std::min(each.minor, there.minor), each.currency};
    assert(back.minor <= each.minor);
    move_money(ledger, Account::wallet, kept, merged, back);
    if (back.minor < each.minor)
      applying.note("merge.shortfall", "Of " + to_decimal(each) +
                                           " that go back with the customer's wallet, " +
                                           to_decimal(back) + " were left");
  }
  ledger.close();
}

}  // namespace keepsake::records
