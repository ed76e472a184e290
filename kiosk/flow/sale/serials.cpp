// The serial number of what a line sells: typed or scanned, by its article's rule.
#include <cassert>

#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/warranty/handlers.hpp"

namespace keepsake::flow {
namespace {

void take_serial(Turn& turn, Sale& sale, SerialPane& pane, Plate plate) {
  assert(pane.line < turn.s.till.basket.lines.size());
  const std::size_t pieces = turn.s.till.basket.lines[pane.line].quantity > Quantity::pieces(1);
  const std::size_t line = pane.line + pieces;  // with_warranty splits one off behind the rest
  auto changed = with_warranty(turn.s.till.basket, pane.line, pane.serial, turn.now.date(),
                               statutory_of(turn.ctx), plate);
  if (!changed) return refuse_serial(turn, changed.error(), pane.refused, Kept::basket);
  Till next = turn.s.till;
  next.basket = *std::move(changed);
  if (!turn.accept(std::move(next))) return;
  sale.pane = Lines{};
  sale.touched = line;
  turn.play(Sound::good);
  const BasketLine& taken = turn.s.till.basket.lines[line];
  say_unproven(turn, taken.article, taken.warranty->serial, Kept::basket);
}

}  // namespace

void open_serial(Turn& turn, Sale& sale, std::size_t line) {
  const auto& lines = turn.s.till.basket.lines;
  if (line >= lines.size()) return;
  if (!takes_serial(lines[line].article, statutory_of(turn.ctx)))
    return turn.refuse("warranty.none", Kept::basket);
  const auto& had = lines[line].warranty;
  sale.pane = SerialPane{line, had ? had->serial_typed : std::string()};
}

void submit(Turn& turn, Sale& sale, SerialPane& pane) {
  take_serial(turn, sale, pane, Plate::by_rule);
}

void stands_so(Turn& turn, Sale& sale) {
  auto* pane = get_if<SerialPane>(&sale.pane);
  if (pane == nullptr || !pane->refused || !turn.s.visit.staff) return;
  if (!turn.s.visit.staff->manager) return turn.refuse("serial.managers", Kept::basket);
  take_serial(turn, sale, *pane, Plate::as_it_is);
}

}  // namespace keepsake::flow
