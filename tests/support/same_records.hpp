#pragma once
// What must be the same wherever it is read: at all tills of a store, and of one customer everywhere.

#include <filesystem>
#include <string>

#include "storage/engine/database.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::test {

/// What all terminals of a store must agree on; keyed hashes are each terminal's own.
inline std::string records_of_store(const std::filesystem::path& data) {
  static constexpr Sql questions[] = {
      {"test.posting",
       "SELECT hex(fact) || n || unit || kind || hex(owner) || amount FROM posting ORDER BY 1"},
      {"test.account",
       "SELECT unit || kind || hex(owner) || ' ' || amount FROM account ORDER BY 1"},
      {"test.lot",
       "SELECT hex(fact) || n || hex(customer) || ' ' || remaining FROM lot ORDER BY 1"},
      {"test.purchase", "SELECT hex(id) || ' ' || total_minor FROM purchase ORDER BY 1"},
      {"test.back", "SELECT hex(id) || ' ' || total_minor FROM goods_return ORDER BY 1"},
      {"test.item",
       "SELECT hex(fact) || line || disputed || coalesce(hex(voided_by), '-') FROM warranty ORDER "
       "BY 1"},
      {"test.customer", "SELECT hex(ref) || coalesce(name, '-') FROM customer ORDER BY 1"},
      {"test.merge",
       "SELECT hex(fact) || coalesce(hex(undone_by), '-') FROM customer_merge ORDER BY 1"},
      {"test.standing",
       "SELECT hex(customer) || visits || ' ' || tier FROM member_standing ORDER BY 1"},
      {"test.shift",
       "SELECT hex(id) || ' ' || purchases || ' ' || cash_taken_minor FROM shift ORDER BY 1"},
      {"test.article", "SELECT code || name || ' ' || price_milli FROM article ORDER BY 1"},
      {"test.request",
       "SELECT n || hex(fact) || code || ' ' || price_milli || ' ' || coalesce(former_milli, '-')"
       " || ' ' || state || reason FROM article_request ORDER BY n"},
      {"test.settlement",
       "SELECT hex(fact) || code || hex(settled_by) || decision || ' ' || owed FROM settlement"
       " ORDER BY 1"},
      {"test.shortfall",
       "SELECT hex(fact) || n || code || unit || hex(owner) || ' ' || amount FROM shortfall"
       " ORDER BY 1"},
      {"test.exception", "SELECT hex(fact) || n || code FROM exception ORDER BY 1"},
  };
  const auto database = sqlite::open(data / "keepsake.db", {.mode = sqlite::Mode::reader}).value();
  std::string text;
  for (const Sql& question : questions) {
    text += std::string(question.name) + "\n";
    for (auto row = database->query(question); row->step();)
      text += std::string(row->text(0)) + "\n";
  }
  return text;
}

/// What is known of one customer, by reference: none of it may depend on where it is read.
inline std::string known_of(Database& database, const CustomerRef& customer) {
  static constexpr Sql questions[] = {
      {"test.account",
       "SELECT kind || unit || ' ' || amount FROM account WHERE owner = $1 AND amount <> 0"
       " ORDER BY 1"},
      {"test.lot",
       "SELECT hex(fact) || n || ' ' || remaining FROM lot WHERE customer = $1 ORDER BY 1"},
      {"test.purchases", "SELECT hex(id) FROM purchase WHERE customer = $1 ORDER BY 1"},
      {"test.merges",
       "SELECT hex(fact) || coalesce(hex(undone_by), '-') FROM customer_merge WHERE kept = $1"
       " OR merged = $1 ORDER BY 1"},
      {"test.standing", "SELECT visits || ' ' || tier FROM member_standing WHERE customer = $1"},
      {"test.level", "SELECT hex(fact) || level FROM level_grant WHERE customer = $1 ORDER BY 1"},
      {"test.wallet",
       "SELECT hex(fact) || blocked FROM wallet_word WHERE customer = $1 ORDER BY 1"},
      {"test.pin", "SELECT hex(fact) || given FROM member_pin WHERE customer = $1 ORDER BY 1"},
      {"test.name", "SELECT coalesce(name, '-') FROM customer WHERE ref = $1"},
  };
  std::string text;
  for (const Sql& question : questions) {
    auto row = database.query(question);
    row->bind_blob(1, records::view(customer.bytes));
    while (row->step()) text += std::string(row->text(0)) + "\n";
  }
  return text;
}

}  // namespace keepsake::test
