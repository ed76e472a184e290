#include "storage/book/data_folder.hpp"

#include "storage/book/settings.hpp"
#include "storage/book/terminal.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/feed/placing.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

constexpr Sql sold_in{"folder.currency", "SELECT currency FROM purchase LIMIT 1"};

TerminalNumber provisional_number() {
  const std::string random = random_bytes(3);
  std::uint32_t value = 0;
  for (const char byte : random) value = value << 8 | static_cast<unsigned char>(byte);
  return {value | TerminalNumber::provisional_from};
}

}  // namespace

Error no_book(const std::filesystem::path& folder) {
  return {Failure::not_found, "book.none", "There is no Keepsake data in this folder",
          folder.string(), "Make it with keepsake init, or check the folder's name."};
}

Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_file(folder), ignored)) return no_book(folder);
  auto database = sqlite::open(database_file(folder), {.mode = sqlite::Mode::reader});
  if (!database) return database.error();
  if (auto ok = records::check_schema(**database); !ok) return ok.error();
  if (auto ok = terminal::check_schema(**database); !ok) return ok.error();
  return database;
}

Result<std::unique_ptr<Database>> open_to_write(const std::filesystem::path& folder,
                                                sqlite::Durability durability) {
  auto database = sqlite::open(database_file(folder), {.durability = durability});
  if (!database) return database.error();
  const bool upgrades = !records::check_schema(**database).ok();
  if (auto ok = records::migrate(**database); !ok) return ok.error();
  if (auto ok = terminal::migrate(**database); !ok) return ok.error();
  try {
    if (upgrades) feed::forget_changes(**database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return database;
}

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

Result<Done> check_currency(Database& database, Currency in_settings,
                            const std::filesystem::path& folder) {
  auto row = database.query(sold_in);
  if (in_settings == Currency{} || !row->step() || row->text(0) == in_settings.code())
    return Done{};
  return Error{Failure::bad_input, "settings.currency",
               "This shop has sold in " + std::string(row->text(0)) + "; keepsake.toml says " +
                   std::string(in_settings.code()),
               settings_file(folder).string(),
               "Write currency = \"" + std::string(row->text(0)) +
                   "\" again; another currency needs a data folder of its own."};
}

}  // namespace keepsake
