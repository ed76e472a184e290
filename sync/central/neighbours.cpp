#include "sync/central/neighbours.hpp"

#include <sstream>
#include <string>
#include <utility>

#include "storage/engine/database.hpp"
#include "sync/central/register.hpp"
#include "sync/central/standing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql read_told{
    "central.neighbour.read",
    "SELECT addresses FROM central_neighbour WHERE terminal = $1 AND epoch = $2"};
constexpr Sql put_told{"central.neighbour.put",
                       "INSERT INTO central_neighbour (terminal, epoch, addresses, told_ms) "
                       "VALUES ($1, $2, $3, $4) ON CONFLICT (terminal) DO UPDATE SET "
                       "epoch = excluded.epoch, addresses = excluded.addresses, "
                       "told_ms = excluded.told_ms"};

/// No row, or one of a former epoch: empty.
std::string told_by(Database& database, const TerminalIdentity& terminal) {
  const auto row = database.query(read_told);
  row->bind(1, terminal.terminal.value);
  row->bind(2, terminal.epoch.value);
  return row->step() ? std::string(row->text(0)) : std::string();
}

std::vector<std::string> split(const std::string& addresses) {
  std::istringstream in(addresses);
  std::vector<std::string> all;
  for (std::string each; in >> each;) all.push_back(std::move(each));
  return all;
}

std::string joined(const std::vector<std::string>& addresses) {
  std::string all;
  for (const std::string& each : addresses) all += (all.empty() ? "" : " ") + each;
  return all;
}

}  // namespace

std::variant<NeighboursAnswer, Refusal> Neighbours::exchange(TerminalNumber number, Epoch epoch,
                                                             const NeighboursRequest& told) {
  try {
    Transaction transaction(database_);
    const auto terminal = find_terminal(database_, number);
    if (auto refusal = check_standing(terminal, epoch)) return *refusal;
    // Asked every minute by every till that takes part: written only when it is news.
    if (const std::string addresses = joined(told.addresses);
        addresses != told_by(database_, {number, epoch})) {
      const auto put = database_.query(put_told);
      put->bind(1, number.value);
      put->bind(2, epoch.value);
      put->bind_text(3, addresses);
      put->bind(4, clock_.now().ms);
      put->step();
    }
    NeighboursAnswer answer;
    for (const Terminal& each : tills_at_work(database_, terminal->store, clock_.now())) {
      if (each.number == number || answer.neighbours.size() == neighbours_most) continue;
      const TerminalIdentity identity{each.number, each.epoch};
      answer.neighbours.push_back({identity, each.till, split(told_by(database_, identity))});
    }
    transaction.commit();
    return answer;
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

}  // namespace keepsake::sync::central
