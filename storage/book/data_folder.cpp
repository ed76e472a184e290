#include "storage/book/data_folder.hpp"

#include "storage/book/terminal.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/feed/placing.hpp"
#include "storage/records/schema.hpp"

namespace keepsake {

namespace {

constexpr Sql sold_in{"folder.currency", "SELECT currency FROM purchase LIMIT 1"};

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
  if (auto ok = terminal::migrate(**database); !ok) return ok.error();
  // How to take own facts back is known of the tables as they were: whoever is killed before the others
  // are made has forgotten it already.
  try {
    if (upgrades) feed::forget_changes(**database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  if (auto ok = records::migrate(**database); !ok) return ok.error();
  return database;
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
