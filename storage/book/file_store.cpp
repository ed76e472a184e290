#include "storage/book/file_store.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "storage/domain/values/limits.hpp"
#include "storage/engine/disk_fault.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::file_store {

namespace {

constexpr std::chrono::hours on_its_way{1};
constexpr std::string_view small_ending = ".small";
// What sealing adds: nonce, tag, padding.
constexpr std::int64_t sealing_bytes = 1024;

std::filesystem::path root(const std::filesystem::path& folder) { return folder / "files"; }

std::string kind_of(const Hash& hash, Part part) {
  return (part == Part::content ? "file:" : "thumbnail:") + to_hex(hash);
}

Error damaged(const Hash& hash) {
  return {Failure::corrupt, "file.damaged", "A customer's file is damaged", to_hex(hash),
          "Put it back from a copy of the data folder, or attach it again."};
}

struct Named {
  CustomerRef owner;
  Hash hash;
};

/// nullopt: no name that put() gives.
std::optional<Named> named(std::string name) {
  if (name.ends_with(small_ending)) name.resize(name.size() - small_ending.size());
  const auto dot = name.find('.');
  if (dot == std::string::npos) return std::nullopt;
  const auto hash = parse_hash(std::string_view(name).substr(0, dot));
  const auto owner = parse_customer_ref(std::string_view(name).substr(dot + 1));
  if (!hash || !owner) return std::nullopt;
  return Named{*owner, *hash};
}

}  // namespace

std::filesystem::path path_of(const std::filesystem::path& folder, const CustomerRef& owner,
                              const Hash& hash, Part part) {
  const std::string hex = to_hex(hash);
  std::string name = hex + "." + to_hex(owner);
  if (part == Part::thumbnail) name += small_ending;
  return root(folder) / hex.substr(0, 2) / name;
}

Result<Done> put(const std::filesystem::path& folder, Vault& vault, const CustomerRef& owner,
                 const Hash& hash, Part part, std::string_view plain) {
  auto sealed = vault.seal_file(owner, kind_of(hash, part), plain);
  if (!sealed) return sealed.error();
  const auto path = path_of(folder, owner, hash, part);
  if (auto ok = make_private_folder(path.parent_path()); !ok) return ok;
  return write_durably(path, *sealed);
}

Result<std::string> get(const std::filesystem::path& folder, Vault& vault, const CustomerRef& owner,
                        const Hash& hash, Part part) {
  const auto path = path_of(folder, owner, hash, part);
  const auto sealed = read_whole(path, limits::file_bytes + sealing_bytes);
  if (!sealed && sealed.error().kind == Failure::not_found)
    return Error{Failure::not_found, "file.missing", "A customer's file is not in this folder",
                 to_hex(hash), "Put it back from a copy of the data folder, or attach it again."};
  if (!sealed && sealed.error().kind == Failure::limit) return damaged(hash);
  if (!sealed) return sealed.error();
  auto plain = vault.unseal(owner, kind_of(hash, part), *sealed);
  if (!plain && plain.error().kind == Failure::bad_input) return damaged(hash);
  if (!plain) return plain.error();
  if (!*plain)
    return Error{Failure::not_found, "vault.no-key", "The customer's key is missing", to_hex(owner),
                 "Open it at the terminal where it was attached."};
  if (part == Part::content && sha256(**plain) != hash) return damaged(hash);
  return std::move(**plain);
}

void remove(const std::filesystem::path& folder, const CustomerRef& owner, const Hash& hash) {
  std::error_code ignored;
  for (const Part part : {Part::content, Part::thumbnail})
    std::filesystem::remove(path_of(folder, owner, hash, part), ignored);
}

std::int64_t sweep(const std::filesystem::path& folder,
                   const std::function<bool(const CustomerRef&, const Hash&)>& is_named) {
  std::error_code failed;
  std::vector<std::filesystem::path> orphans;
  const auto now = std::filesystem::file_time_type::clock::now();
  for (auto at = std::filesystem::recursive_directory_iterator(root(folder), failed);
       !failed && at != std::filesystem::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code gone;
    if (!at->is_regular_file(gone)) continue;
    const auto written = at->last_write_time(gone);
    if (gone || now - written < on_its_way) continue;
    const auto name = named(at->path().filename().string());
    if (!name || !is_named(name->owner, name->hash)) orphans.push_back(at->path());
  }
  for (const auto& orphan : orphans) std::filesystem::remove(orphan, failed);
  return static_cast<std::int64_t>(orphans.size());
}

}  // namespace keepsake::file_store
