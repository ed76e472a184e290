#include "storage/book/data_folder.hpp"

#include "storage/book/terminal.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_file(folder), ignored))
    return Error{Failure::not_found, "book.none", "There is no Keepsake data in this folder",
                 folder.string(), "Make it with keepsake init, or check the folder's name."};
  auto database = sqlite::open(database_file(folder), {.mode = sqlite::Mode::reader});
  if (!database) return database.error();
  if (auto ok = records::check_schema(**database); !ok) return ok.error();
  if (auto ok = terminal::check_schema(**database); !ok) return ok.error();
  return database;
}

Result<std::unique_ptr<Vault>> open_existing_vault(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder / "vault.db", ignored)) return Vault::open(folder);
  return Error{Failure::corrupt, "vault.missing", "The key store vault.db is missing",
               folder.string(), "Put vault.db back from a copy of this folder."};
}

}  // namespace keepsake
