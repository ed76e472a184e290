#include "storage/records/value/lots.hpp"

#include <algorithm>
#include <cassert>

namespace keepsake::records {

namespace {

constexpr Sql put_lot{"lot.put",
                      "INSERT INTO lot (fact, n, store, customer, issued, remaining, earned_day,"
                      " expires_day, spendable_day)"
                      " VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)"};
constexpr Sql take_whole{
    "lot.take",
    "UPDATE lot SET remaining = remaining - $3 WHERE fact = $1 AND n = $2 AND remaining >= $3"
    " RETURNING customer"};
constexpr Sql add_to_lot{"lot.add",
                         "UPDATE lot SET remaining = remaining + $3 WHERE fact = $1 AND n = $2"};
constexpr Sql read_lot{"lot.read",
                       "SELECT fact, n, issued, remaining, earned_day, expires_day, spendable_day,"
                       " customer"
                       " FROM lot WHERE fact = $1 AND n = $2"};
constexpr Sql of_customer{
    "lot.of-customer",
    "SELECT fact, n, issued, remaining, earned_day, expires_day, spendable_day"
    " FROM lot WHERE customer = $1 AND remaining > 0 ORDER BY fact, n"};
constexpr Sql of_fact{
    "lot.of-fact", "SELECT issued, expires_day, spendable_day FROM lot WHERE fact = $1 ORDER BY n"};

LotId lot_id(const Query& row) {
  return {fact_id(row, 0), static_cast<std::uint32_t>(row.integer(1))};
}

loyalty::Lot lot_at(const Query& row) {
  return {to_text(lot_id(row)), {row.integer(2)},
          {row.integer(3)},     from_days(static_cast<std::int32_t>(row.integer(4))),
          day_at(row, 5),       day_at(row, 6)};
}

struct Left {
  std::int64_t issued = 0;
  std::int64_t remaining = 0;
  Bytes16 customer{};
};

std::optional<Left> left_in(Database& database, const LotId& id) {
  auto row = database.query(read_lot);
  bind_id(*row, 1, id.fact);
  row->bind(2, id.n);
  if (!row->step()) return std::nullopt;
  return Left{row->integer(2), row->integer(3), bytes16(*row, 7)};
}

void add(Database& database, const LotId& id, std::int64_t hundredths) {
  auto row = database.query(add_to_lot);
  bind_id(*row, 1, id.fact);
  row->bind(2, id.n);
  row->bind(3, hundredths);
  row->step();
}

}  // namespace

void issue_lots(Ledger& ledger, const CustomerRef& customer, const std::vector<IssuedLot>& lots,
                Date day) {
  Applying& applying = ledger.applying();
  for (std::uint32_t n = 0; n < lots.size(); ++n) {
    {
      auto row = applying.database.query(put_lot);
      row->bind_blob(1, view(applying.id));
      row->bind(2, n);
      row->bind_text(3, applying.header.store);
      row->bind_blob(4, view(customer.bytes));
      row->bind(5, lots[n].points.hundredths);
      row->bind(6, to_days(day));
      bind_day(*row, 7, lots[n].expires);
      bind_day(*row, 8, lots[n].spendable_from);
      row->step();
    }
    ledger.post(Account::customer, view(customer.bytes), lots[n].points,
                LotId{applying.header.id, n});
  }
}

namespace {

struct Taken {
  Points points;
  Bytes16 owner{};
};

/// Posted to whom the lot belongs.
Taken take(Ledger& ledger, const LotPoints& use) {
  Database& database = ledger.applying().database;
  {
    auto row = database.query(take_whole);
    bind_id(*row, 1, use.lot.fact);
    row->bind(2, use.lot.n);
    row->bind(3, use.points.hundredths);
    if (row->step()) {
      const Bytes16 owner = bytes16(*row, 0);
      row.reset();
      ledger.post(Account::customer, view(owner), Points{-use.points.hundredths}, use.lot);
      return {use.points, owner};
    }
  }
  // Two terminals without a line have spent the same lot. The first takes all it asks for; the
  // second gets what is left, and the caller lets the programme bear the rest.
  const auto left = left_in(database, use.lot);
  if (!left || left->remaining == 0) return {};
  assert(left->remaining < use.points.hundredths);
  add(database, use.lot, -left->remaining);
  ledger.post(Account::customer, view(left->customer), Points{-left->remaining}, use.lot);
  return {{left->remaining}, left->customer};
}

}  // namespace

Points take_from_lot(Ledger& ledger, const CustomerRef& customer, const LotPoints& use) {
  const Taken taken = take(ledger, use);
  if (taken.points != Points{} && taken.owner != customer.bytes)
    ledger.pass(view(taken.owner), view(customer.bytes), taken.points);
  return taken.points;
}

Points expire_lot(Ledger& ledger, const LotPoints& use) {
  const Taken taken = take(ledger, use);
  ledger.post(Account::expired, view(taken.owner), taken.points, use.lot);
  return taken.points;
}

Points put_back(Ledger& ledger, const CustomerRef& customer, const LotPoints& use) {
  Database& database = ledger.applying().database;
  const auto left = left_in(database, use.lot);
  if (!left) return {};
  const std::int64_t room = std::min(use.points.hundredths, left->issued - left->remaining);
  if (room == 0) return {};
  assert(left->remaining + room <= left->issued);
  add(database, use.lot, room);
  ledger.post(Account::customer, view(left->customer), Points{room}, use.lot);
  if (left->customer != customer.bytes)
    ledger.pass(view(customer.bytes), view(left->customer), Points{room});
  return {room};
}

Points take_from_any(Ledger& ledger, const CustomerRef& customer, Points points) {
  Database& database = ledger.applying().database;
  std::vector<LotPoints> uses;
  std::int64_t need = points.hundredths;
  {
    auto row = database.query(of_customer);
    row->bind_blob(1, view(customer.bytes));
    while (need > 0 && row->step()) {
      const std::int64_t part = std::min(need, row->integer(3));
      assert(part > 0);
      uses.push_back({lot_id(*row), {part}});
      need -= part;
    }
  }
  for (const LotPoints& use : uses) add(database, use.lot, -use.points.hundredths);
  assert(need >= 0 || points.hundredths < 0);
  const Points taken{points.hundredths - need};
  ledger.post(Account::customer, view(customer.bytes), Points{-taken.hundredths});
  return taken;
}

void pay_out_of_lots(Ledger& ledger, const CustomerRef& customer, Points owed, Date day) {
  if (owed == Points{}) return;
  auto lots = lots_of(ledger.applying().database, customer);
  const auto good = loyalty::balance(lots, day);
  if (!good) return;
  const auto uses = loyalty::consume(lots, std::min(owed, *good), day, loyalty::LotChoice::all);
  if (!uses) return;
  Points paid;
  for (const loyalty::LotUse& use : *uses)
    if (const auto lot = parse_lot_id(use.lot))
      paid.hundredths += take_from_lot(ledger, customer, {*lot, use.points}).hundredths;
  assert(paid <= owed);
  ledger.post(Account::debt, view(customer.bytes), paid);
}

std::vector<loyalty::Lot> lots_of(Database& database, const CustomerRef& customer) {
  std::vector<loyalty::Lot> found;
  auto row = database.query(of_customer);
  row->bind_blob(1, view(customer.bytes));
  while (row->step()) found.push_back(lot_at(*row));
  return found;
}

std::optional<loyalty::Lot> lot(Database& database, const LotId& id) {
  auto row = database.query(read_lot);
  bind_id(*row, 1, id.fact);
  row->bind(2, id.n);
  if (!row->step()) return std::nullopt;
  return lot_at(*row);
}

std::vector<IssuedLot> lots_issued_by(Database& database, FactId fact) {
  std::vector<IssuedLot> found;
  auto row = database.query(of_fact);
  bind_id(*row, 1, fact);
  while (row->step()) found.push_back({{row->integer(0)}, day_at(*row, 1), day_at(*row, 2)});
  return found;
}

}  // namespace keepsake::records
