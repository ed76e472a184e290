#include "kiosk/flow/figure.hpp"

#include <algorithm>

#include "kiosk/flow/shared/timing.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/values/ascii.hpp"

namespace keepsake::flow {
namespace {

/// Shorter codes are nobody's.
constexpr std::size_t shortest_code = 3;

void doubt(Turn& turn, const std::string& entry, std::string_view why) {
  turn.s.visit.doubt = Doubt{entry, turn.now.at};
  turn.remark(why, turn.kept());
}

/// What was typed if it cannot be meant as a figure: too fast for a person, or with letters.
std::string code_in(const Visit& visit, const Submit& how) {
  if (how.hand == Hand::finger) return {};
  // A scanner that faltered has the whole in the field; its check digit says so.
  if (!how.burst.empty()) return Gtin::from_label(visit.keyed).ok() ? visit.keyed : how.burst;
  const bool figure =
      std::ranges::all_of(visit.keyed, [](char c) { return is_digit(c) || c == '.' || c == ','; });
  return figure ? std::string() : visit.keyed;
}

void look_up(Turn& turn, FigureCheck check) {
  if (!scannable(check.text)) return turn.remark("figure.code", turn.kept());
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", turn.kept());
  if (turn.ask(ResolveScan{check.text})) turn.s.visit.checking = std::move(check);
}

/// Of notes and large coins; 0 for a currency that is not listed.
std::int64_t largest_note(Currency currency) {
  const auto& notes = notes_of(currency);
  return notes.empty() ? 0 : notes.back();
}

/// Where notes are not known: a hundred major units are as good as any.
std::int64_t some_note(Currency currency) {
  const std::int64_t note = largest_note(currency);
  return note > 0 ? note : 100 * currency.minor_per_major();
}

}  // namespace

bool counts(Turn& turn, const Submit& how, std::string& entry, bool much, Codes codes) {
  const std::string code = code_in(turn.s.visit, how);
  if (!code.empty()) {
    entry.clear();
    if (codes == Codes::none)
      turn.remark("figure.code", turn.kept());
    else
      look_up(turn, {code, FigureCheck::As::code});
    return false;
  }
  if (turn.doubted && turn.doubted->entry == entry) return true;
  const bool may_be_code = how.hand == Hand::keyboard && entry.size() >= shortest_code &&
                           is_all_digits(entry) && codes == Codes::looked_up;
  if (may_be_code) {
    look_up(turn, {entry, FigureCheck::As::figure, much});
    return false;
  }
  if (much) doubt(turn, entry, "figure.much");
  return !much;
}

Checked checked(Turn& turn, const ScanResolved& answer) {
  auto& checking = turn.s.visit.checking;
  if (!checking || checking->text != answer.text) return Checked::not_it;
  const FigureCheck check = *std::exchange(checking, std::nullopt);
  const bool known =
      !answer.scanned.ok() || !std::holds_alternative<std::monostate>(*answer.scanned);
  if (check.as == FigureCheck::As::code) {
    if (known) return Checked::is_scan;
    turn.remark("figure.code", turn.kept());
    return Checked::said;
  }
  const Editing field = editing(turn.s.visit.screen);
  if (field.text == nullptr || *field.text != check.text) return Checked::said;  // typed on since
  if (!known) return Checked::is_figure;
  if (check.much) {
    field.text->clear();
    return Checked::is_scan;
  }
  doubt(turn, check.text, "figure.is-code");
  return Checked::said;
}

bool is_much_cash(Money entered, Money due) {
  const std::int64_t note = largest_note(entered.currency);
  return entered.minor > (note > 0 ? due.minor + note : 10 * due.minor);
}

bool is_much(Quantity quantity, SoldBy sold_by) {
  return quantity.thousandths > (sold_by == SoldBy::weight ? 100'000 : 99'000);
}

bool is_much_paid_in(Money entered) { return entered.minor > 10 * some_note(entered.currency); }

bool is_much_counted(Money entered, Money expected) {
  return entered.minor > std::max(20 * some_note(entered.currency), 10 * expected.minor);
}

}  // namespace keepsake::flow
