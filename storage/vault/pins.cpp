#include "storage/vault/pins.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "storage/domain/values/pin.hpp"
#include "storage/vault/crypto.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake::pins {

namespace {

using crypto::raw;

// A PIN of four digits has 10,000 values: no hash saves it from somebody who holds the whole disk
// (storage/book/STORAGE.md says what they get). The cost is libsodium's for somebody who waits.
constexpr unsigned long long argon_passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t argon_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
constexpr char with_mark = 1;
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t pepper_bytes = crypto_generichash_KEYBYTES;
constexpr std::size_t origin_bytes = 1 + salt_bytes + pepper_bytes;
constexpr std::size_t mark_bytes = 32;

constexpr Sql members{"staff.old",
                      "SELECT id, name, manager, pin_hash, pin_mark FROM staff ORDER BY name, id"};
constexpr Sql drop_members{"staff.old-drop", "DELETE FROM staff"};
constexpr Sql read_salt{"pin.salt", "SELECT pin_salt FROM secret WHERE pin_salt IS NOT NULL"};

bool has_mark(std::string_view verifier) {
  return verifier.size() == origin_bytes + mark_bytes && verifier.front() == with_mark;
}
/// What it shares with all others that were made at the same place.
std::string_view origin_of(std::string_view verifier) { return verifier.substr(0, origin_bytes); }
std::string_view mark_of(std::string_view verifier) { return verifier.substr(origin_bytes); }

std::string new_origin() {
  return std::string(1, with_mark).append(random_bytes(salt_bytes + pepper_bytes));
}

/// A PIN as one place stretches it.
class Stretched {
 public:
  static Result<Stretched> make(std::string_view origin, std::string_view pin) {
    const std::string_view salt = origin.substr(1, salt_bytes);
    const std::string_view pepper = origin.substr(1 + salt_bytes);
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
    crypto_generichash(raw(mark), mark.size(), raw(id), id.size(), key_.data(), key_.size());
    return mark;
  }

 private:
  std::array<unsigned char, crypto_generichash_KEYBYTES> key_{};
};

bool is_text_of(std::string_view verifier, std::string_view pin) {
  if (verifier.empty() || verifier.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string text(verifier);
  return crypto_pwhash_str_verify(text.c_str(), pin.data(), pin.size()) == 0;
}

struct Found {
  std::vector<std::string> owners;
  std::map<std::string_view, Stretched> stretched;  // the PIN, as each place stretches it
};

Result<Found> find(std::string_view pin, std::span<const Kept> everybody) {
  Found found;
  for (const Kept& each : everybody) {
    if (!has_mark(each.verifier)) {
      if (is_text_of(each.verifier, pin)) found.owners.push_back(each.id);
      continue;
    }
    const std::string_view origin = origin_of(each.verifier);
    auto there = found.stretched.find(origin);
    if (there == found.stretched.end()) {
      const auto stretched = Stretched::make(origin, pin);
      if (!stretched) return stretched.error();
      there = found.stretched.emplace(origin, *stretched).first;
    }
    if (equal_constant_time(mark_of(each.verifier), there->second.mark_for(each.id)))
      found.owners.push_back(each.id);
  }
  return found;
}

}  // namespace

Result<std::vector<std::string>> owners_of(std::string_view pin, std::span<const Kept> everybody) {
  auto found = find(pin, everybody);
  if (!found) return found.error();
  return std::move(found->owners);
}

Result<std::string> make_verifier(std::string_view id, std::string_view pin,
                                  std::span<const Kept> everybody) {
  if (auto ok = check_new_pin(pin); !ok) return ok.error();
  const auto found = find(pin, everybody);
  if (!found) return found.error();
  if (std::ranges::any_of(found->owners, [&](const std::string& each) { return each != id; }))
    return Error{Failure::refused, "pin.taken", "This PIN cannot be used", "pin",
                 "Choose another."};
  if (!found->stretched.empty()) {
    const auto& [origin, stretched] = *found->stretched.begin();
    return std::string(origin) + stretched.mark_for(id);
  }
  const std::string origin = new_origin();
  const auto stretched = Stretched::make(origin, pin);
  if (!stretched) return stretched.error();
  return origin + stretched->mark_for(id);
}

std::vector<OldMember> old_staff(Database& database, std::string_view pepper) {
  std::string salt;
  if (auto row = database.query(read_salt); row->step()) salt = row->blob(0);
  const bool marks = pepper.size() == pepper_bytes && salt.size() == salt_bytes;
  std::vector<OldMember> found;
  for (auto row = database.query(members); row->step();) {
    OldMember old{{std::string(row->text(0)), std::string(row->text(1)), row->integer(2) != 0}, {}};
    const std::string_view mark = row->blob(4);
    if (mark.size() == mark_bytes && marks)
      old.verifier = std::string(1, with_mark).append(salt).append(pepper).append(mark);
    else if (mark.empty())
      old.verifier = row->text(3);
    found.push_back(std::move(old));
  }
  return found;
}

void forget_old_staff(Database& database) { database.query(drop_members)->step(); }

}  // namespace keepsake::pins
