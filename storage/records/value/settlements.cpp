#include "storage/records/value/settlements.hpp"

#include <algorithm>
#include <cassert>

#include "storage/records/core/people.hpp"
#include "storage/records/value/lots.hpp"

namespace keepsake::records {

namespace {

constexpr std::string_view points_unit = "points";

constexpr Sql put_shortfall{
    "shortfall.put",
    "INSERT INTO shortfall (fact, n, store, code, unit, kind, owner, amount)"
    " SELECT $1, coalesce(max(n) + 1, 0), $2, $3, $4, $5, $6, $7 FROM shortfall WHERE fact = $1"};
constexpr Sql lacking_of{"shortfall.of",
                         "SELECT owner, amount FROM shortfall WHERE fact = $1 AND store = $2"
                         " AND code = $3 AND unit = $4 AND kind = $5 ORDER BY n"};
constexpr Sql put_settlement{
    "settlement.put",
    "INSERT INTO settlement (store, fact, code, settled_by, decision, customer, unit, owed,"
    " reason, staff, at_ms, offset_minutes)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT (store, fact, code) DO NOTHING RETURNING 1"};
constexpr Sql debt_said{"settlement.debt",
                        "SELECT customer, unit, owed FROM settlement WHERE store = $1"
                        " AND fact = $2 AND code = $3 AND decision = 2"};

constexpr Sql points_lacked{"shortfall.points",
                            "SELECT store, sum(amount) FROM shortfall WHERE fact = $1"
                            " AND code = $2 AND unit = 'points' GROUP BY store"};
constexpr Sql debt_of_fact{"settlement.of-fact",
                           "SELECT settled_by, owed FROM settlement WHERE store = $1 AND fact = $2"
                           " AND code = $3 AND decision = 2 AND unit = 'points'"};
constexpr Sql paid_from{"settlement.paid-from",
                        "SELECT lot_fact, lot_n, -amount FROM posting WHERE fact = $1"
                        " AND kind = 1 AND amount < 0 AND lot_fact IS NOT NULL ORDER BY n"};
constexpr std::string_view of_points = "points.short";

struct Unit {
  std::string_view name;
  std::int64_t amount = 0;
};

Unit unit_of(const Lacking& owed) {
  if (const auto* points = std::get_if<Points>(&owed)) return {points_unit, points->hundredths};
  if (const auto* money = std::get_if<Money>(&owed)) return {money->currency.code(), money->minor};
  return {};
}

/// What the programme has borne so far is the customer's: what is there goes at once.
void owe(Ledger& ledger, const CustomerRef& customer, Points points) {
  const std::string_view owner = view(customer.bytes);
  ledger.post(Account::losses, owner, points);
  ledger.post(Account::debt, owner, Points{-points.hundredths});
  pay_out_of_lots(ledger, customer, points,
                  LocalTime{ledger.applying().header.id.time().instant(), 0}.date());
}

void owe(Ledger& ledger, const CustomerRef& customer, Money money) {
  const std::string_view owner = view(customer.bytes);
  const Money there = ledger.held(Account::wallet, owner, money.currency);
  const Money paid{std::clamp<std::int64_t>(there.minor, 0, money.minor), money.currency};
  ledger.post(Account::write_off, owner, money);
  ledger.post(Account::wallet, owner, Money{-paid.minor, money.currency});
  ledger.post(Account::debt, owner, Money{paid.minor - money.minor, money.currency});
}

/// In the ledger of whichever came second. `said`: of the settlement.
void owe_at_most(Ledger& ledger, const CustomerRef& named, std::string_view unit, std::int64_t said,
                 std::int64_t lacking) {
  Database& database = ledger.applying().database;
  const std::int64_t amount = std::min(said, lacking);
  if (amount <= 0 || !is_known(database, named) || is_erased(database, named)) return;
  const CustomerRef customer = canonical(database, named);
  if (unit == points_unit) return owe(ledger, customer, Points{amount});
  if (const auto currency = Currency::parse(unit)) owe(ledger, customer, Money{amount, *currency});
}

void put(Ledger& ledger, std::string_view code, Account account, std::string_view owner,
         std::string_view unit, std::int64_t amount) {
  assert(amount > 0);
  Applying& applying = ledger.applying();
  auto row = applying.database.query(put_shortfall);
  row->bind_blob(1, view(applying.id));
  row->bind_text(2, applying.header.store);
  row->bind_text(3, code);
  row->bind_text(4, unit);
  row->bind(5, static_cast<std::int64_t>(account));
  row->bind_blob(6, owner);
  row->bind(7, amount);
  row->step();
}

bool same_person(Database& database, std::string_view owner, const CustomerRef& customer) {
  const CustomerRef ref = customer_ref_of(owner);
  if (ref.nobody()) return false;
  return canonical(database, ref) == canonical(database, customer);
}

/// What the fact lacked of this person's, under this code.
std::int64_t lacked(Applying& applying, const ExceptionSettled& settled, std::string_view unit) {
  const Account account = unit == points_unit ? Account::customer : Account::wallet;
  std::vector<std::pair<std::string, std::int64_t>> found;
  {
    auto row = applying.database.query(lacking_of);
    bind_id(*row, 1, settled.exception.fact);
    row->bind_text(2, applying.header.store);
    row->bind_text(3, settled.exception.code);
    row->bind_text(4, unit);
    row->bind(5, static_cast<std::int64_t>(account));
    while (row->step()) found.emplace_back(row->blob(0), row->integer(1));
  }
  std::int64_t sum = 0;
  for (const auto& [owner, amount] : found)
    if (same_person(applying.database, owner, settled.customer)) sum += amount;
  return sum;
}

bool put_once(Applying& applying, const ExceptionSettled& settled, const Unit& unit) {
  auto row = applying.database.query(put_settlement);
  row->bind_text(1, applying.header.store);
  bind_id(*row, 2, settled.exception.fact);
  row->bind_text(3, settled.exception.code);
  row->bind_blob(4, view(applying.id));
  row->bind(5, static_cast<std::int64_t>(settled.decision));
  bind_customer(*row, 6, settled.customer);
  row->bind_text(7, unit.name);
  row->bind(8, unit.amount);
  row->bind_text(9, settled.reason);
  row->bind_text(10, settled.staff);
  bind_time(*row, 11, settled.at);
  bool fresh = false;
  while (row->step()) fresh = true;
  return fresh;
}

/// The settlement may have been here first: the fact was set aside, and is counted after all.
void meet_settlement(Ledger& ledger, std::string_view code, std::string_view owner,
                     std::string_view unit, std::int64_t lacking) {
  Applying& applying = ledger.applying();
  CustomerRef customer;
  std::int64_t said = 0;
  {
    auto row = applying.database.query(debt_said);
    row->bind_text(1, applying.header.store);
    row->bind_blob(2, view(applying.id));
    row->bind_text(3, code);
    if (!row->step() || row->text(1) != unit) return;
    customer = customer_ref(*row, 0);
    said = row->integer(2);
  }
  if (same_person(applying.database, owner, customer))
    owe_at_most(ledger, customer, unit, said, lacking);
}

}  // namespace

void note_lacking(Ledger& ledger, std::string_view code, Account account, std::string_view owner,
                  Points lacking) {
  put(ledger, code, account, owner, points_unit, lacking.hundredths);
  meet_settlement(ledger, code, owner, points_unit, lacking.hundredths);
}

void note_lacking(Ledger& ledger, std::string_view code, Account account, std::string_view owner,
                  Money lacking) {
  put(ledger, code, account, owner, lacking.currency.code(), lacking.minor);
  if (account == Account::wallet)
    meet_settlement(ledger, code, owner, lacking.currency.code(), lacking.minor);
}

Result<Done> apply(Applying& applying, const ExceptionSettled& settled) {
  const Unit unit = unit_of(settled.owed);
  if (!put_once(applying, settled, unit)) {
    // Two tills, or a till and head office, at once: nothing is contradicted, one of them was first.
    if (applying.contradiction == Contradiction::note) return Done{};
    return Error{Failure::refused, "exception.settled", "This is settled already",
                 to_text(settled.exception), "Nothing to do."};
  }
  if (settled.decision != Decision::debt) return Done{};
  Ledger ledger(applying);
  owe_at_most(ledger, settled.customer, unit.name, unit.amount,
              lacked(applying, settled, unit.name));
  ledger.close();
  return Done{};
}

namespace {

struct PointsLacked {
  std::string store;
  Points points;
};

/// What the purchase took and had not got.
std::optional<PointsLacked> points_lacked_by(Database& database, const FactId& purchase) {
  auto row = database.query(points_lacked);
  bind_id(*row, 1, purchase);
  row->bind_text(2, of_points);
  if (!row->step()) return std::nullopt;
  return PointsLacked{std::string(row->text(0)), {row->integer(1)}};
}

struct SaidDebt {
  FactId settled_by;
  Points owed;
};

std::optional<SaidDebt> debt_for(Database& database, std::string_view store,
                                 const FactId& purchase) {
  auto row = database.query(debt_of_fact);
  row->bind_text(1, store);
  bind_id(*row, 2, purchase);
  row->bind_text(3, of_points);
  if (!row->step()) return std::nullopt;
  return SaidDebt{fact_id(*row, 0), {row->integer(1)}};
}

/// What the settlement took out of lots goes back there, as far as there is room.
Points give_back(Ledger& ledger, const CustomerRef& customer, const FactId& settled_by,
                 Points most) {
  std::vector<LotPoints> taken;
  {
    auto row = ledger.applying().database.query(paid_from);
    bind_id(*row, 1, settled_by);
    while (row->step())
      taken.push_back(
          {{fact_id(*row, 0), static_cast<std::uint32_t>(row->integer(1))}, {row->integer(2)}});
  }
  Points back;
  for (const LotPoints& each : taken) {
    const Points part = std::min(each.points, Points{most.hundredths - back.hundredths});
    if (part.hundredths > 0)
      back.hundredths += put_back(ledger, customer, {each.lot, part}).hundredths;
  }
  return back;
}

}  // namespace

Points undo_shortfalls(Ledger& ledger, const CustomerRef& customer,
                       std::span<const FactId> purchases, Points points) {
  Database& database = ledger.applying().database;
  Points owed{-points_in(database, Account::debt, view(customer.bytes)).hundredths};
  Points undone;
  for (const FactId& purchase : purchases) {
    const auto lacked = points_lacked_by(database, purchase);
    if (!lacked) continue;
    const Points part = std::min(lacked->points, Points{points.hundredths - undone.hundredths});
    Points not_lost;  // of the programme: the customer bore it
    if (const auto said = debt_for(database, lacked->store, purchase)) {
      const Points theirs = std::min(part, said->owed);
      const Points released = std::min(theirs, owed);
      ledger.post(Account::debt, view(customer.bytes), released);
      owed.hundredths -= released.hundredths;
      const Points back = give_back(ledger, customer, said->settled_by,
                                    Points{theirs.hundredths - released.hundredths});
      not_lost.hundredths = released.hundredths + back.hundredths;
    }
    ledger.post(Account::losses, view(customer.bytes),
                Points{part.hundredths - not_lost.hundredths});
    undone.hundredths += part.hundredths;
  }
  assert(undone <= points);
  return undone;
}

Money wallet_debt(Database& database, const CustomerRef& customer, Currency currency) {
  return {-money_in(database, Account::debt, view(customer.bytes), currency).minor, currency};
}

void pay_wallet_debt(Ledger& ledger, const CustomerRef& customer, Money came) {
  const std::string_view owner = view(customer.bytes);
  const std::int64_t owed = -ledger.held(Account::debt, owner, came.currency).minor;
  const Money paid{std::clamp<std::int64_t>(owed, 0, std::max<std::int64_t>(came.minor, 0)),
                   came.currency};
  ledger.post(Account::wallet, owner, Money{-paid.minor, came.currency});
  ledger.post(Account::debt, owner, paid);
}

}  // namespace keepsake::records
