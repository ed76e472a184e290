#include "storage/book/new_folder.hpp"

#include "storage/book/data_folder.hpp"
#include "storage/book/settings.hpp"
#include "storage/book/terminal.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

TerminalNumber provisional_number() {
  const std::string random = random_bytes(3);
  std::uint32_t value = 0;
  for (const char byte : random) value = value << 8 | static_cast<unsigned char>(byte);
  return {value | TerminalNumber::provisional_from};
}

}  // namespace

Result<Done> fill_folder(const std::filesystem::path& folder, const Settings& settings) {
  auto database = open_to_write(folder, sqlite::Durability::full);
  if (!database) return database.error();
  if (!terminal::identities(**database).empty())
    return Error{Failure::refused, "book.exists", "This folder already holds Keepsake data",
                 folder.string(), "Choose an empty folder, or use the one that is there."};
  if (auto ok = write_settings(folder, settings); !ok) return ok;
  if (auto vault = Vault::create(folder); !vault) return vault.error();
  Transaction transaction(**database);
  terminal::add_identity(**database, {provisional_number(), {}, 1});
  transaction.commit();
  return sync_folder(folder);
}

}  // namespace keepsake
