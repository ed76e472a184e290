#include "storage/vault/pins.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/pin.hpp"
#include "storage/vault/crypto.hpp"
#include "storage/vault/pin_tries.hpp"
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

}  // namespace

Result<Done> put(Database& database, std::string_view pepper, const StaffMember& member,
                 std::string_view pin) {
  if (member.id.empty() || member.id.size() > limits::code_bytes || member.name.empty() ||
      member.name.size() > limits::name_bytes)
    return Error{Failure::bad_input, "staff.name", "A member of staff needs a short id and a name",
                 "staff", "Fill in both."};
  if (auto ok = check_new_pin(pin); !ok) return ok;
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
  auto counted = Try::count(database, {{std::string(name_of(place))}}, now);
  if (!counted) return counted.error();
  std::optional<StaffMember> member;
  if (check_pin_syntax(pin)) {
    auto found = whose(database, pepper, pin);
    if (!found) {
      counted->give_back();
      return found.error();
    }
    member = *std::move(found);
  }
  if (!member) return counted->wrong();
  counted->give_back();
  return *member;
}

}  // namespace keepsake::pins
