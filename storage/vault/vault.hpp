#pragma once
// Secrets of one data folder, kept apart from the journal (vault.db, mode 0600): the keys of
// customers, the staff's PIN hashes, the folder's own secrets. The home of libsodium: nothing else
// includes it.
//
// Erasing a customer destroys the key here; every fact about them stays, unreadable (design.md,
// Journal). Thread-safe.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer.hpp"
#include "storage/domain/ids.hpp"

namespace keepsake {

struct SealedKey {
  CustomerRef customer;
  std::string bytes;  ///< the customer's key, sealed to one recipient's public key
};

struct StaffMember {
  std::string id;    ///< short, appears in facts
  std::string name;  ///< shown on screens and receipts
  bool manager = false;
  bool operator==(const StaffMember&) const = default;
};

class Vault {
 public:
  /// Opens or creates the vault of a data folder. Failure::busy, ::corrupt, ::unavailable.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder);
  virtual ~Vault() = default;

  // Customers. XChaCha20-Poly1305 with the customer's reference as associated data.
  virtual Result<CustomerRef> new_customer() = 0;  ///< durable before it returns
  virtual Result<std::vector<CustomerRef>> new_customers(
      std::size_t n) = 0;  ///< one commit, for imports
  virtual Result<std::string> seal_profile(const CustomerRef& customer, const Profile& profile) = 0;
  /// nullopt: the key is not (or no longer) here. Failure::corrupt when the bytes do not open.
  virtual Result<std::optional<Profile>> open_profile(const CustomerRef& customer,
                                                      std::string_view sealed) = 0;
  /// Other personal bytes of a customer, at most 64 KiB with what sealing adds. `kind` ("note")
  /// keeps one from passing for another. Failure::not_found "vault.no-key", ::limit "sealed.limit".
  virtual Result<std::string> seal(const CustomerRef& customer, std::string_view kind,
                                   std::string_view plain) = 0;
  /// nullopt and Failure::corrupt as open_profile().
  virtual Result<std::optional<std::string>> unseal(const CustomerRef& customer,
                                                    std::string_view kind,
                                                    std::string_view sealed) = 0;
  /// As seal(), for a file: up to limits::file_bytes. unseal() opens it.
  virtual Result<std::string> seal_file(const CustomerRef& customer, std::string_view kind,
                                        std::string_view plain) = 0;
  virtual Result<Done> destroy_key(const CustomerRef& customer) = 0;
  /// In one commit; none when all are destroyed already.
  virtual Result<Done> destroy_keys(std::span<const CustomerRef> customers) = 0;
  /// Keyed hash (BLAKE2b-256, key of the chain) of an exact look-up value: phone, e-mail, card.
  virtual std::string lookup_hash(std::string_view kind, std::string_view value) const = 0;

  // Keys on the wire.
  virtual Result<std::vector<SealedKey>> seal_keys_for(std::span<const CustomerRef> customers,
                                                       std::string_view recipient_public) = 0;
  virtual Result<Done> accept_keys(
      std::span<const SealedKey> keys) = 0;    ///< sealed to box_public()
  virtual std::string box_public() const = 0;  ///< X25519, 32 bytes

  // Signatures (Ed25519) with the folder's own key, made on first open.
  virtual std::string sign_public() const = 0;                   ///< 32 bytes
  virtual std::string sign(std::string_view message) const = 0;  ///< 64 bytes

  // Receipts: a keyed code for a fact id, 10 Crockford base-32 characters, not guessable.
  virtual std::string receipt_code(const FactId& id) const = 0;

  // Staff. PINs of 4..8 digits, Argon2id. After 5 wrong tries in a row: Failure::refused
  // "pin.locked" for 60 s.
  virtual Result<Done> put_staff(const StaffMember& member, std::string_view pin) = 0;
  virtual Result<Done> remove_staff(std::string_view id) = 0;
  virtual std::vector<StaffMember> staff() = 0;
  /// Failure::refused "pin.wrong" (tries left in `where`) or "pin.locked".
  virtual Result<StaffMember> check_pin(std::string_view pin, Instant now) = 0;
};

std::string sha256(std::string_view bytes);  ///< 32 bytes
bool verify_signature(std::string_view message, std::string_view signature,
                      std::string_view sign_public);
bool equal_constant_time(std::string_view a, std::string_view b);
std::string random_bytes(std::size_t n);

}  // namespace keepsake
