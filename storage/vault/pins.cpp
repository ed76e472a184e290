#include "storage/vault/pins.hpp"

#include <algorithm>
#include <cassert>
#include <optional>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake::pins {

namespace {

// A PIN of four digits has 10,000 values: no hash saves it from somebody who holds the disk. The
// cost is chosen so that a shop of twenty people still waits less than a second at the keypad.
constexpr unsigned long long argon_passes = 2;
constexpr std::size_t argon_bytes = 8 * 1024 * 1024;
constexpr int tries = 5;
constexpr std::int64_t lock_ms = 60'000;

constexpr Sql put_member{
    "staff.put",
    "INSERT INTO staff (id, name, manager, pin_hash) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO"
    " UPDATE SET name = excluded.name, manager = excluded.manager, pin_hash = excluded.pin_hash"};
constexpr Sql drop_member{"staff.remove", "DELETE FROM staff WHERE id = $1"};
constexpr Sql members{"staff.all",
                      "SELECT id, name, manager, pin_hash FROM staff ORDER BY name, id"};
constexpr Sql read_tries{"pin.tries", "SELECT wrong, locked_until_ms FROM pin_tries"};
constexpr Sql put_tries{
    "pin.put-tries",
    "INSERT INTO pin_tries (one, wrong, locked_until_ms) VALUES (1, $1, $2) ON CONFLICT (one) DO"
    " UPDATE SET wrong = excluded.wrong, locked_until_ms = excluded.locked_until_ms"};

struct Member {
  StaffMember member;
  std::string pin_hash;
};

std::vector<Member> with_hashes(Database& database) {
  std::vector<Member> found;
  for (auto row = database.query(members); row->step();)
    found.push_back({{std::string(row->text(0)), std::string(row->text(1)), row->integer(2) != 0},
                     std::string(row->text(3))});
  return found;
}

std::optional<StaffMember> whose(Database& database, std::string_view pin) {
  for (const Member& each : with_hashes(database))
    if (crypto_pwhash_str_verify(each.pin_hash.c_str(), pin.data(), pin.size()) == 0)
      return each.member;
  return std::nullopt;
}

Result<Done> check_digits(std::string_view pin) {
  if (!is_all_digits(pin) || pin.size() < 4 || pin.size() > 8)
    return Error{Failure::bad_input, "pin.syntax", "A PIN has 4 to 8 digits", "pin",
                 "Choose another."};
  return Done{};
}

struct Tries {
  std::int64_t wrong = 0;
  std::int64_t locked_until_ms = 0;
};

Tries tries_so_far(Database& database) {
  auto row = database.query(read_tries);
  return row->step() ? Tries{row->integer(0), row->integer(1)} : Tries{};
}

void keep(Database& database, const Tries& now) {
  auto row = database.query(put_tries);
  row->bind(1, now.wrong);
  row->bind(2, now.locked_until_ms);
  row->step();
}

Error locked(std::int64_t ms_left) {
  return {Failure::refused, "pin.locked", "Too many wrong PINs",
          std::to_string((ms_left + 999) / 1000) + " s", "Wait a minute, then try again."};
}

}  // namespace

Result<Done> put(Database& database, const StaffMember& member, std::string_view pin) {
  if (member.id.empty() || member.id.size() > limits::code_bytes || member.name.empty() ||
      member.name.size() > limits::name_bytes)
    return Error{Failure::bad_input, "staff.name", "A member of staff needs a short id and a name",
                 "staff", "Fill in both."};
  if (auto ok = check_digits(pin); !ok) return ok;
  if (auto owner = whose(database, pin); owner && owner->id != member.id)
    return Error{Failure::refused, "pin.taken", "This PIN cannot be used", "pin",
                 "Choose another."};
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(hash.data(), pin.data(), pin.size(), argon_passes, argon_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return Error{Failure::unavailable, "pin.memory", "There is not enough memory to keep a PIN", "",
                 "Close other programs."};
  assert(hash.find('\0') != std::string::npos);
  hash.resize(hash.find('\0'));
  auto row = database.query(put_member);
  row->bind_text(1, member.id);
  row->bind_text(2, member.name);
  row->bind(3, member.manager ? 1 : 0);
  row->bind_text(4, hash);
  row->step();
  return Done{};
}

Result<Done> remove(Database& database, std::string_view id) {
  auto row = database.query(drop_member);
  row->bind_text(1, id);
  row->step();
  return Done{};
}

std::vector<StaffMember> all(Database& database) {
  std::vector<StaffMember> found;
  for (Member& each : with_hashes(database)) found.push_back(std::move(each.member));
  return found;
}

Result<StaffMember> check(Database& database, std::string_view pin, Instant now) {
  Tries so_far = tries_so_far(database);
  // A clock that was set back must not lock the shop out for longer than the rule says.
  if (const std::int64_t left = std::min(so_far.locked_until_ms - now.ms, lock_ms); left > 0) {
    if (now.ms + left != so_far.locked_until_ms) keep(database, {so_far.wrong, now.ms + left});
    return locked(left);
  }
  std::optional<StaffMember> member;
  if (check_digits(pin)) member = whose(database, pin);
  if (member) {
    if (so_far.wrong != 0) keep(database, {});
    return *member;
  }
  if (++so_far.wrong >= tries) {
    keep(database, {0, now.ms + lock_ms});
    return locked(lock_ms);
  }
  keep(database, so_far);
  return Error{Failure::refused, "pin.wrong", "Wrong PIN", std::to_string(tries - so_far.wrong),
               "Try again."};
}

}  // namespace keepsake::pins
