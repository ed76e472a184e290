#include <algorithm>
#include <cassert>
#include <fstream>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/pin.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/vault/member_pin.hpp"
#include "storage/vault/pin_tries.hpp"
#include "storage/vault/pins.hpp"
#include "storage/vault/profile_seal.hpp"
#include "storage/vault/vault.hpp"
#include "storage/vault/vault_inside.hpp"

// PINs, of staff and of members.

namespace keepsake {

namespace {

using crypto::CustomerKey;

constexpr std::string_view member_pin_kind = "pin";
constexpr std::string_view staff_name_kind = "staff name";
constexpr std::string_view staff_pin_kind = "staff pin";
constexpr int tries_of_members = 25;

/// Of a folder from before staff were facts: what its PINs were mixed with. Empty: lost.
std::string old_pepper(const std::filesystem::path& folder) {
  std::string bytes(crypto_generichash_KEYBYTES, '\0');
  std::ifstream in(folder / "pin.key", std::ios::binary);
  if (in && in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return bytes;
  return {};
}

}  // namespace

std::vector<pins::Kept> VaultInside::verifiers(std::span<const SealedStaffMember> everybody) {
  std::vector<pins::Kept> kept;
  for (const SealedStaffMember& each : everybody) {
    CustomerKey key;
    if (each.sealed_pin.empty() || !find(each.key, key)) continue;
    // A damaged one is nobody's PIN.
    if (auto verifier = crypto::unseal_bytes(key, each.key, staff_pin_kind, each.sealed_pin))
      kept.push_back({each.id, *std::move(verifier)});
  }
  return kept;
}

StaffMember VaultInside::opened(const SealedStaffMember& sealed) {
  StaffMember member{sealed.id, sealed.id, sealed.role == StaffRole::manager};
  CustomerKey key;
  if (!find(sealed.key, key)) return member;
  if (auto name = crypto::unseal_bytes(key, sealed.key, staff_name_kind, sealed.sealed_name))
    member.name = *std::move(name);
  return member;
}

Result<SealedStaffMember> Vault::seal_staff(const StaffMember& member,
                                            std::optional<std::string_view> pin,
                                            std::span<const SealedStaffMember> everybody) {
  if (auto ok = check_text(member.name, limits::name_bytes, Presence::required, "name"); !ok)
    return Error{Failure::bad_input, "staff.name", ok.error().what, "name", ok.error().remedy};
  return inside_->guarded<SealedStaffMember>([&]() -> Result<SealedStaffMember> {
    SealedStaffMember sealed{
        member.id, member.manager ? StaffRole::manager : StaffRole::cashier, {}, {}, {}};
    std::string verifier;
    if (pin) {
      auto made = pins::make_verifier(member.id, *pin, inside_->verifiers(everybody));
      if (!made) return made.error();
      verifier = *std::move(made);
    }
    CustomerKey key;
    const auto before = std::ranges::find(everybody, member.id, &SealedStaffMember::id);
    if (before != everybody.end() && inside_->find(before->key, key)) {
      sealed.key = before->key;
      sealed.sealed_pin = before->sealed_pin;
    } else {
      sealed.key = inside_->make_key();
      inside_->find(sealed.key, key);
    }
    sealed.sealed_name = crypto::seal_bytes(key, sealed.key, staff_name_kind, member.name);
    if (pin) sealed.sealed_pin = crypto::seal_bytes(key, sealed.key, staff_pin_kind, verifier);
    return sealed;
  });
}

Result<std::vector<StaffMember>> Vault::open_staff(std::span<const SealedStaffMember> everybody) {
  return inside_->guarded<std::vector<StaffMember>>([&] {
    std::vector<StaffMember> staff;
    for (const SealedStaffMember& each : everybody) staff.push_back(inside_->opened(each));
    return staff;
  });
}

Result<std::vector<std::string>> Vault::owners_of_pin(std::span<const SealedStaffMember> everybody,
                                                      std::string_view pin) {
  return inside_->guarded<std::vector<std::string>>(
      [&] { return pins::owners_of(pin, inside_->verifiers(everybody)); });
}

Result<StaffMember> Vault::check_pin(std::span<const SealedStaffMember> everybody,
                                     std::string_view pin, PinPlace place, Instant now) {
  return inside_->guarded<StaffMember>([&]() -> Result<StaffMember> {
    auto counted = pins::Try::count(*inside_->database, {{std::string(name_of(place))}}, now);
    if (!counted) return counted.error();
    std::vector<std::string> owners;
    if (check_pin_syntax(pin)) {
      auto found = pins::owners_of(pin, inside_->verifiers(everybody));
      if (!found) {
        counted->give_back();
        return found.error();
      }
      owners = *std::move(found);
    }
    if (owners.empty()) return counted->wrong();
    counted->give_back();
    if (owners.size() > 1)
      return Error{Failure::refused, "pin.shared", "Two people have this PIN", "pin",
                   "A manager gives both of them a new one."};
    const auto owner = std::ranges::find(everybody, owners.front(), &SealedStaffMember::id);
    assert(owner != everybody.end());
    return inside_->opened(*owner);
  });
}

Result<std::vector<SealedStaffMember>> Vault::seal_old_staff() {
  return inside_->guarded<std::vector<SealedStaffMember>>([&] {
    std::vector<SealedStaffMember> all;
    for (const auto& [member, verifier] :
         pins::old_staff(*inside_->database, old_pepper(inside_->file.parent_path()))) {
      SealedStaffMember sealed{member.id,
                               member.manager ? StaffRole::manager : StaffRole::cashier,
                               inside_->make_key(),
                               {},
                               {}};
      CustomerKey key;
      inside_->find(sealed.key, key);
      sealed.sealed_name = crypto::seal_bytes(key, sealed.key, staff_name_kind, member.name);
      if (!verifier.empty())
        sealed.sealed_pin = crypto::seal_bytes(key, sealed.key, staff_pin_kind, verifier);
      all.push_back(std::move(sealed));
    }
    return all;
  });
}

Result<Done> Vault::forget_old_staff() {
  return inside_->guarded<Done>([&] {
    pins::forget_old_staff(*inside_->database);
    return Done{};
  });
}

Result<std::string> Vault::seal_member_pin(const CustomerRef& customer, std::string_view pin) {
  const auto verifier = crypto::member_pin_verifier(pin);
  if (!verifier) return verifier.error();
  return seal(customer, member_pin_kind, *verifier);
}

Result<Done> Vault::check_member_pin(std::string_view who, const SealedPin* kept,
                                     std::string_view pin, PinPlace place, Instant now) {
  const std::string at = "@" + std::string(name_of(place));
  const std::string one = to_hex(hash_from(lookup_hash("pin-try", who)).value_or(Hash{}));
  const std::vector<pins::Source> sources = {{"member:" + one + at},
                                             {"members" + at, tries_of_members}};
  return inside_->guarded<Done>([&]() -> Result<Done> {
    auto counted = pins::Try::count(*inside_->database, sources, now);
    if (!counted) return counted.error();
    CustomerKey key;
    std::optional<std::string> verifier;
    if (kept != nullptr && inside_->find(kept->owner, key))
      verifier = crypto::unseal_bytes(key, kept->owner, member_pin_kind, kept->sealed);
    if (!crypto::is_member_pin(verifier.value_or(std::string()), pin)) return counted->wrong();
    counted->give_back();
    return Done{};
  });
}

}  // namespace keepsake
