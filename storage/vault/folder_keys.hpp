#pragma once
// For storage/vault/*.cpp only: a folder's own keys and the rows that hold them. Functions throw
// DatabaseError.

#include <sodium.h>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::crypto {

struct FolderKeys {
  unsigned char lookup_key[crypto_generichash_KEYBYTES];
  unsigned char receipt_key[crypto_generichash_KEYBYTES];
  unsigned char sign_public[crypto_sign_PUBLICKEYBYTES];
  unsigned char sign_secret[crypto_sign_SECRETKEYBYTES];
  unsigned char box_public[crypto_box_PUBLICKEYBYTES];
  unsigned char box_secret[crypto_box_SECRETKEYBYTES];
};

template <std::size_t N>
std::string_view view(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}

Error damaged_store(std::string where);  ///< "vault.corrupt"

/// Failure::not_found "vault.empty" when there are none, ::corrupt "vault.corrupt".
Result<Done> load(Database& database, FolderKeys& into);
void make(Database& database, FolderKeys& keys);  ///< all of them, of a new folder
/// Other keys for signing and sealing; the present ones are kept as former. In one transaction.
void renew(Database& database, FolderKeys& keys);

/// The last former signing key; empty: there is none.
std::string former_sign_public(Database& database);
/// 64 bytes by that key; empty: there is none.
std::string sign_as_former(Database& database, std::string_view message);

}  // namespace keepsake::crypto
