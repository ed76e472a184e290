#include "storage/records/till/chain_settings.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put{"chain-settings.put",
                  "INSERT INTO chain_settings (store, fact, source) VALUES ($1, $2, $3)"
                  " ON CONFLICT (store) DO UPDATE SET fact = excluded.fact,"
                  " source = excluded.source"};
constexpr Sql read_source{"chain-settings.read",
                          "SELECT source FROM chain_settings WHERE store = $1"};

}  // namespace

Result<Done> apply(Applying& applying, const ChainSettings& settings) {
  // Else a till could set for itself what head office has set.
  if (applying.header.id.terminal().value != 0)
    return applying.contradict("settings.foreign", "Head office alone sets this for its stores",
                               "Ask head office; a till's own settings are in keepsake.toml.");
  auto row = applying.database.query(put);
  row->bind_text(1, applying.header.store);
  row->bind_blob(2, view(applying.id));
  row->bind_text(3, settings.source);
  row->step();
  return Done{};
}

std::string chain_settings(Database& database, std::string_view store) {
  auto row = database.query(read_source);
  row->bind_text(1, store);
  return row->step() ? std::string(row->text(0)) : std::string();
}

}  // namespace keepsake::records
