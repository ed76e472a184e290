#include "storage/vault/folder_keys.hpp"

#include <cstring>

#include "storage/engine/database.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake::crypto {

namespace {

constexpr Sql read_secrets{
    "vault.secrets",
    "SELECT lookup_key, receipt_key, sign_public, sign_secret, box_public, box_secret FROM secret"};
constexpr Sql put_secrets{
    "vault.put-secrets",
    "INSERT INTO secret (one, lookup_key, receipt_key, sign_public, sign_secret, box_public,"
    " box_secret) VALUES (1, $1, $2, $3, $4, $5, $6)"};
constexpr Sql keep_former{
    "vault.keep-former",
    "INSERT INTO former_key (n, sign_public, sign_secret, box_public, box_secret)"
    " SELECT (SELECT coalesce(max(n), 0) + 1 FROM former_key), sign_public, sign_secret,"
    " box_public, box_secret FROM secret"};
constexpr Sql replace_keys{
    "vault.replace-keys",
    "UPDATE secret SET sign_public = $1, sign_secret = $2, box_public = $3, box_secret = $4"};
constexpr Sql read_former{
    "vault.former", "SELECT sign_public, sign_secret FROM former_key ORDER BY n DESC LIMIT 1"};

template <std::size_t N>
bool take(const Query& row, int column, unsigned char (&into)[N]) {
  const std::string_view bytes = row.blob(column);
  if (bytes.size() != N) return false;
  std::memcpy(into, bytes.data(), N);
  return true;
}

}  // namespace

Error damaged_store(std::string where) {
  return {Failure::corrupt, "vault.corrupt", "The key store is damaged", std::move(where),
          "Restore vault.db from the newest backup."};
}

Result<Done> load(Database& database, FolderKeys& into) {
  auto row = database.query(read_secrets);
  if (!row->step()) return Error{Failure::not_found, "vault.empty", "No secrets yet", "", ""};
  const bool whole = take(*row, 0, into.lookup_key) && take(*row, 1, into.receipt_key) &&
                     take(*row, 2, into.sign_public) && take(*row, 3, into.sign_secret) &&
                     take(*row, 4, into.box_public) && take(*row, 5, into.box_secret);
  if (!whole) return damaged_store("secret");
  return Done{};
}

void make(Database& database, FolderKeys& keys) {
  randombytes_buf(keys.lookup_key, sizeof keys.lookup_key);
  randombytes_buf(keys.receipt_key, sizeof keys.receipt_key);
  crypto_sign_keypair(keys.sign_public, keys.sign_secret);
  crypto_box_keypair(keys.box_public, keys.box_secret);
  auto row = database.query(put_secrets);
  row->bind_blob(1, view(keys.lookup_key));
  row->bind_blob(2, view(keys.receipt_key));
  row->bind_blob(3, view(keys.sign_public));
  row->bind_blob(4, view(keys.sign_secret));
  row->bind_blob(5, view(keys.box_public));
  row->bind_blob(6, view(keys.box_secret));
  row->step();
}

void renew(Database& database, FolderKeys& keys) {
  database.query(keep_former)->step();
  crypto_sign_keypair(keys.sign_public, keys.sign_secret);
  crypto_box_keypair(keys.box_public, keys.box_secret);
  auto row = database.query(replace_keys);
  row->bind_blob(1, view(keys.sign_public));
  row->bind_blob(2, view(keys.sign_secret));
  row->bind_blob(3, view(keys.box_public));
  row->bind_blob(4, view(keys.box_secret));
  row->step();
}

std::string former_sign_public(Database& database) {
  auto row = database.query(read_former);
  return row->step() ? std::string(row->blob(0)) : std::string();
}

std::string sign_as_former(Database& database, std::string_view message) {
  auto row = database.query(read_former);
  if (!row->step()) return {};
  auto keys = make_guarded<FolderKeys>();
  if (!take(*row, 1, keys->sign_secret)) throw DatabaseError(damaged_store("former_key"));
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(), keys->sign_secret);
  return signature;
}

}  // namespace keepsake::crypto
