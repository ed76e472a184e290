#pragma once
// The rule of storage/records/DISTRIBUTION.md, read from a database's own schema: what a table's rows are
// spread by is a column of every key that it has, and of both sides of every reference.

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engine/database.hpp"

namespace keepsake::test {

enum class SpreadBy : unsigned char {
  everywhere,  ///< small, and the same on every machine
  one_place,   ///< what head office says and does itself, in an order of its own: one machine's
  store,
  owner,  ///< a customer's reference, or a gift card's name
  item,   ///< maker and serial
  key,    ///< of a look-up: a table of its own for each
};

struct Spread {
  SpreadBy by = SpreadBy::everywhere;
  std::string_view column = {};  ///< none: everywhere, and in one place
};
using Spreads = std::map<std::string, Spread, std::less<>>;

/// The tables of the records, at tills and at head office alike.
inline const Spreads spreads_of_records{
    {"article", {SpreadBy::everywhere}},
    {"article_word", {SpreadBy::everywhere}},
    {"article_more_gtin", {SpreadBy::everywhere}},
    {"article_more_code", {SpreadBy::everywhere}},
    {"programme", {SpreadBy::everywhere}},
    {"staff", {SpreadBy::everywhere}},
    {"article_permission", {SpreadBy::everywhere}},
    {"chain_settings", {SpreadBy::everywhere}},
    {"likeness_version", {SpreadBy::everywhere}},
    {"shift", {SpreadBy::store, "store"}},
    {"purchase", {SpreadBy::store, "store"}},
    {"purchase_line", {SpreadBy::store, "store"}},
    {"purchase_discount", {SpreadBy::store, "store"}},
    {"goods_return", {SpreadBy::store, "store"}},
    {"goods_return_line", {SpreadBy::store, "store"}},
    {"tender", {SpreadBy::store, "store"}},
    {"value_load", {SpreadBy::store, "store"}},
    {"exception", {SpreadBy::store, "store"}},
    {"settlement", {SpreadBy::store, "store"}},
    {"outcome_of", {SpreadBy::store, "store"}},
    {"outcome_rule", {SpreadBy::store, "store"}},
    {"outcome_reward", {SpreadBy::store, "store"}},
    {"outcome_voucher", {SpreadBy::store, "store"}},
    {"outcome_line", {SpreadBy::store, "store"}},
    {"outcome_lot", {SpreadBy::store, "store"}},
    {"loyalty_event", {SpreadBy::store, "store"}},
    {"expiry_run", {SpreadBy::store, "store"}},
    {"reward_code", {SpreadBy::store, "store"}},
    {"article_request", {SpreadBy::store, "store"}},
    {"reservation_use", {SpreadBy::store, "store"}},
    {"customer_origin", {SpreadBy::store, "store"}},
    {"customer", {SpreadBy::owner, "ref"}},
    {"consent", {SpreadBy::owner, "customer"}},
    {"consent_after", {SpreadBy::owner, "customer"}},
    {"customer_field", {SpreadBy::owner, "customer"}},
    {"customer_contact", {SpreadBy::owner, "customer"}},
    {"customer_contact_removed", {SpreadBy::owner, "customer"}},
    {"customer_change", {SpreadBy::owner, "customer"}},
    {"customer_note", {SpreadBy::owner, "customer"}},
    {"customer_file", {SpreadBy::owner, "customer"}},
    {"customer_erasure", {SpreadBy::owner, "customer"}},
    {"customer_restriction", {SpreadBy::owner, "customer"}},
    {"dormant_customer", {SpreadBy::owner, "customer"}},
    {"customer_merge", {SpreadBy::owner, "merged"}},
    {"customer_apart", {SpreadBy::owner, "one"}},
    {"member_pin", {SpreadBy::owner, "customer"}},
    {"member_standing", {SpreadBy::owner, "customer"}},
    {"level_grant", {SpreadBy::owner, "customer"}},
    {"wallet_word", {SpreadBy::owner, "customer"}},
    {"wallet_lapse", {SpreadBy::owner, "customer"}},
    {"lot", {SpreadBy::owner, "customer"}},
    {"account", {SpreadBy::owner, "owner"}},
    {"posting", {SpreadBy::owner, "owner"}},
    {"value_lot", {SpreadBy::owner, "owner"}},
    {"value_unsettled", {SpreadBy::owner, "owner"}},
    {"shortfall", {SpreadBy::owner, "owner"}},
    {"rule_use", {SpreadBy::owner, "owner"}},
    {"gift_card", {SpreadBy::owner, "card"}},
    {"stated_money", {SpreadBy::owner, "card"}},
    {"stated_fact", {SpreadBy::owner, "card"}},
    {"warranty", {SpreadBy::item, "item"}},
    {"warranty_cover", {SpreadBy::item, "item"}},
    {"warranty_begun", {SpreadBy::item, "item"}},
    {"customer_search", {SpreadBy::key, "key"}},
    {"customer_likeness", {SpreadBy::key, "key"}},
};

namespace distribution {

class Looking {
 public:
  Looking(Database& database, const Spreads& spreads) : database_(database), spreads_(spreads) {}

  std::string faults() {
    std::vector<std::string> tables;
    for (auto row =
             ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_part'"
                 " AND name NOT LIKE 'sqlite_%' ORDER BY name");
         row->step();)
      tables.emplace_back(row->text(0));
    for (const std::string& table : tables) {
      const auto spread = spreads_.find(table);
      if (spread == spreads_.end())
        say(table, "is in no list: decide what it is spread by");
      else
        look(table, spread->second);
    }
    for (const auto& [table, spread] : spreads_)
      if (std::ranges::count(tables, table) == 0) say(table, "is listed and is not there");
    return faults_;
  }

 private:
  /// Statements are known by the address of their text.
  std::unique_ptr<Query> ask(std::string text) {
    return database_.query({"test.distribution", texts_.emplace_back(std::move(text))});
  }
  void say(const std::string& table, const std::string& what) {
    faults_ += table + " " + what + "\n";
  }

  void look(const std::string& table, const Spread& spread) {
    if (spread.by != SpreadBy::everywhere && spread.by != SpreadBy::one_place) {
      look_at_column(table, spread.column);
      look_at_keys(table, spread.column);
    }
    look_at_references(table, spread);
  }

  void look_at_column(const std::string& table, std::string_view column) {
    auto row =
        ask("SELECT sum(name = '" + std::string(column) + "' AND \"notnull\"), sum(name = '" +
            std::string(column) + "' AND pk > 0) FROM pragma_table_info('" + table + "')");
    row->step();
    if (row->integer(0) == 0) say(table, "has no " + std::string(column) + " that is always given");
    if (row->integer(1) == 0) say(table, "has a primary key without " + std::string(column));
  }

  void look_at_keys(const std::string& table, std::string_view column) {
    for (auto row = ask("SELECT l.name FROM pragma_index_list('" + table +
                        "') l WHERE l.\"unique\" AND NOT EXISTS (SELECT 1 FROM"
                        " pragma_index_info(l.name) i WHERE i.name = '" +
                        std::string(column) + "')");
         row->step();)
      say(table,
          "has a unique key without " + std::string(column) + ": " + std::string(row->text(0)));
  }

  /// Another table's key is looked up on the machine where the row is.
  void look_at_references(const std::string& table, const Spread& spread) {
    std::map<std::int64_t, std::string> to;
    std::map<std::int64_t, bool> carried;
    for (auto row = ask("SELECT id, \"table\", \"from\", coalesce(\"to\", '') FROM"
                        " pragma_foreign_key_list('" +
                        table + "')");
         row->step();) {
      const std::string parent(row->text(1));
      to[row->integer(0)] = parent;
      const auto other = spreads_.find(parent);
      const bool here = other != spreads_.end() &&
                        (other->second.by == SpreadBy::everywhere ||
                         (spread.by == SpreadBy::one_place && other->second.by == spread.by) ||
                         (spread.by == other->second.by && row->text(2) == spread.column &&
                          row->text(3) == other->second.column));
      carried[row->integer(0)] = carried[row->integer(0)] || here;
    }
    for (const auto& [id, parent] : to)
      if (!carried[id]) say(table, "names a row of " + parent + " that may be on another machine");
  }

  Database& database_;
  const Spreads& spreads_;
  std::deque<std::string> texts_;
  std::string faults_;
};

}  // namespace distribution

/// A line for each fault; empty when every table is listed, and every key and reference holds what its
/// table is spread by.
inline std::string faults_of_distribution(Database& database, const Spreads& spreads) {
  return distribution::Looking(database, spreads).faults();
}

}  // namespace keepsake::test
