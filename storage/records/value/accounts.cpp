#include "storage/records/value/accounts.hpp"

#include <algorithm>
#include <cassert>

#include "storage/records/value/value_lots.hpp"

namespace keepsake::records {

namespace {

constexpr std::string_view points_unit = "points";

constexpr Sql put_posting{
    "posting.put",
    "INSERT INTO posting (fact, n, store, unit, kind, owner, amount, lot_fact, lot_n)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Sql next_n{"posting.next", "SELECT coalesce(max(n) + 1, 0) FROM posting WHERE fact = $1"};
constexpr Sql move_account{"account.move",
                           "INSERT INTO account (unit, kind, owner, amount) VALUES ($1, $2, $3, $4)"
                           " ON CONFLICT (unit, kind, owner) DO UPDATE SET amount = "
                           "account.amount + excluded.amount"};
// An upsert checks the row it would insert before it finds the conflict, so taking from an account
// that is kept from falling below zero is an update.
constexpr Sql take_from_account{
    "account.take",
    "UPDATE account SET amount = amount + $4 WHERE unit = $1 AND kind = $2 AND owner = $3"};
constexpr Sql read_account{
    "account.read", "SELECT amount FROM account WHERE unit = $1 AND kind = $2 AND owner = $3"};

bool kept_from_zero(Account account, std::int64_t amount) {
  switch (account) {
    case Account::customer:
    case Account::wallet:
    case Account::gift_card:
      return amount < 0;
    case Account::debt:
      return amount > 0;
    default:
      return false;
  }
}

std::int64_t amount_in(Database& database, std::string_view unit, Account account,
                       std::string_view owner) {
  auto row = database.query(read_account);
  row->bind_text(1, unit);
  row->bind(2, static_cast<std::int64_t>(account));
  row->bind_blob(3, owner);
  return row->step() ? row->integer(0) : 0;
}

/// Another store's run of expiry comes once for each customer who is known here.
std::int64_t first_n(Applying& applying) {
  if (!applying.header.elsewhere) return 0;
  auto row = applying.database.query(next_n);
  row->bind_blob(1, view(applying.id));
  return row->step() ? row->integer(0) : 0;
}

}  // namespace

Ledger::Ledger(Applying& applying) : applying_(applying), n_(first_n(applying)) {}

void Ledger::post(Account account, std::string_view owner, Points points,
                  std::optional<LotId> lot) {
  put(points_unit, account, owner, points.hundredths, lot);
}

void Ledger::post(Account account, std::string_view owner, Money money) {
  put(money.currency.code(), account, owner, money.minor, std::nullopt);
}

void Ledger::put(std::string_view unit, Account account, std::string_view owner,
                 std::int64_t amount, const std::optional<LotId>& lot) {
  if (amount == 0) return;
  assert(!unit.empty());
  assert(!lot || unit == points_unit);  // money has no lots
  auto row = applying_.database.query(put_posting);
  row->bind_blob(1, view(applying_.id));
  row->bind(2, n_++);
  row->bind_text(3, applying_.header.store);
  row->bind_text(4, unit);
  row->bind(5, static_cast<std::int64_t>(account));
  row->bind_blob(6, owner);
  row->bind(7, amount);
  if (lot) {
    bind_id(*row, 8, lot->fact);
    row->bind(9, lot->n);
  } else {
    row->bind_null(8);
    row->bind_null(9);
  }
  row->step();
  const auto same = std::find_if(movements_.begin(), movements_.end(), [&](const Movement& m) {
    return m.account == account && m.owner == owner && m.unit == unit;
  });
  if (same != movements_.end())
    same->amount += amount;
  else
    movements_.push_back({std::string(unit), account, std::string(owner), amount});
}

void Ledger::pass(std::string_view from, std::string_view to, Points points) {
  passed_[{std::string(points_unit), std::string(from)}] += points.hundredths;
  passed_[{std::string(points_unit), std::string(to)}] -= points.hundredths;
}

void Ledger::pass(std::string_view from, std::string_view to, Money money) {
  passed_[{std::string(money.currency.code()), std::string(from)}] += money.minor;
  passed_[{std::string(money.currency.code()), std::string(to)}] -= money.minor;
}

/// After all others, in the order of unit and owner: as the migration of older books has them.
void Ledger::put_passed() {
  for (const auto& [whose, amount] : passed_) {
    const auto& [unit, owner] = whose;
    put(unit, unit == points_unit ? Account::moved : Account::value_moved, owner, amount,
        std::nullopt);
  }
  passed_.clear();
}

bool Ledger::balances() const {
  return std::ranges::all_of(movements_, [&](const Movement& movement) {
    std::int64_t sum = 0;
    for (const Movement& other : movements_)
      if (other.unit == movement.unit && other.owner == movement.owner) sum += other.amount;
    return sum == 0;
  });
}

// Accounts are moved once, at the end, by the sum of what was posted: within one fact an account
// may pass below zero and come back, which the table's own check would refuse half-way.
void Ledger::move(const Movement& movement) {
  assert(!movement.unit.empty());
  if (movement.amount == 0) return;
  const bool taking = kept_from_zero(movement.account, movement.amount);
  auto row = applying_.database.query(taking ? take_from_account : move_account);
  row->bind_text(1, movement.unit);
  row->bind(2, static_cast<std::int64_t>(movement.account));
  row->bind_blob(3, movement.owner);
  row->bind(4, movement.amount);
  row->step();
}

void Ledger::close() {
  put_passed();
  assert(balances());
  for (const Movement& movement : movements_) move(movement);
  // After all accounts: of a merge, one side's lots follow from the other's.
  for (const Movement& movement : movements_)
    if (movement.account == Account::wallet || movement.account == Account::gift_card)
      settle_value_lots(applying_.database, movement.account, movement.owner,
                        *Currency::parse(movement.unit));
  movements_.clear();
}

Money Ledger::held(Account account, std::string_view owner, Currency currency) {
  Money sum = money_in(applying_.database, account, owner, currency);
  for (const Movement& movement : movements_)
    if (movement.account == account && movement.owner == owner && movement.unit == currency.code())
      sum.minor += movement.amount;
  return sum;
}

Points points_in(Database& database, Account account, std::string_view owner) {
  return {amount_in(database, points_unit, account, owner)};
}

Money money_in(Database& database, Account account, std::string_view owner, Currency currency) {
  return {amount_in(database, currency.code(), account, owner), currency};
}

}  // namespace keepsake::records
