#include "storage/vault/vault.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <shared_mutex>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/domain/values/base32.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/vault/file_key.hpp"
#include "storage/vault/folder_keys.hpp"
#include "storage/vault/profile_seal.hpp"
#include "storage/vault/vault_inside.hpp"
#include "vault_migrations.hpp"

namespace keepsake {

namespace {

using crypto::CustomerKey;
using crypto::FolderKeys;
using crypto::raw;
using crypto::view;

// A destroyed key leaves its row behind, empty, so that a late copy cannot bring the person back.
constexpr Sql read_key{"vault.key", "SELECT key FROM customer_key WHERE customer = $1"};
constexpr Sql put_key{"vault.put-key",
                      "INSERT INTO customer_key (customer, key) VALUES ($1, $2)"
                      " ON CONFLICT (customer) DO NOTHING"};
constexpr Sql drop_key{"vault.destroy-key",
                       "INSERT INTO customer_key (customer, key) VALUES ($1, x'')"
                       " ON CONFLICT (customer) DO UPDATE SET key = x''"};

constexpr Sql leave_key{"vault.drop-key",
                        "DELETE FROM customer_key WHERE customer = $1 AND length(key) > 0"};
constexpr Sql read_destroyed{"vault.destroyed",
                             "SELECT customer FROM customer_key WHERE length(key) = 0"};

constexpr std::size_t plain_max = 64 * 1024 - 256;  // sealed, it still fits into a fact

std::string_view view(const CustomerRef& ref) {
  return {reinterpret_cast<const char*>(ref.bytes.data()), ref.bytes.size()};
}

/// The key is here and right, so it is the bytes.
Error not_opening(std::string where) {
  return {Failure::bad_input, "sealed.damaged", "What was sealed for a customer does not open",
          std::move(where), "Write it again; older backups may hold it whole."};
}

Error not_opening_here() {
  return {Failure::bad_input, "vault.sealed", "What came sealed does not open here", "",
          "Ask the sender to enrol again."};
}

Error no_key(const CustomerRef& customer) {
  return {Failure::not_found, "vault.no-key", "The customer's key is missing", to_hex(customer),
          "Enrol the customer again, or wait until the key arrives."};
}

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "vault.db"; }

constexpr const char* put_back = "Put vault.db back from a backup or a copy of this folder.";

Error no_secrets(const std::filesystem::path& file) {
  return {Failure::corrupt, "vault.empty", "The key store is empty", file.string(), put_back};
}

/// That there is something to open, and that it is nobody else's to read.
Result<Done> check_there(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    if (errno != ENOENT) return disk_fault(errno, "Cannot open the key store", file);
    return Error{Failure::corrupt, "vault.missing", "The key store vault.db is missing",
                 file.parent_path().string(), put_back};
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return Error{Failure::refused, "vault.mode",
                 "Other users of this computer may open the key store", file.string(),
                 "Give it to its owner alone (chmod 600); if others could have read it, treat its "
                 "keys as known."};
  if (status.st_size == 0) return no_secrets(file);
  return Done{};
}

/// The file exists with mode 0600 before anything secret is in it; SQLite's journal inherits the
/// mode.
Result<Done> create_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return disk_fault(errno, "Cannot open the key store", file);
  ::close(descriptor);
  return Done{};
}

}  // namespace

bool VaultInside::find(const CustomerRef& customer, CustomerKey& into) {
  auto row = database->query(read_key);
  row->bind_blob(1, view(customer));
  if (!row->step() || row->blob(0).size() != CustomerKey::size) return false;
  std::memcpy(into.data(), row->blob(0).data(), CustomerKey::size);
  return true;
}

bool VaultInside::is_destroyed(const CustomerRef& customer) {
  auto row = database->query(read_key);
  row->bind_blob(1, view(customer));
  return row->step() && row->blob(0).empty();
}

void VaultInside::store(const CustomerRef& customer, std::string_view key) {
  auto row = database->query(put_key);
  row->bind_blob(1, view(customer));
  row->bind_blob(2, key);
  row->step();
}

CustomerRef VaultInside::make_key() {
  CustomerRef ref;
  CustomerKey key;
  randombytes_buf(ref.bytes.data(), ref.bytes.size());
  randombytes_buf(key.data(), CustomerKey::size);
  store(ref, key.view());
  return ref;
}

Vault::Vault(std::unique_ptr<VaultInside> inside) : inside_(std::move(inside)) {}
Vault::~Vault() = default;

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder) {
  const auto file = file_in(folder);
  if (auto ok = check_there(file); !ok) return ok.error();
  return open_file(file, Empty::refuse);
}

Result<std::unique_ptr<Vault>> Vault::create(const std::filesystem::path& folder) {
  const auto file = file_in(folder);
  if (auto made = create_private(file); !made) return made.error();
  return open_file(file, Empty::fill);
}

Result<std::unique_ptr<Vault>> Vault::open_file(const std::filesystem::path& file, Empty empty) {
  if (!crypto::ready())
    return Error{Failure::unavailable, "vault.random", "The system's random generator failed", "",
                 "Check /dev/urandom."};
  // A rollback log, because programs that only read the book open the vault beside the writer.
  auto database = sqlite::open(file, {.mode = sqlite::Mode::writer, .log = sqlite::Log::rollback});
  if (!database) return database.error();
  if (auto ok = migrate(**database, "vault", embedded::vault_migrations); !ok) return ok.error();
  try {
    auto secrets = crypto::make_guarded<FolderKeys>();
    auto loaded = load(**database, *secrets);
    if (!loaded && loaded.error().kind == Failure::not_found && empty == Empty::fill) {
      Transaction transaction(**database);
      // Another program may have been first between the two reads.
      loaded = load(**database, *secrets);
      if (!loaded && loaded.error().kind == Failure::not_found) {
        make(**database, *secrets);
        loaded = Done{};
      }
      transaction.commit();
    }
    if (!loaded && loaded.error().kind == Failure::not_found) return no_secrets(file);
    if (!loaded) return loaded.error();
    return std::unique_ptr<Vault>(
        new Vault(std::make_unique<VaultInside>(file, std::move(*database), std::move(secrets))));
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<CustomerRef> Vault::new_customer() {
  auto made = new_customers(1);
  if (!made) return made.error();
  return made->front();
}

Result<std::vector<CustomerRef>> Vault::new_customers(std::size_t n) {
  return inside_->guarded<std::vector<CustomerRef>>([&] {
    std::vector<CustomerRef> made(n);
    Transaction transaction(*inside_->database);
    for (CustomerRef& ref : made) ref = inside_->make_key();
    transaction.commit();
    return made;
  });
}

Result<std::string> Vault::seal_profile(const CustomerRef& customer, const Profile& profile) {
  if (auto ok = check(profile); !ok) return ok.error();
  return inside_->guarded<std::string>([&]() -> Result<std::string> {
    CustomerKey key;
    if (!inside_->find(customer, key)) return no_key(customer);
    return crypto::seal(key, customer, profile);
  });
}

Result<std::optional<Profile>> Vault::open_profile(const CustomerRef& customer,
                                                   std::string_view sealed) {
  return inside_->guarded<std::optional<Profile>>([&]() -> Result<std::optional<Profile>> {
    CustomerKey key;
    if (!inside_->find(customer, key)) return std::optional<Profile>{};
    auto profile = crypto::unseal(key, customer, sealed);
    if (!profile) return not_opening("profile of " + to_hex(customer));
    return profile;
  });
}

Result<Done> Vault::destroy_key(const CustomerRef& customer) {
  return inside_->guarded<Done>([&] {
    auto row = inside_->database->query(drop_key);
    row->bind_blob(1, view(customer));
    row->step();
    return Done{};
  });
}

Result<std::string> Vault::seal_up_to(std::size_t most, const CustomerRef& customer,
                                      std::string_view kind, std::string_view plain) {
  if (plain.size() > most)
    return Error{Failure::limit, "sealed.limit", "The content to seal is too long",
                 std::string(kind), "Shorten it."};
  return inside_->guarded<std::string>([&]() -> Result<std::string> {
    CustomerKey key;
    if (!inside_->find(customer, key)) return no_key(customer);
    return crypto::seal_bytes(key, customer, kind, plain);
  });
}

Result<std::string> Vault::seal(const CustomerRef& customer, std::string_view kind,
                                std::string_view plain) {
  return seal_up_to(plain_max, customer, kind, plain);
}

Result<std::string> Vault::seal_file(const CustomerRef& customer, std::string_view kind,
                                     std::string_view plain) {
  return seal_up_to(limits::file_bytes, customer, kind, plain);
}

Result<std::optional<std::string>> Vault::unseal(const CustomerRef& customer, std::string_view kind,
                                                 std::string_view sealed) {
  return inside_->guarded<std::optional<std::string>>([&]() -> Result<std::optional<std::string>> {
    CustomerKey key;
    if (!inside_->find(customer, key)) return std::optional<std::string>{};
    auto plain = crypto::unseal_bytes(key, customer, kind, sealed);
    if (!plain) return not_opening(std::string(kind) + " of " + to_hex(customer));
    return plain;
  });
}

Result<Done> Vault::destroy_keys(std::span<const CustomerRef> customers) {
  return inside_->guarded<Done>([&] {
    std::vector<CustomerRef> living;
    for (const CustomerRef& customer : customers)
      if (!inside_->is_destroyed(customer)) living.push_back(customer);
    if (living.empty()) return Done{};
    Transaction transaction(*inside_->database);
    for (const CustomerRef& customer : living) {
      auto row = inside_->database->query(drop_key);
      row->bind_blob(1, view(customer));
      row->step();
    }
    transaction.commit();
    return Done{};
  });
}

Result<Done> Vault::drop_keys(std::span<const CustomerRef> customers) {
  if (customers.empty()) return Done{};
  return inside_->guarded<Done>([&] {
    Transaction transaction(*inside_->database);
    for (const CustomerRef& customer : customers) {
      auto row = inside_->database->query(leave_key);
      row->bind_blob(1, view(customer));
      row->step();
    }
    transaction.commit();
    return Done{};
  });
}

Result<bool> Vault::has_key(const CustomerRef& customer) {
  return inside_->guarded<bool>([&] {
    CustomerKey key;
    return inside_->find(customer, key);
  });
}

std::string Vault::lookup_hash(std::string_view kind, std::string_view value) const {
  crypto_generichash_state state;
  crypto_generichash_init(&state, inside_->secrets->lookup_key, sizeof inside_->secrets->lookup_key,
                          32);
  // Kinds have no NUL, so kind and value cannot run into each other.
  constexpr unsigned char separator = 0;
  crypto_generichash_update(&state, raw(kind), kind.size());
  crypto_generichash_update(&state, &separator, 1);
  crypto_generichash_update(&state, raw(value), value.size());
  std::string hash(32, '\0');
  crypto_generichash_final(&state, raw(hash), hash.size());
  return hash;
}

Result<std::vector<SealedKey>> Vault::seal_keys_for(std::span<const CustomerRef> customers,
                                                    std::string_view recipient_public) {
  if (recipient_public.size() != crypto_box_PUBLICKEYBYTES)
    return Error{Failure::bad_input, "vault.recipient", "The recipient's key is not 32 bytes", "",
                 "Enrol this terminal again."};
  return inside_->guarded<std::vector<SealedKey>>([&] {
    std::vector<SealedKey> sealed;
    for (const CustomerRef& customer : customers) {
      CustomerKey key;
      if (!inside_->find(customer, key)) continue;  // erased, or never here
      std::string bytes(crypto_box_SEALBYTES + CustomerKey::size, '\0');
      crypto_box_seal(raw(bytes), key.data(), CustomerKey::size, raw(recipient_public));
      sealed.push_back({customer, std::move(bytes)});
    }
    return sealed;
  });
}

Result<Done> Vault::accept_keys(std::span<const SealedKey> keys) {
  if (keys.empty()) return Done{};
  return inside_->guarded<Done>([&]() -> Result<Done> {
    Transaction transaction(*inside_->database);
    for (const SealedKey& sealed : keys) {
      CustomerKey key;
      if (sealed.bytes.size() != crypto_box_SEALBYTES + CustomerKey::size ||
          crypto_box_seal_open(key.data(), raw(sealed.bytes), sealed.bytes.size(),
                               inside_->secrets->box_public, inside_->secrets->box_secret) != 0)
        return Error{Failure::bad_input, "vault.sealed-key", "A key is not sealed to this folder",
                     to_hex(sealed.customer), "Ask the sender to enrol again."};
      inside_->store(sealed.customer, key.view());
    }
    transaction.commit();
    return Done{};
  });
}

Result<std::string> Vault::seal_keys_in(const FileKey& key, const Bytes16& file, std::uint32_t part,
                                        std::span<const CustomerRef> customers) {
  return inside_->guarded<std::string>([&] {
    std::string plain;
    plain.reserve(customers.size() * (sizeof(CustomerRef) + CustomerKey::size));
    for (const CustomerRef& customer : customers) {
      CustomerKey each;
      if (!inside_->find(customer, each)) continue;  // erased, or never here
      plain += view(customer);
      plain += each.view();
    }
    std::string sealed = key.seal(file, part, plain);
    sodium_memzero(plain.data(), plain.size());
    return sealed;
  });
}

Result<Done> Vault::accept_keys_in(const FileKey& key, const Bytes16& file, std::uint32_t part,
                                   std::string_view sealed) {
  constexpr std::size_t one = sizeof(CustomerRef) + CustomerKey::size;
  auto plain = key.open(file, part, sealed);
  if (!plain || plain->size() % one != 0) return not_opening_here();
  return inside_->guarded<Done>([&] {
    Transaction transaction(*inside_->database);
    for (std::string_view rest = *plain; !rest.empty(); rest.remove_prefix(one)) {
      const CustomerRef customer = customer_ref_of(rest.substr(0, sizeof(CustomerRef)));
      inside_->store(customer, rest.substr(sizeof(CustomerRef), CustomerKey::size));
    }
    transaction.commit();
    sodium_memzero(plain->data(), plain->size());
    return Done{};
  });
}

Result<std::vector<CustomerRef>> Vault::destroyed() {
  return inside_->guarded<std::vector<CustomerRef>>([&] {
    std::vector<CustomerRef> found;
    const auto row = inside_->database->query(read_destroyed);
    while (row->step()) {
      const CustomerRef customer = customer_ref_of(row->blob(0));
      if (!customer.nobody()) found.push_back(customer);
    }
    return found;
  });
}

Result<std::string> Vault::open_sealed(std::string_view sealed) const {
  const std::shared_lock lock(inside_->own_keys);
  if (sealed.size() >= crypto_box_SEALBYTES) {
    std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(raw(plain), raw(sealed), sealed.size(), inside_->secrets->box_public,
                             inside_->secrets->box_secret) == 0)
      return plain;
  }
  return not_opening_here();
}

std::string Vault::box_public() const {
  const std::shared_lock lock(inside_->own_keys);
  return std::string(view(inside_->secrets->box_public));
}

std::string Vault::sign_public() const {
  const std::shared_lock lock(inside_->own_keys);
  return std::string(view(inside_->secrets->sign_public));
}

Result<Done> Vault::take_new_keys() {
  return inside_->guarded<Done>([&]() -> Result<Done> {
    auto keys = crypto::make_guarded<FolderKeys>();
    *keys = *inside_->secrets;
    Transaction transaction(*inside_->database);
    crypto::renew(*inside_->database, *keys);
    transaction.commit();
    const std::unique_lock lock(inside_->own_keys);
    *inside_->secrets = *keys;
    return Done{};
  });
}

Result<std::string> Vault::former_sign_public() {
  return inside_->guarded<std::string>(
      [&]() -> Result<std::string> { return crypto::former_sign_public(*inside_->database); });
}

Result<std::string> Vault::sign_as_former(std::string_view message) {
  return inside_->guarded<std::string>(
      [&]() -> Result<std::string> { return crypto::sign_as_former(*inside_->database, message); });
}

std::string Vault::sign(std::string_view message) const {
  const std::shared_lock lock(inside_->own_keys);
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(),
                       inside_->secrets->sign_secret);
  return signature;
}

std::string Vault::receipt_code(const FactId& id) const {
  const Bytes16 bytes = to_bytes(id);
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(),
                     inside_->secrets->receipt_key, sizeof inside_->secrets->receipt_key);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | hash[i];
  std::string code;
  for (int i = 0; i < 10; ++i, bits >>= 5) code += base32_digits[bits & 31];
  return code;
}

}  // namespace keepsake
