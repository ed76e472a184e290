#include "storage/feed/store_records.hpp"

#include "storage/domain/fact.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/facts/keys_of_fact.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/feed/replay.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/schema.hpp"

namespace keepsake::feed {

namespace {

constexpr std::string_view tables = R"(
  CREATE TABLE IF NOT EXISTS store_records (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    unclean INTEGER NOT NULL CHECK (unclean IN (0, 1))
  ) STRICT;
  CREATE TABLE IF NOT EXISTS store_key (
    customer BLOB NOT NULL PRIMARY KEY CHECK (length(customer) = 16)
  ) STRICT, WITHOUT ROWID;
)";
constexpr Sql read_place{"store-records.place",
                         "SELECT generation, position, hash, unclean FROM store_records"};
constexpr Sql put_place{"store-records.place.put",
                        "INSERT INTO store_records (one, generation, position, hash, unclean)"
                        " VALUES (1, $1, $2, $3, $4) ON CONFLICT (one) DO UPDATE SET"
                        " generation = excluded.generation, position = excluded.position,"
                        " hash = excluded.hash, unclean = excluded.unclean"};
constexpr Sql put_key{"store-records.key",
                      "INSERT INTO store_key (customer) VALUES ($1)"
                      " ON CONFLICT (customer) DO NOTHING"};
constexpr Sql read_keys{"store-records.keys",
                        "SELECT customer FROM store_key WHERE customer NOT IN"
                        " (SELECT customer FROM dormant_customer)"};
constexpr Sql drop_keys{"store-records.keys.drop", "DELETE FROM store_key"};

/// Whatever of it is lost is made anew of the feed.
Result<std::unique_ptr<Database>> open_file(const std::filesystem::path& file) {
  return sqlite::open(file, {.mode = sqlite::Mode::writer,
                             .log = sqlite::Log::rollback,
                             .durability = sqlite::Durability::normal});
}

}  // namespace

Result<std::unique_ptr<StoreRecords>> StoreRecords::open(const std::filesystem::path& file,
                                                         Vault& vault) {
  auto database = open_file(file);
  if (!database) return database.error();
  try {
    if (auto ok = records::migrate(**database); !ok) return ok.error();
    (*database)->execute(tables);
    std::unique_ptr<StoreRecords> opened(new StoreRecords(file, std::move(*database), vault));
    opened->load();
    return opened;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

StoreRecords::StoreRecords(std::filesystem::path file, std::unique_ptr<Database> database,
                           Vault& vault)
    : file_(std::move(file)), database_(std::move(database)), vault_(vault) {}

StoreRecords::~StoreRecords() = default;

void StoreRecords::load() {
  const auto row = database_->query(read_place);
  if (!row->step()) return;
  at_ = {row->integer(0), row->integer(1)};
  hash_ = records::hash_at(*row, 2);
  unclean_ = row->integer(3) != 0;
}

void StoreRecords::save(bool unclean) {
  const auto row = database_->query(put_place);
  row->bind(1, at_.generation);
  row->bind(2, at_.position);
  row->bind_blob(3, view(hash_));
  row->bind(4, unclean ? 1 : 0);
  row->step();
}

/// Whether it erases somebody.
Result<bool> StoreRecords::apply(const FeedEntry& entry) {
  auto applied = apply_stored(*database_, vault_, entry.id, entry.type, entry.body, entry.store);
  // As at a till: what cannot be read changes nothing.
  if (!applied && applied.error().kind != Failure::bad_input) return applied.error();
  hash_ = next_hash(hash_, entry);
  for (const CustomerRef& customer : keys_of_fact(entry.type, entry.body)) {
    const auto row = database_->query(put_key);
    row->bind_blob(1, records::view(customer.bytes));
    row->step();
  }
  return entry.type == static_cast<std::uint16_t>(FactType::customer_erased);
}

/// Whether it erases somebody.
Result<bool> StoreRecords::apply(const FeedPage& page) {
  bool all = false;
  if (page.generation != at_.generation || page.after != at_.position) return all;
  for (const FeedEntry& entry : page.entries) {
    const auto erases = apply(entry);
    if (!erases) return erases;
    all = all || *erases;
  }
  at_.position = page.head;
  return all;
}

Result<Done> StoreRecords::take(std::span<const FeedPage> pages) {
  const FeedCursor before = at_;
  const Hash hash_before = hash_;
  auto taken = [&]() -> Result<Done> {
    try {
      Transaction all(*database_);
      bool unclean = unclean_;
      for (const FeedPage& page : pages) {
        const auto erases = apply(page);
        if (!erases) return erases.error();
        unclean = unclean || *erases;
      }
      save(unclean);
      all.commit();
      unclean_ = unclean;
      return Done{};
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }();
  if (!taken) {
    at_ = before;
    hash_ = hash_before;
  }
  return taken;
}

Result<Done> StoreRecords::begin(std::int64_t generation) {
  try {
    Transaction all(*database_);
    records::clear(*database_);
    database_->query(drop_keys)->step();
    at_ = {generation, 0};
    hash_ = {};
    // What other orders had is nobody's any more.
    unclean_ = true;
    save(unclean_);
    all.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    load();
    return error.error();
  }
}

// Where a page was split or filled anew, a copy of what stood there is left behind.
Result<Done> StoreRecords::clean() {
  if (!unclean_) return Done{};
  try {
    sqlite::write_anew(*database_);
    Transaction all(*database_);
    save(false);
    all.commit();
    unclean_ = false;
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> StoreRecords::copy_rows_to(const std::filesystem::path& file) {
  auto copy = sqlite::open(file, {.mode = sqlite::Mode::writer, .log = sqlite::Log::none});
  if (!copy) return copy.error();
  try {
    if (auto ok = records::migrate(**copy); !ok) return ok;
    Transaction all(**copy);
    sqlite::copy_rows(**copy, file_, records::tables_of_facts());
    all.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<std::vector<CustomerRef>> StoreRecords::whose_keys() {
  try {
    std::vector<CustomerRef> found;
    const auto row = database_->query(read_keys);
    while (row->step()) found.push_back(records::customer_ref(*row, 0));
    return found;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::feed
