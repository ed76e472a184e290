#include "sync/central/snapshots.hpp"

#include <spdlog/spdlog.h>
#include <utility>

#include "storage/domain/values/may_pass.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/central/feed.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::chrono::minutes pull_meanwhile{10};

constexpr Sql places_of_store{"central.snapshot.places",
                              "SELECT count(*) FROM (SELECT 1 FROM central_feed WHERE store = $1"
                              " AND position > $2 AND NOT (terminal = $3 AND lineage = $4)"
                              " LIMIT $5)"};
constexpr Sql own_places{
    "central.snapshot.own",
    "SELECT count(DISTINCT p.seq), coalesce(max(p.seq), 0), coalesce(min(p.counted), 1)"
    " FROM central_feed p WHERE p.terminal = $1 AND p.lineage = $2 AND p.store = $3"
    " AND p.position <= $4"};
constexpr Sql first_own_after{"central.snapshot.own-after",
                              "SELECT coalesce(min(seq), 0) FROM central_feed WHERE terminal = $1"
                              " AND lineage = $2 AND store = $3 AND position > $4"};
constexpr Sql fact_id{"central.snapshot.fact",
                      "SELECT id FROM central_fact WHERE terminal = $1 AND lineage = $2"
                      " AND seq = $3"};
// Facts of its journal may have come under another number or chain: by a folder that was copied, or
// before a fork.
constexpr Sql other_history{
    "central.snapshot.history",
    "SELECT 1 FROM central_feed WHERE terminal = $1 AND lineage <> $2"
    " UNION ALL SELECT 1 FROM central_predecessor p WHERE p.terminal = $1 AND (p.maker = 0"
    "  OR EXISTS (SELECT 1 FROM central_terminal t WHERE t.number = p.maker)"
    "  OR EXISTS (SELECT 1 FROM central_predecessor o WHERE o.maker = p.maker"
    "   AND o.terminal <> $1)) LIMIT 1"};

/// Of others: what is its own a terminal has. At most `most`.
std::int64_t count_places(Database& database, const Terminal& terminal, FeedPosition after,
                          std::int64_t most) {
  const auto row = database.query(places_of_store);
  row->bind_text(1, terminal.store);
  row->bind(2, after);
  row->bind(3, terminal.number.value);
  row->bind(4, terminal.lineage);
  row->bind(5, most);
  row->step();
  return row->integer(0);
}

struct Own {
  Seq placed = 0;
  FactId id;
};
/// How many of the terminal's own facts are in a snapshot of up to there. nullopt: it is not known, or
/// the terminal has applied some of them in another place than others have.
std::optional<Own> own_in(Database& database, const Terminal& terminal, FeedPosition to) {
  {
    const auto row = database.query(other_history);
    row->bind(1, terminal.number.value);
    row->bind(2, terminal.lineage);
    if (row->step()) return std::nullopt;
  }
  Own own;
  {
    const auto row = database.query(own_places);
    row->bind(1, terminal.number.value);
    row->bind(2, terminal.lineage);
    row->bind_text(3, terminal.store);
    row->bind(4, to);
    row->step();
    own.placed = static_cast<Seq>(row->integer(1));
    const bool counted = row->integer(2) != 0;
    if (row->integer(0) != row->integer(1) || !counted) return std::nullopt;
  }
  if (own.placed == 0) return own;
  const auto row = database.query(fact_id);
  row->bind(1, terminal.number.value);
  row->bind(2, terminal.lineage);
  row->bind(3, own.placed);
  if (!row->step()) return std::nullopt;
  own.id = records::fact_id(*row, 0);
  return own;
}

/// What is to be told of its facts up to `placed` whose places are behind `after`: it pulls no page that
/// tells of them. One more than an answer holds means: more than that.
std::vector<FactOutcome> outcomes_behind(Database& database, const Terminal& terminal,
                                         FeedPosition after, Seq placed) {
  const auto row = database.query(first_own_after);
  row->bind(1, terminal.number.value);
  row->bind(2, terminal.lineage);
  row->bind_text(3, terminal.store);
  row->bind(4, after);
  row->step();
  const auto first = static_cast<Seq>(row->integer(0));
  if (first == 0) return {};
  return outcomes(database, terminal, first, placed, outcomes_per_answer + 1);
}

Refusal none(std::string_view why) {
  return {404,
          {"snapshot.none", "There is no snapshot for this terminal: pull", 0},
          {},
          std::string(why)};
}

}  // namespace

Snapshots::Snapshots(std::filesystem::path folder, std::unique_ptr<Database> reader,
                     std::unique_ptr<Vault> vault, std::int64_t worth,
                     std::shared_ptr<spdlog::logger> log)
    : folder_(std::move(folder)),
      reader_(std::move(reader)),
      vault_(std::move(vault)),
      worth_(worth),
      log_(std::move(log)) {
  sweep_snapshots(folder_);
  thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
}

Snapshots::~Snapshots() {
  thread_.request_stop();
  thread_.join();
  for (const auto& [store, snapshot] : made_) snapshot->remove();
}

Snapshots::Answer Snapshots::offer(Database& reader, Vault& vault, const Terminal& terminal,
                                   const FeedCursor& cursor, std::int64_t records, bool lost) {
  if (records != records::schema_version()) return none("schema");
  const auto order = generation(reader);
  const FeedPosition after = cursor.generation == order ? cursor.position : 0;
  if (!lost && count_places(reader, terminal, after, worth_) < worth_) return none("few");
  std::shared_ptr<StoreSnapshot> made;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = made_.find(terminal.store); found != made_.end()) made = found->second;
  }
  const bool good = made && made->offer().base.at.generation == order &&
                    made->offer().base.at.position >= after &&
                    count_places(reader, terminal, made->offer().base.at.position, worth_) < worth_;
  if (!good) {
    if (!own_in(reader, terminal, last_position(reader))) return none("history");
    const std::lock_guard lock(mutex_);
    if (failed_lately(terminal.store)) return none("failed");
    wanted_.insert(terminal.store);
    wake_.notify_one();
    return BeingMade{};
  }
  SnapshotOffer offer = made->offer();
  const auto own = own_in(reader, terminal, offer.base.at.position);
  if (!own) return none("history");
  offer.base.placed = own->placed;
  offer.placed_id = own->id;
  offer.outcomes = outcomes_behind(reader, terminal, after, own->placed);
  if (offer.outcomes.size() > outcomes_per_answer) return none("outcomes");
  auto key = seal_for(made->key().bytes(), terminal.box_public);
  if (!key) return as_refusal(key.error());
  offer.key = std::move(*key);
  SignedSnapshotOffer answer;
  answer.offer = encode(offer);
  answer.signature =
      bytes64(vault.sign(snapshot_signing_bytes(terminal.number, terminal.epoch, answer.offer)));
  return answer;
}

Result<std::string> Snapshots::part(std::string_view store, const SnapshotId& id, std::uint32_t n) {
  std::shared_ptr<StoreSnapshot> made;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = made_.find(std::string(store)); found != made_.end())
      made = found->second;
  }
  if (made && made->offer().base.id == id) return made->part(n);
  return snapshot_gone();
}

void Snapshots::erased() {
  const std::lock_guard lock(mutex_);
  ++erasures_;
  for (const auto& [store, snapshot] : made_) snapshot->remove();
  made_.clear();
  follow_ = true;
  wake_.notify_one();
}

void Snapshots::run(const std::stop_token& token) {
  for (;;) {
    std::string store;
    bool follow = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, token, [this] { return follow_ || !wanted_.empty(); });
      if (token.stop_requested()) return;
      follow = std::exchange(follow_, false);
      if (!follow) store = *wanted_.begin();
    }
    try {
      follow ? follow_all(token) : make(store, token);
    } catch (const std::exception& failed) {
      note({Failure::internal, "exception", failed.what(), {}, {}});
      const std::lock_guard lock(mutex_);
      failed_[store] = std::chrono::steady_clock::now();
    }
    if (follow) continue;
    const std::lock_guard lock(mutex_);
    wanted_.erase(store);  // who still wants it asks again
  }
}

Result<StoreSnapshot> Snapshots::make_of(const std::string& store, const std::stop_token& token) {
  const auto once = [&] {
    return StoreSnapshot::make(folder_, *reader_, *vault_, store,
                               [&] { return token.stop_requested(); });
  };
  auto made = once();
  if (made || may_pass(made.error())) return made;
  // Damaged, or no store's records at all: whatever is lost of them is in the feed.
  note(made.error());
  drop_store_records(folder_, store);
  return once();
}

/// Under the lock.
bool Snapshots::failed_lately(const std::string& store) const {
  const auto found = failed_.find(store);
  return found != failed_.end() &&
         std::chrono::steady_clock::now() - found->second < pull_meanwhile;
}

void Snapshots::make(const std::string& store, const std::stop_token& token) {
  int erasures = 0;
  {
    const std::lock_guard lock(mutex_);
    erasures = erasures_;
  }
  auto made = make_of(store, token);
  const std::lock_guard lock(mutex_);
  failed_.erase(store);
  if (!made) {
    failed_[store] = std::chrono::steady_clock::now();
    return note(made.error());
  }
  // Whoever was erased meanwhile may be in it.
  if (erasures_ != erasures) return made->remove();
  auto& kept = made_[store];
  if (kept) kept->remove();
  kept = std::make_shared<StoreSnapshot>(std::move(*made));
  if (log_)
    log_->info("snapshot position={} bytes={}", kept->offer().base.at.position,
               kept->offer().bytes);
}

void Snapshots::follow_all(const std::stop_token& token) {
  std::vector<std::string> all;
  {
    Transaction moment(*reader_);
    all = stores(*reader_);
    moment.commit();
  }
  for (const std::string& store : all) {
    std::error_code ignored;
    if (!std::filesystem::exists(store_records_file(folder_, store), ignored)) continue;
    const auto followed =
        follow_feed(folder_, *reader_, *vault_, store, [&] { return token.stop_requested(); });
    if (followed) continue;
    note(followed.error());
    // Nobody who was erased may stay in it.
    if (!may_pass(followed.error())) drop_store_records(folder_, store);
  }
}

void Snapshots::note(const Error& error) {
  if (log_ && error.code != "snapshot.stopped")
    log_->error("snapshot: {} ({})", error.code, error.what);
}

}  // namespace keepsake::sync::central
