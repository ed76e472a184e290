#pragma once
// Secrets of one data folder, kept apart from the journal (vault.db, mode 0600): the keys of
// customers, the staff's PIN hashes, the folder's own secrets. The home of libsodium: nothing else
// includes it.
//
// Erasing a customer destroys the key here; every fact about them stays, unreadable. Thread-safe.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/customer/sealed_key.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/hash.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/pin_place.hpp"
#include "storage/vault/crypto.hpp"

namespace keepsake {

class FileKey;
struct VaultInside;  // keeps libsodium and the database out of this header

class Vault {
 public:
  /// The vault of a data folder. It is never made anew over one that is lost, since what was sealed
  /// with the lost keys can only be read with them: Failure::corrupt "vault.missing", "vault.empty"
  /// or "vault.corrupt", ::refused "vault.mode" where other users could read it, ::busy,
  /// ::unavailable.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder);
  /// Makes the vault of a new folder; goes on with one that a crash left half made, and opens one
  /// that is there.
  static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& folder);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // Customers. XChaCha20-Poly1305 with the customer's reference as associated data.
  Result<CustomerRef> new_customer();                             ///< durable before it returns
  Result<std::vector<CustomerRef>> new_customers(std::size_t n);  ///< one commit, for imports
  Result<std::string> seal_profile(const CustomerRef& customer, const Profile& profile);
  /// nullopt: the key is not (or no longer) here. Failure::bad_input "sealed.damaged" when the
  /// bytes do not open with the key that is here; a vault that cannot be read is another failure.
  Result<std::optional<Profile>> open_profile(const CustomerRef& customer, std::string_view sealed);
  /// Other personal bytes of a customer, at most 64 KiB with what sealing adds. `kind` ("note")
  /// keeps one from passing for another. Failure::not_found "vault.no-key", ::limit "sealed.limit".
  Result<std::string> seal(const CustomerRef& customer, std::string_view kind,
                           std::string_view plain);
  /// nullopt and Failure::corrupt as open_profile().
  Result<std::optional<std::string>> unseal(const CustomerRef& customer, std::string_view kind,
                                            std::string_view sealed);
  /// As seal(), for a file: up to limits::file_bytes. unseal() opens it.
  Result<std::string> seal_file(const CustomerRef& customer, std::string_view kind,
                                std::string_view plain);
  Result<Done> destroy_key(const CustomerRef& customer);
  /// In one commit; none when all are destroyed already.
  Result<Done> destroy_keys(std::span<const CustomerRef> customers);
  /// They leave no trace, and may come again: of customers who are dormant here. In one commit; what is
  /// destroyed stays so.
  Result<Done> drop_keys(std::span<const CustomerRef> customers);
  Result<bool> has_key(const CustomerRef& customer);
  /// Keyed hash (BLAKE2b-256, key of the chain) of an exact look-up value: phone, e-mail, card.
  std::string lookup_hash(std::string_view kind, std::string_view value) const;

  // Keys on the wire.
  Result<std::vector<SealedKey>> seal_keys_for(std::span<const CustomerRef> customers,
                                               std::string_view recipient_public);
  Result<Done> accept_keys(std::span<const SealedKey> keys);  ///< sealed to box_public()
  /// Those that are here, in one part of a file (file_key.hpp); as many as fit into it.
  Result<std::string> seal_keys_in(const FileKey& key, const Bytes16& file, std::uint32_t part,
                                   std::span<const CustomerRef> customers);
  /// Failure::bad_input "vault.sealed" when the part is not of this key, file and number.
  Result<Done> accept_keys_in(const FileKey& key, const Bytes16& file, std::uint32_t part,
                              std::string_view sealed);
  /// Whose keys were here and are destroyed.
  Result<std::vector<CustomerRef>> destroyed();
  std::string box_public() const;  ///< X25519, 32 bytes
  /// What seal_for() has sealed to box_public(). Failure::bad_input "vault.sealed".
  Result<std::string> open_sealed(std::string_view sealed) const;

  // Signatures (Ed25519) with the folder's own key, made on first open.
  std::string sign_public() const;                   ///< 32 bytes
  std::string sign(std::string_view message) const;  ///< 64 bytes
  /// Other keys for signing and for what is sealed to this folder, because another folder has the
  /// same ones: it was copied. The former ones are kept.
  Result<Done> take_new_keys();
  Result<std::string> former_sign_public();  ///< empty: there is none
  /// By the last of the former keys: proves that this folder had it. Empty: there is none.
  Result<std::string> sign_as_former(std::string_view message);

  // Receipts: a keyed code for a fact id, 10 Crockford base-32 characters, not guessable.
  std::string receipt_code(const FactId& id) const;

  // Staff (storage/vault/pins.hpp). Their keys are kept among the customers'.
  /// What a StaffChange carries of somebody who is, or is to be, one of `everybody`. Without `pin`
  /// their PIN stays. Failure::bad_input "staff.name", "pin.syntax", ::refused "pin.common",
  /// "pin.taken", ::unavailable "pin.memory".
  Result<SealedStaffMember> seal_staff(const StaffMember& member,
                                       std::optional<std::string_view> pin,
                                       std::span<const SealedStaffMember> everybody);
  /// Somebody whose key is not here has their id for a name.
  Result<std::vector<StaffMember>> open_staff(std::span<const SealedStaffMember> everybody);
  /// Ids of those who have this PIN; counts no try. For who gives PINs, never for who types one.
  Result<std::vector<std::string>> owners_of_pin(std::span<const SealedStaffMember> everybody,
                                                 std::string_view pin);
  /// Whose PIN it is. After 5 wrong ones at one place: Failure::refused "pin.locked" for 60 s, then
  /// 120 s ... up to an hour. Failure::refused "pin.wrong" (tries left in `where`), "pin.shared"
  /// where two people have it (given at two tills that did not know of one another).
  Result<StaffMember> check_pin(std::span<const SealedStaffMember> everybody, std::string_view pin,
                                PinPlace place, Instant now);
  /// Staff whom this folder kept before they were facts; none once they are forgotten here.
  Result<std::vector<SealedStaffMember>> seal_old_staff();
  Result<Done> forget_old_staff();

  // Members' own PINs.
  /// What a MemberPinChange carries. Failure::bad_input "pin.syntax", ::refused "pin.common",
  /// ::not_found "vault.no-key", ::unavailable "pin.memory".
  Result<std::string> seal_member_pin(const CustomerRef& customer, std::string_view pin);
  /// `who`: whom wrong ones are counted for, a member's reference or the number that was typed, five
  /// at each place; a place has 25 for all members together. Nobody's number and a member without a
  /// PIN (`kept` is nullptr) get the answer of a wrong PIN, and after the same time.
  /// Failure::refused "pin.wrong" (tries left in `where`) or "pin.locked".
  Result<Done> check_member_pin(std::string_view who, const SealedPin* kept, std::string_view pin,
                                PinPlace place, Instant now);

 private:
  enum class Empty : unsigned char { refuse, fill };
  static Result<std::unique_ptr<Vault>> open_file(const std::filesystem::path& file, Empty empty);
  Result<std::string> seal_up_to(std::size_t most, const CustomerRef& customer,
                                 std::string_view kind, std::string_view plain);
  explicit Vault(std::unique_ptr<VaultInside> inside);
  std::unique_ptr<VaultInside> inside_;
};

}  // namespace keepsake
