#include "storage/vault/pin_tries.hpp"

#include <algorithm>

namespace keepsake::pins {

namespace {

constexpr std::int64_t lock_ms = 60'000;
constexpr std::int64_t longest_lock_ms = 60 * lock_ms;
constexpr std::int64_t forgotten_ms = 24 * 60 * lock_ms;  // a day without a wrong one

constexpr Sql read_tries{"pin.tries",
                         "SELECT wrong, locks, locked_until_ms, last_ms FROM pin_try"
                         " WHERE source = $1"};
constexpr Sql put_tries{
    "pin.put-tries",
    "INSERT INTO pin_try (source, wrong, locks, locked_until_ms, last_ms)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (source) DO UPDATE SET wrong = excluded.wrong,"
    " locks = excluded.locks, locked_until_ms = excluded.locked_until_ms,"
    " last_ms = excluded.last_ms"};
// Numbers that anybody types must not fill the disk; by a clock set back nothing is forgotten.
constexpr Sql forget_old{"pin.forget-old",
                         "DELETE FROM pin_try WHERE last_ms < $1 AND locked_until_ms < $1"};

std::int64_t lock_after(std::int64_t locks) {
  return locks > 6 ? longest_lock_ms : std::min(lock_ms << locks, longest_lock_ms);
}

Error locked(std::int64_t ms_left) {
  return {Failure::refused, "pin.locked", "Too many wrong PINs",
          std::to_string((ms_left + 999) / 1000) + " s", "Wait a minute, then try again."};
}

}  // namespace

Try::Tries Try::so_far(Database& database, const std::string& source) {
  auto row = database.query(read_tries);
  row->bind_text(1, source);
  return row->step() ? Tries{row->integer(0), row->integer(1), row->integer(2), row->integer(3)}
                     : Tries{};
}

void Try::keep(Database& database, const std::string& source, const Tries& now) {
  auto row = database.query(put_tries);
  row->bind_text(1, source);
  row->bind(2, now.wrong);
  row->bind(3, now.locks);
  row->bind(4, now.locked_until_ms);
  row->bind(5, now.last_ms);
  row->step();
}

Try::Tries Try::more(Tries tries, int allowed, Instant now) {
  if (now.ms - tries.last_ms > forgotten_ms) tries.wrong = tries.locks = 0;
  tries.last_ms = now.ms;
  if (++tries.wrong < allowed) return tries;
  tries.wrong = 0;
  tries.locked_until_ms = now.ms + lock_after(tries.locks++);
  return tries;
}

Result<Try> Try::count(Database& database, const std::vector<Source>& sources, Instant now) {
  Try made(database, now);
  std::int64_t longest_left = 0;
  for (const Source& source : sources) {
    Tries before = so_far(database, source.name);
    // A clock that was set back must not lock anybody out for longer than the rule says.
    const std::int64_t longest = lock_after(std::max<std::int64_t>(before.locks - 1, 0));
    if (const std::int64_t left = std::min(before.locked_until_ms - now.ms, longest); left > 0) {
      before.locked_until_ms = now.ms + left;
      keep(database, source.name, before);
      longest_left = std::max(longest_left, left);
    }
    made.counted_.push_back({source, before, more(before, source.tries, now)});
  }
  if (longest_left > 0) return locked(longest_left);
  {
    auto row = database.query(forget_old);
    row->bind(1, now.ms - forgotten_ms);
    row->step();
  }
  for (const Counted& each : made.counted_) keep(database, each.source.name, each.after);
  return made;
}

void Try::give_back() {
  for (const Counted& each : counted_) keep(*database_, each.source.name, each.before);
}

Error Try::wrong() const {
  std::int64_t left = 0;
  for (const Counted& each : counted_)
    if (each.after.wrong == 0) left = std::max(left, each.after.locked_until_ms - now_.ms);
  if (left > 0) return locked(left);
  const Counted& first = counted_.front();
  return {Failure::refused, "pin.wrong", "Wrong PIN",
          std::to_string(first.source.tries - first.after.wrong), "Try again."};
}

}  // namespace keepsake::pins
