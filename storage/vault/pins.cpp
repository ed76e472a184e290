#include "storage/vault/pins.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/vault/crypto.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake::pins {

namespace {

using crypto::raw;

// A PIN of four digits has 10,000 values: no hash saves it from somebody who holds the whole disk
// (storage/book/STORAGE.md says what they get). One salt for the folder, so that a try is stretched
// once and not once for each member of staff: the cost is libsodium's for somebody who waits.
constexpr unsigned long long argon_passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t argon_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
constexpr std::size_t mark_bytes = 32;

constexpr int tries = 5;
constexpr std::int64_t lock_ms = 60'000;
constexpr std::int64_t longest_lock_ms = 60 * lock_ms;
constexpr std::int64_t forgotten_ms = 24 * 60 * lock_ms;  // a day without a wrong one

constexpr Sql put_member{
    "staff.put",
    "INSERT INTO staff (id, name, manager, pin_hash, pin_mark) VALUES ($1, $2, $3, '', $4)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, manager = excluded.manager,"
    " pin_hash = '', pin_mark = excluded.pin_mark"};
constexpr Sql drop_member{"staff.remove", "DELETE FROM staff WHERE id = $1"};
constexpr Sql members{"staff.all",
                      "SELECT id, name, manager, pin_hash, pin_mark FROM staff ORDER BY name, id"};
constexpr Sql read_salt{"pin.salt", "SELECT pin_salt FROM secret WHERE pin_salt IS NOT NULL"};
constexpr Sql put_salt{"pin.put-salt", "UPDATE secret SET pin_salt = $1"};
constexpr Sql read_tries{"pin.tries",
                         "SELECT wrong, locks, locked_until_ms, last_ms FROM pin_try"
                         " WHERE place = $1"};
constexpr Sql put_tries{
    "pin.put-tries",
    "INSERT INTO pin_try (place, wrong, locks, locked_until_ms, last_ms)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (place) DO UPDATE SET wrong = excluded.wrong,"
    " locks = excluded.locks, locked_until_ms = excluded.locked_until_ms,"
    " last_ms = excluded.last_ms"};

struct Member {
  StaffMember member;
  std::string old_hash;  ///< of a PIN that was given before there were marks
  std::string mark;
};

std::vector<Member> everybody(Database& database) {
  std::vector<Member> found;
  for (auto row = database.query(members); row->step();)
    found.push_back({{std::string(row->text(0)), std::string(row->text(1)), row->integer(2) != 0},
                     std::string(row->text(3)),
                     std::string(row->blob(4))});
  return found;
}

/// The folder's salt; made with the first mark.
std::string salt_of(Database& database) {
  {
    auto row = database.query(read_salt);
    if (row->step()) return std::string(row->blob(0));
  }
  std::string salt = random_bytes(crypto_pwhash_SALTBYTES);
  auto row = database.query(put_salt);
  row->bind_blob(1, salt);
  row->step();
  return salt;
}

/// What a PIN becomes before it is compared: nothing without the pepper, which no copy of the
/// database has, and slow with it.
class Stretched {
 public:
  static Result<Stretched> make(Database& database, std::string_view pepper, std::string_view pin) {
    const std::string salt = salt_of(database);
    unsigned char peppered[crypto_generichash_BYTES];
    crypto_generichash(peppered, sizeof peppered, raw(pin), pin.size(), raw(pepper), pepper.size());
    Stretched made;
    const int failed = crypto_pwhash(
        made.key_.data(), made.key_.size(), reinterpret_cast<const char*>(peppered),
        sizeof peppered, raw(salt), argon_passes, argon_bytes, crypto_pwhash_ALG_ARGON2ID13);
    sodium_memzero(peppered, sizeof peppered);
    if (failed != 0)
      return Error{Failure::unavailable, "pin.memory", "There is not enough memory for a PIN", "",
                   "Close other programs."};
    return made;
  }
  std::string mark_for(std::string_view id) const {
    std::string mark(mark_bytes, '\0');
    crypto_generichash(crypto::raw(mark), mark.size(), raw(id), id.size(), key_.data(),
                       key_.size());
    return mark;
  }

 private:
  std::array<unsigned char, crypto_generichash_KEYBYTES> key_{};
};

void put_with(Database& database, const StaffMember& member, std::string_view mark) {
  auto row = database.query(put_member);
  row->bind_text(1, member.id);
  row->bind_text(2, member.name);
  row->bind(3, member.manager ? 1 : 0);
  row->bind_blob(4, mark);
  row->step();
}

/// Whose PIN it is; a PIN of before there were marks gets one.
Result<std::optional<StaffMember>> whose(Database& database, std::string_view pepper,
                                         std::string_view pin) {
  const auto stretched = Stretched::make(database, pepper, pin);
  if (!stretched) return stretched.error();
  for (const Member& each : everybody(database)) {
    const std::string mark = stretched->mark_for(each.member.id);
    if (equal_constant_time(each.mark, mark)) return std::optional(each.member);
    if (each.old_hash.empty() ||
        crypto_pwhash_str_verify(each.old_hash.c_str(), pin.data(), pin.size()) != 0)
      continue;
    put_with(database, each.member, mark);
    return std::optional(each.member);
  }
  return std::optional<StaffMember>{};
}

/// What people choose when they do not choose: https://www.datagenetics.com/blog/september32012/
bool is_common(std::string_view pin) {
  const auto steps_by = [&](int step) {
    return std::ranges::adjacent_find(pin, [&](char a, char b) { return b - a != step; }) ==
           pin.end();
  };
  const auto repeats = [&](std::size_t every) {
    return pin.size() % every == 0 && pin.substr(every) == pin.substr(0, pin.size() - every);
  };
  bool pairs = pin.size() % 2 == 0;
  for (std::size_t i = 0; pairs && i < pin.size(); i += 2) pairs = pin[i] == pin[i + 1];
  constexpr std::string_view known[] = {"1004", "2000", "2001", "2580", "0852", "1230", "1235"};
  return steps_by(0) || steps_by(1) || steps_by(-1) || repeats(2) || pairs ||
         std::ranges::find(known, pin) != std::end(known);
}

Result<Done> check_digits(std::string_view pin) {
  if (!is_all_digits(pin) || pin.size() < 4 || pin.size() > 8)
    return Error{Failure::bad_input, "pin.syntax", "A PIN has 4 to 8 digits", "pin",
                 "Choose another."};
  return Done{};
}

struct Tries {
  std::int64_t wrong = 0;  ///< since the last lock-out
  std::int64_t locks = 0;  ///< lock-outs without a quiet day between
  std::int64_t locked_until_ms = 0;
  std::int64_t last_ms = 0;  ///< of the last wrong one
};

Tries tries_so_far(Database& database, PinPlace place) {
  auto row = database.query(read_tries);
  row->bind(1, static_cast<std::int64_t>(place));
  return row->step() ? Tries{row->integer(0), row->integer(1), row->integer(2), row->integer(3)}
                     : Tries{};
}

void keep(Database& database, PinPlace place, const Tries& now) {
  auto row = database.query(put_tries);
  row->bind(1, static_cast<std::int64_t>(place));
  row->bind(2, now.wrong);
  row->bind(3, now.locks);
  row->bind(4, now.locked_until_ms);
  row->bind(5, now.last_ms);
  row->step();
}

std::int64_t lock_after(std::int64_t locks) {
  return locks > 6 ? longest_lock_ms : std::min(lock_ms << locks, longest_lock_ms);
}

/// One more wrong one.
Tries more(Tries so_far, Instant now) {
  if (now.ms - so_far.last_ms > forgotten_ms) so_far.wrong = so_far.locks = 0;
  so_far.last_ms = now.ms;
  if (++so_far.wrong < tries) return so_far;
  so_far.wrong = 0;
  so_far.locked_until_ms = now.ms + lock_after(so_far.locks++);
  return so_far;
}

Error locked(std::int64_t ms_left) {
  return {Failure::refused, "pin.locked", "Too many wrong PINs",
          std::to_string((ms_left + 999) / 1000) + " s", "Wait a minute, then try again."};
}

}  // namespace

Result<Done> put(Database& database, std::string_view pepper, const StaffMember& member,
                 std::string_view pin) {
  if (member.id.empty() || member.id.size() > limits::code_bytes || member.name.empty() ||
      member.name.size() > limits::name_bytes)
    return Error{Failure::bad_input, "staff.name", "A member of staff needs a short id and a name",
                 "staff", "Fill in both."};
  if (auto ok = check_digits(pin); !ok) return ok;
  if (is_common(pin))
    return Error{Failure::refused, "pin.common", "This PIN is among the first that others try",
                 "pin", "Choose another, without a pattern; six digits are better than four."};
  const auto owner = whose(database, pepper, pin);
  if (!owner) return owner.error();
  if (*owner && (*owner)->id != member.id)
    return Error{Failure::refused, "pin.taken", "This PIN cannot be used", "pin",
                 "Choose another."};
  const auto stretched = Stretched::make(database, pepper, pin);
  if (!stretched) return stretched.error();
  put_with(database, member, stretched->mark_for(member.id));
  return Done{};
}

Result<Done> remove(Database& database, std::string_view id) {
  auto row = database.query(drop_member);
  row->bind_text(1, id);
  row->step();
  return Done{};
}

bool has_marks(Database& database) {
  return std::ranges::any_of(everybody(database),
                             [](const Member& each) { return !each.mark.empty(); });
}

std::vector<StaffMember> all(Database& database) {
  std::vector<StaffMember> found;
  for (Member& each : everybody(database)) found.push_back(std::move(each.member));
  return found;
}

Result<StaffMember> check(Database& database, std::string_view pepper, std::string_view pin,
                          PinPlace place, Instant now) {
  Tries before = tries_so_far(database, place);
  // A clock that was set back must not lock the shop out for longer than the rule says.
  const std::int64_t longest = lock_after(std::max<std::int64_t>(before.locks - 1, 0));
  if (const std::int64_t left = std::min(before.locked_until_ms - now.ms, longest); left > 0) {
    before.locked_until_ms = now.ms + left;
    keep(database, place, before);
    return locked(left);
  }
  // Counted as wrong before it is looked at: pulling the plug gives no free tries, and where
  // nothing can be written nothing can be tried.
  const Tries after = more(before, now);
  keep(database, place, after);
  std::optional<StaffMember> member;
  if (check_digits(pin)) {
    auto found = whose(database, pepper, pin);
    if (!found) {
      keep(database, place, before);
      return found.error();
    }
    member = *std::move(found);
  }
  // A right one gives back its own count and nobody else's: whoever knows one PIN must not find
  // the next with it.
  if (member) {
    keep(database, place, before);
    return *member;
  }
  if (after.wrong == 0) return locked(after.locked_until_ms - now.ms);
  return Error{Failure::refused, "pin.wrong", "Wrong PIN", std::to_string(tries - after.wrong),
               "Try again."};
}

}  // namespace keepsake::pins
