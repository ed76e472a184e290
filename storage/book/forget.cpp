#include "storage/book/forget.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "storage/engine/database.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/traces.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

constexpr Sql put{"cleaning.put",
                  "INSERT INTO cleaning (customer) VALUES ($1) ON CONFLICT (customer) DO NOTHING"};
constexpr Sql pending{"cleaning.pending", "SELECT customer FROM cleaning"};
constexpr Sql finished{"cleaning.finished", "DELETE FROM cleaning WHERE customer = $1"};

// Shorter values ("VIP", "4") stand in other rows too; those of this person went with their rows.
constexpr std::size_t telling_bytes = 5;
constexpr std::size_t values_looked_for = 200;
constexpr std::uint32_t pages_a_look = 2048;
/// A page is split while it is looked at, and what was left in it lies in another one.
constexpr int passes_most = 8;
constexpr std::chrono::seconds patience{5};
constexpr std::chrono::milliseconds pause{10};

void set_finished(Database& database, std::span<const CustomerRef> customers) {
  Transaction transaction(database);
  for (const CustomerRef& each : customers) {
    auto row = database.query(finished);
    row->bind_blob(1, records::view(each.bytes));
    row->step();
  }
  transaction.commit();
}

/// What may be looked for one by one.
std::optional<std::vector<std::string>> telling(std::optional<std::vector<std::string>> traces) {
  if (!traces) return traces;
  std::erase_if(*traces, [](const std::string& each) { return each.size() < telling_bytes; });
  std::ranges::sort(*traces);
  traces->erase(std::unique(traces->begin(), traces->end()), traces->end());
  if (traces->size() > values_looked_for) traces.reset();
  return traces;
}

Error readers(std::string where) {
  return {Failure::busy, "erase.readers",
          "The customer is erased, but another program still reads the data as it was before",
          std::move(where), "Close reports and other programs, then erase again to finish."};
}

Error interrupted() {
  return {Failure::busy, "erase.interrupted", "The customer is erased, but not every copy is yet",
          "", "It is finished at the next start."};
}

}  // namespace

bool has_pending(Database& database) { return database.query(pending)->step(); }

std::vector<CustomerRef> pending_customers(Database& database) {
  std::vector<CustomerRef> found;
  auto row = database.query(pending);
  while (row->step()) found.push_back(records::customer_ref(*row, 0));
  return found;
}

Forgetting::Forgetting(std::filesystem::path file, Vault& vault, bool unfinished)
    : file_(std::move(file)), vault_(vault), due_(unfinished) {
  if (!unfinished) traces_.emplace();
}

void Forgetting::add(Database& writer, std::span<const CustomerRef> customers,
                     std::vector<std::string> values) {
  for (const CustomerRef& each : customers) {
    auto row = writer.query(put);
    row->bind_blob(1, records::view(each.bytes));
    row->step();
  }
  put_back(std::move(values));
  ++added_;
  due_ = true;
}

Forgetting::Traces Forgetting::take_traces() {
  const std::lock_guard lock(mutex_);
  return std::exchange(traces_, std::vector<std::string>{});
}

void Forgetting::put_back(Traces traces) {
  const std::lock_guard lock(mutex_);
  if (!traces || !traces_)
    traces_.reset();
  else
    std::ranges::move(*traces, std::back_inserter(*traces_));
}

Result<Done> Forgetting::run(const Exclusively& exclusively) {
  const std::lock_guard one_at_a_time(running_);
  due_ = false;
  std::vector<CustomerRef> customers;
  Traces traces;
  // Together: who is added meanwhile is left to the next run with their values.
  const auto begun = exclusively([&](Database& writer) -> Result<Done> {
    customers = pending_customers(writer);
    traces = take_traces();
    return Done{};
  });
  Result<Done> done = begun ? vault_.destroy_keys(customers) : begun;
  if (done && !customers.empty()) done = clean(exclusively, telling(traces));
  if (done && !customers.empty())
    done = exclusively([&](Database& writer) -> Result<Done> {
      set_finished(writer, customers);
      return Done{};
    });
  if (done) return done;
  put_back(std::move(traces));
  due_ = true;
  return done;
}

Result<Done> Forgetting::clean(const Exclusively& exclusively, const Traces& traces) {
  // The log holds pages as they were; from here on it holds what came later.
  if (auto ok = patiently(exclusively, [](Database&) { return Result<Done>(Done{}); }); !ok)
    return ok;
  for (int n = 0; n < passes_most; ++n) {
    const auto found = pass(exclusively, traces);
    if (!found) return found.error();
    // Where everything that is left over is overwritten, what others leave meanwhile is no trace.
    if (*found == 0 || !traces) return Done{};
  }
  return interrupted();
}

/// How many pages held a trace.
Result<std::size_t> Forgetting::pass(const Exclusively& exclusively, const Traces& traces) {
  auto look = sqlite::FileLook::open(file_);
  if (!look) return look.error();
  std::size_t count = 0;
  const std::uint32_t last = (*look)->pages();
  for (std::uint32_t first = 1; first <= last; first += pages_a_look) {
    const auto pages = (*look)->find(first, std::min(pages_a_look, last + 1 - first), traces);
    if (!pages) return pages.error();
    count += pages->size();
    for (std::span<const std::uint32_t> left = *pages; !left.empty();) {
      const auto some = left.first(std::min(left.size(), pages_at_once));
      left = left.subspan(some.size());
      auto ok = patiently(exclusively,
                          [&](Database& writer) { return sqlite::overwrite_gaps(writer, some); });
      if (!ok) return ok.error();
    }
  }
  if (auto ok = (*look)->sync(); !ok) return ok.error();
  return count;
}

/// `work` with an empty log, as soon as no reader holds an older moment. Whoever waits for the
/// connection has it for at least as long afterwards: a mutex alone would give it back to us.
Result<Done> Forgetting::patiently(const Exclusively& exclusively,
                                   const std::function<Result<Done>(Database&)>& work) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    if (stopped_) return interrupted();
    std::chrono::steady_clock::duration held{};
    auto done = exclusively([&](Database& writer) -> Result<Done> {
      const auto begun = std::chrono::steady_clock::now();
      auto ok = sqlite::empty_log(writer);
      if (ok) ok = work(writer);
      held = std::chrono::steady_clock::now() - begun;
      return ok;
    });
    if (!done && done.error().kind != Failure::busy) return done;
    if (!done && std::chrono::steady_clock::now() >= end) return readers(done.error().where);
    std::this_thread::sleep_for(done ? held : std::max<decltype(held)>(held, pause));
    if (done) return done;
  }
}

}  // namespace keepsake
