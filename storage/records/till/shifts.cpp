#include "storage/records/till/shifts.hpp"

#include <algorithm>

#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/tender.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_shift{
    "shift.open",
    "INSERT INTO shift (id, store, terminal, staff, at_ms, offset_minutes, currency, float_minor)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql open_ones{"shift.open-ones",
                        "SELECT id, staff, at_ms, offset_minutes, currency, float_minor, purchases,"
                        " cash_taken_minor, cash_returned_minor, cash_paid_out_minor, terminal"
                        " FROM shift WHERE store = $1 AND closed_fact IS NULL ORDER BY id DESC"};
constexpr Sql read_expected{"shift.expected",
                            "SELECT float_minor + cash_taken_minor - cash_returned_minor"
                            " - cash_paid_out_minor FROM shift"
                            " WHERE id = $1 AND closed_fact IS NULL"};
constexpr Sql close_shift{
    "shift.close",
    "UPDATE shift SET closed_fact = $2, closed_staff = $3, closed_ms = $4,"
    " closed_offset_minutes = $5, expected_minor = $6, counted_minor = $7 WHERE id = $1"};
constexpr Sql add_purchase{"shift.add-purchase",
                           "UPDATE shift SET purchases = purchases + 1,"
                           " cash_taken_minor = cash_taken_minor + $2"
                           " WHERE id = $1 AND closed_fact IS NULL RETURNING 1"};
constexpr Sql add_return{"shift.add-return",
                         "UPDATE shift SET cash_returned_minor = cash_returned_minor + $2"
                         " WHERE id = $1 AND closed_fact IS NULL RETURNING 1"};
constexpr Sql add_paid_out{"shift.add-paid-out",
                           "UPDATE shift SET cash_paid_out_minor = cash_paid_out_minor + $2"
                           " WHERE id = $1 AND closed_fact IS NULL RETURNING 1"};
std::int64_t cash_in(const std::vector<Tender>& tenders) {
  std::int64_t cash = 0;
  for (const Tender& tender : tenders)
    if (tender.kind == TenderKind::cash) cash += tender.amount.minor;
  return cash;
}

Result<Done> not_open(Applying& applying) {
  return applying.contradict("shift.not-open", "The shift is not open", "Open a shift first.");
}

Result<Done> count(Applying& applying, const Sql& sql, const std::optional<FactId>& shift,
                   std::int64_t cash_minor) {
  if (!shift) return Done{};
  auto row = applying.database.query(sql);
  bind_id(*row, 1, *shift);
  row->bind(2, cash_minor);
  const bool counted = row->step();
  while (row->step()) {
  }
  if (!counted) return not_open(applying);
  return Done{};
}

}  // namespace

Result<Done> apply(Applying& applying, const ShiftOpening& opening) {
  // A till keeps its shift when enrolment gives it a new number; every till has a drawer of its own.
  std::vector<TerminalNumber> till(applying.header.former.begin(), applying.header.former.end());
  till.push_back(applying.header.id.terminal());
  const bool another = open_shift(applying.database, applying.header.store, till).has_value();
  if (another)
    if (auto ok = applying.contradict("shift.already-open", "A shift is already open",
                                      "Close it before opening another.");
        !ok)
      return ok;
  auto row = applying.database.query(put_shift);
  row->bind_blob(1, view(applying.id));
  row->bind_text(2, applying.header.store);
  row->bind(3, applying.header.id.terminal().value);
  row->bind_text(4, opening.staff);
  bind_time(*row, 5, opening.at);
  row->bind_text(7, opening.cash_float.currency.code());
  row->bind(8, opening.cash_float.minor);
  row->step();
  return Done{};
}

Result<Done> apply(Applying& applying, const ShiftClosing& closing) {
  std::optional<std::int64_t> expected;
  {
    auto row = applying.database.query(read_expected);
    bind_id(*row, 1, closing.shift);
    if (row->step()) expected = row->integer(0);
  }
  if (!expected) return not_open(applying);
  if (*expected != closing.expected.minor)
    if (auto ok = applying.contradict("shift.expected",
                                      "The expected cash does not match the shift's sales",
                                      "Check the shift and close it again.");
        !ok)
      return ok;
  auto row = applying.database.query(close_shift);
  bind_id(*row, 1, closing.shift);
  row->bind_blob(2, view(applying.id));
  row->bind_text(3, closing.staff);
  bind_time(*row, 4, closing.at);
  row->bind(6, closing.expected.minor);
  row->bind(7, closing.counted.minor);
  row->step();
  return Done{};
}

Result<Done> count_purchase(Applying& applying, const std::optional<FactId>& shift,
                            const std::vector<Tender>& tenders) {
  return count(applying, add_purchase, shift, cash_in(tenders));
}

Result<Done> count_return(Applying& applying, const std::optional<FactId>& shift,
                          const std::vector<Tender>& tenders) {
  return count(applying, add_return, shift, cash_in(tenders));
}

Result<Done> count_paid_out(Applying& applying, const std::optional<FactId>& shift, Money cash) {
  if (cash.minor == 0) return Done{};
  return count(applying, add_paid_out, shift, cash.minor);
}

std::optional<ShiftView> open_shift(Database& database, std::string_view store,
                                    std::span<const TerminalNumber> till) {
  auto row = database.query(open_ones);
  row->bind_text(1, store);
  while (row->step()) {
    const TerminalNumber whose{static_cast<std::uint32_t>(row->integer(10))};
    if (std::ranges::find(till, whose) == till.end()) continue;
    const Currency currency = currency_of(*row, 4);
    ShiftView shift;
    shift.id = fact_id(*row, 0);
    shift.opening = {local_time(*row, 2), std::string(row->text(1)), {row->integer(5), currency}};
    shift.purchases = row->integer(6);
    shift.cash_taken = {row->integer(7), currency};
    shift.cash_returned = {row->integer(8), currency};
    shift.cash_paid_out = {row->integer(9), currency};
    shift.expected = {row->integer(5) + row->integer(7) - row->integer(8) - row->integer(9),
                      currency};
    return shift;
  }
  return std::nullopt;
}

}  // namespace keepsake::records
