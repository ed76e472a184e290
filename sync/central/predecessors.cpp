#include "sync/central/predecessors.hpp"

#include "storage/engine/database.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql put_predecessor{"central.predecessor.put",
                              "INSERT INTO central_predecessor (terminal, maker, epoch) "
                              "VALUES ($1, $2, $3) ON CONFLICT (terminal, maker) DO UPDATE "
                              "SET epoch = max(epoch, excluded.epoch)"};
constexpr Sql copy_predecessors{"central.predecessor.inherit",
                                "INSERT INTO central_predecessor (terminal, maker, epoch) "
                                "SELECT $1, maker, epoch FROM central_predecessor "
                                "WHERE terminal = $2 AND maker <> $1 "
                                "ON CONFLICT (terminal, maker) DO UPDATE "
                                "SET epoch = max(central_predecessor.epoch, excluded.epoch)"};
constexpr Sql any_by_maker{"central.predecessor.any",
                           "SELECT 1 FROM central_predecessor WHERE maker = $1 LIMIT 1"};
// maker 0 stands for every provisional number.
constexpr Sql allows{"central.predecessor.allows",
                     "SELECT 1 FROM central_predecessor WHERE terminal = $1 "
                     "AND ((maker = $2 AND epoch >= $3) OR (maker = 0 AND $4 = 1)) LIMIT 1"};

}  // namespace

void add_predecessor(Database& database, TerminalNumber terminal, const TerminalIdentity& maker) {
  const auto put = database.query(put_predecessor);
  put->bind(1, terminal.value);
  put->bind(2, maker.terminal.value);
  put->bind(3, maker.epoch.value);
  put->step();
}

void inherit_from(Database& database, TerminalNumber terminal, const Terminal& former) {
  if (former.number == terminal) return;
  {
    const auto copy = database.query(copy_predecessors);
    copy->bind(1, terminal.value);
    copy->bind(2, former.number.value);
    copy->step();
  }
  add_predecessor(database, terminal, {former.number, former.epoch});
}

bool is_predecessor(Database& database, TerminalNumber maker) {
  const auto row = database.query(any_by_maker);
  row->bind(1, maker.value);
  return row->step();
}

bool may_name(Database& database, const Terminal& terminal, const FactId& id) {
  if (id.terminal() == terminal.number) return id.epoch() <= terminal.epoch;
  const auto row = database.query(allows);
  row->bind(1, terminal.number.value);
  row->bind(2, id.terminal().value);
  row->bind(3, id.epoch().value);
  row->bind(4, id.terminal().provisional() ? 1 : 0);
  return row->step();
}

}  // namespace keepsake::sync::central
