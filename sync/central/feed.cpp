#include "sync/central/feed.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <iterator>

#include "storage/domain/customers_in.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/facts/codec.hpp"
#include "storage/facts/keys_of_fact.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/dormant_log.hpp"
#include "sync/central/reservation_log.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql put_place{"central.feed.put",
                        "INSERT INTO central_feed (store, terminal, lineage, seq, counted,"
                        " position) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql last_place{"central.feed.last",
                         "SELECT coalesce(max(position), 0) FROM central_feed"};
constexpr Sql read_generation{"central.generation", "SELECT generation FROM central_generation"};
constexpr Sql put_generation{"central.generation.put",
                             "INSERT INTO central_generation (one, generation) VALUES (1, $1)"
                             " ON CONFLICT (one) DO UPDATE SET generation = excluded.generation"};
constexpr Sql places_after{
    "central.feed.read",
    "SELECT p.position, p.terminal, p.lineage, p.counted, coalesce(f.id, h.id),"
    " coalesce(f.type, h.type), coalesce(f.body, h.body), coalesce(h.publication, 0),"
    " p.customer, p.origin, p.seq FROM central_feed p"
    " LEFT JOIN central_fact f ON f.terminal = p.terminal AND f.lineage = p.lineage AND f.seq = "
    "p.seq"
    " LEFT JOIN central_own_fact h ON p.terminal = 0 AND h.seq = p.seq"
    " WHERE p.store = $1 AND p.position > $2 ORDER BY p.position LIMIT $3"};

std::int64_t random_generation() {
  const std::string bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return static_cast<std::int64_t>(value >> 1) | 1;
}

/// Of a fact about many people, in another store's order: what it says of one.
std::string body_of(const Query& row) {
  if (row.blob(8).empty()) return std::string(row.blob(6));
  auto fact = decode(static_cast<FactType>(row.integer(5)), row.blob(6));
  if (!fact) throw DatabaseError(fact.error());
  auto body = encode(narrowed_to(records::customer_ref(row, 8), std::move(*fact)));
  if (!body) throw DatabaseError(body.error());
  return std::move(*body);
}

/// Rows of the order into entries of a page, until one of its limits.
class Filling {
 public:
  Filling(const Terminal& terminal, FeedPage& page) : terminal_(terminal), page_(page) {}

  /// false: the page is full, and this row begins the next one.
  bool add(const Query& row) {
    const bool own =
        row.integer(1) == terminal_.number.value && row.integer(2) == terminal_.lineage;
    const bool counted = row.integer(3) != 0;
    const std::int64_t publication = row.integer(7);
    if (own || counted) {
      const std::size_t bytes = own ? 0 : row.blob(6).size();
      if (!page_.entries.empty() &&
          (page_.entries.size() == limits::feed_entries || bytes_ + bytes > limits::feed_bytes)) {
        page_.whole = publication == 0 || publication != publication_;
        return false;
      }
      bytes_ += bytes;
      if (own) {
        const Seq seq = static_cast<Seq>(row.integer(10));
        own_.push_back({seq, page_.entries.size()});
      }
      publication_ = publication;
      // Of its own as well: it dropped the keys of those who were dormant, in an order that may be void.
      std::ranges::copy(keys_of_fact(static_cast<std::uint16_t>(row.integer(5)), row.blob(6)),
                        std::back_inserter(keys_of_));
      page_.entries.push_back({row.integer(0), records::fact_id(row, 4),
                               static_cast<std::uint16_t>(row.integer(5)), own,
                               own ? std::string() : body_of(row), std::string(row.text(9))});
    }
    page_.head = row.integer(0);
    return true;
  }

  /// Whose keys come with it: nobody's who is dormant at the store by now.
  std::vector<CustomerRef> keys_of(Database& database) const {
    std::vector<CustomerRef> customers = keys_of_;
    std::erase_if(customers, [&](const CustomerRef& each) {
      return is_dormant_at(database, each, terminal_.store);
    });
    return customers;
  }

  /// What was unusual about the terminal's own facts on the page, which ends before the first of them
  /// whose outcomes do not all fit.
  void tell_outcomes(Database& database) {
    if (own_.empty()) return;
    page_.outcomes = central::outcomes(database, terminal_, own_.front().seq, own_.back().seq,
                                       outcomes_per_answer + 1);
    if (page_.outcomes.size() <= outcomes_per_answer) return;
    const Seq beyond = page_.outcomes.back().seq;
    page_.outcomes.pop_back();
    const auto from = std::ranges::find(own_, beyond, &Own::seq);
    if (from == own_.begin() || from == own_.end()) return;
    std::erase_if(page_.outcomes, [&](const FactOutcome& each) { return each.seq >= beyond; });
    page_.entries.resize(from->entry);
    page_.head = page_.entries.back().position;
    page_.complete = false;
    page_.whole = true;  // what comes next is the terminal's own, and in no publication
  }

 private:
  const Terminal& terminal_;
  FeedPage& page_;
  std::size_t bytes_ = 0;
  struct Own {
    Seq seq;
    std::size_t entry;  ///< of the page
  };
  std::vector<Own> own_;
  std::vector<CustomerRef> keys_of_;
  std::int64_t publication_ = 0;  ///< of the last entry: its facts come into force together
};

}  // namespace

FeedPosition publish(Database& database, const Chain& chain, std::string_view store, Seq seq,
                     FactState state) {
  if (state == FactState::repeated) return 0;
  // Asked for by itself: SQLite keeps what a statement returns of its own rows in a table made for it.
  const FeedPosition position = last_position(database) + 1;
  const auto row = database.query(put_place);
  row->bind_text(1, store);
  row->bind(2, chain.terminal.value);
  row->bind(3, chain.lineage);
  row->bind(4, seq);
  row->bind(5, state == FactState::applied ? 1 : 0);
  row->bind(6, position);
  row->step();
  return position;
}

std::int64_t generation(Database& database) {
  if (const auto row = database.query(read_generation); row->step()) return row->integer(0);
  return 0;
}

void draw_generation(Database& database) {
  const auto row = database.query(put_generation);
  row->bind(1, random_generation());
  row->step();
}

Result<Done> forget_generation(const std::filesystem::path& copy) {
  auto database = sqlite::open(copy, {.log = sqlite::Log::rollback});
  if (!database) return database.error();
  try {
    (*database)->execute("DELETE FROM central_generation");
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

FeedPosition last_position(Database& database) {
  const auto row = database.query(last_place);
  row->step();
  return row->integer(0);
}

namespace {

/// What comes after the cursor; whose keys come with it.
std::vector<CustomerRef> fill(Database& database, const Terminal& terminal,
                              const FeedCursor& cursor, FeedPage& page) {
  page.after = page.head = cursor.position;
  page.complete = true;
  Filling filling(terminal, page);
  // One row more than a page holds tells whether there is more.
  const auto row = database.query(places_after);
  row->bind_text(1, terminal.store);
  row->bind(2, cursor.position);
  row->bind(3, static_cast<std::int64_t>(limits::feed_entries) + 1);
  std::size_t rows = 0;
  while (page.complete && row->step()) {
    ++rows;
    page.complete = filling.add(*row);
  }
  if (rows > limits::feed_entries) page.complete = false;
  filling.tell_outcomes(database);
  return filling.keys_of(database);
}

}  // namespace

FeedPage page_of_store(Database& database, std::string_view store, const FeedCursor& cursor) {
  Terminal nobody;
  nobody.store = store;
  nobody.lineage = -1;  // no chain is its own
  FeedPage page;
  page.generation = cursor.generation;
  static_cast<void>(fill(database, nobody, cursor, page));
  return page;
}

Result<FeedPage> page_for(Database& database, Vault& vault, const Terminal& terminal,
                          const FeedCursor& cursor) {
  FeedPage page;
  page.generation = generation(database);
  page.reservation_change = newest_change_for(database, {terminal.number, terminal.epoch});
  assert(page.generation > 0);  // drawn when the centre opened
  if (cursor.generation != page.generation) {
    page.complete = false;
    if (cursor != FeedCursor{}) return page;
  }
  const auto customers = fill(database, terminal, cursor, page);
  if (customers.empty()) return page;
  auto keys = vault.seal_keys_for(customers, terminal.box_public);
  if (!keys) return keys.error();
  page.keys = std::move(*keys);
  return page;
}

}  // namespace keepsake::sync::central
