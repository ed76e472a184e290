#pragma once
// Inside storage/vault only: what a Vault holds, for its sources.

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"
#include "storage/vault/folder_keys.hpp"
#include "storage/vault/pins.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake {

struct VaultInside {
  VaultInside(std::filesystem::path opened_file, std::unique_ptr<Database> opened,
              crypto::Guarded<crypto::FolderKeys> loaded)
      : file(std::move(opened_file)), database(std::move(opened)), secrets(std::move(loaded)) {}

  /// One operation at a time, its database faults as values.
  template <class T, class F>
  Result<T> guarded(F&& work) {
    const std::lock_guard lock(mutex);
    try {
      return std::forward<F>(work)();
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }

  // Within guarded(). A destroyed key is found by nobody and never stored again.
  bool find(const CustomerRef& customer, crypto::CustomerKey& into);
  bool is_destroyed(const CustomerRef& customer);
  void store(const CustomerRef& customer, std::string_view key);
  CustomerRef make_key();  ///< of somebody new
  std::vector<pins::Kept> verifiers(std::span<const SealedStaffMember> everybody);
  StaffMember opened(const SealedStaffMember& sealed);

  mutable std::shared_mutex own_keys;  // signing and sealing keys may become others
  std::mutex mutex;                    // one operation at a time
  std::filesystem::path file;
  std::unique_ptr<Database> database;
  crypto::Guarded<crypto::FolderKeys> secrets;
};

}  // namespace keepsake
