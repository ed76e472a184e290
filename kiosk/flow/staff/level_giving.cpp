#include "kiosk/flow/staff/level_giving.hpp"

#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::flow {

namespace {

/// What is typed next: the last day as eight digits, then the reason.
void go_on_giving(Turn& turn, FieldEntry& entry, LevelGiving::Step step) {
  entry.giving.step = step;
  entry.entry.clear();
  entry.keys = step == LevelGiving::Step::day ? Field::day : Field::value;
  turn.s.visit.keys = KeyPage::letters;
}

}  // namespace

void pick_level(Turn& turn, FieldEntry& entry, const std::string& level) {
  if (entry.giving.step != LevelGiving::Step::level) return;
  entry.giving.level = level;
  go_on_giving(turn, entry, level.empty() ? LevelGiving::Step::reason : LevelGiving::Step::day);
}

void submit_level(Turn& turn, CustomerPage& page) {
  FieldEntry& entry = *page.editing;
  if (entry.giving.step == LevelGiving::Step::level) return;  // it is picked
  if (entry.giving.step == LevelGiving::Step::reason) {
    if (tidied(entry.entry).empty()) return turn.refuse("text.missing", Kept::form);
    turn.ask(GiveLevel{page.customer, entry.giving.level, entry.giving.until, tidied(entry.entry)});
    return;
  }
  entry.giving.until.reset();
  if (!entry.entry.empty()) {
    const auto day = parse_date(value_of(entry));
    if (!day.ok() || *day < turn.now.date()) return turn.refuse("level.until", Kept::form);
    entry.giving.until = *day;
  }
  go_on_giving(turn, entry, LevelGiving::Step::reason);
}

}  // namespace keepsake::flow
