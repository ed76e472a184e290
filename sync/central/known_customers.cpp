#include "sync/central/known_customers.hpp"

#include <algorithm>
#include <map>

#include "storage/domain/customers_in.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/engine/database.hpp"
#include "storage/facts/codec.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/merges.hpp"
#include "storage/records/sales/purchases.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/publication_log.hpp"
#include "sync/central/saying.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql put_known{
    "central.known.put",
    "INSERT INTO central_known (customer, store, since_ms, seen_ms) VALUES ($1, $2, $3, $3)"
    " ON CONFLICT (customer, store) DO NOTHING"};
constexpr Sql put_seen{"central.known.seen",
                       "UPDATE central_known SET seen_ms = $3 WHERE customer = $1 AND store = $2"};
constexpr Sql read_known{"central.known",
                         "SELECT 1 FROM central_known WHERE customer = $1 AND store = $2"};
constexpr Sql stores_of{
    "central.known.stores",
    "SELECT store, seen_ms FROM central_known WHERE customer = $1 ORDER BY store"};
constexpr Sql drop_known{"central.known.drop",
                         "DELETE FROM central_known WHERE customer = $1 AND store = $2"};
constexpr Sql put_dormant{"central.dormant.put",
                          "INSERT INTO central_dormant (customer, store, since_ms)"
                          " VALUES ($1, $2, $3) ON CONFLICT (customer, store) DO NOTHING"};
constexpr Sql drop_dormant{"central.dormant.drop",
                           "DELETE FROM central_dormant WHERE customer = $1 AND store = $2"};
constexpr Sql dormant_stores{
    "central.dormant.stores",
    "SELECT store FROM central_dormant WHERE customer = $1 ORDER BY store"};
constexpr Sql put_about{"central.about.put",
                        "INSERT INTO central_about (customer, position) VALUES ($1, $2)"
                        " ON CONFLICT (customer, position) DO NOTHING"};
constexpr Sql facts_about{
    "central.about",
    "SELECT a.position, coalesce(f.type, h.type) FROM central_about a"
    " JOIN central_feed p ON p.position = a.position"
    " LEFT JOIN central_fact f ON f.terminal = p.terminal AND f.lineage = p.lineage"
    "  AND f.seq = p.seq"
    " LEFT JOIN central_own_fact h ON p.terminal = 0 AND h.seq = p.seq"
    " WHERE a.customer = $1 ORDER BY a.position"};
constexpr Sql others_in{"central.about.others",
                        "SELECT customer FROM central_about WHERE position = $1"};
// Once in each order, and of what speaks of each of many people once for each of them.
constexpr Sql copy_place{
    "central.feed.copy",
    "INSERT INTO central_feed (store, terminal, lineage, seq, counted, customer, origin, position)"
    " SELECT $2, p.terminal, p.lineage, p.seq, 1, $3, p.store,"
    " (SELECT max(position) + 1 FROM central_feed) FROM central_feed p"
    " WHERE p.position = $1 AND p.store <> $2 AND NOT EXISTS (SELECT 1 FROM central_feed o"
    "  WHERE o.terminal = p.terminal AND o.lineage = p.lineage AND o.seq = p.seq"
    "  AND o.store = $2 AND o.counted = 1 AND (o.customer = $3 OR o.customer = x''))"
    " RETURNING 1"};
constexpr Sql read_looked{"central.looked-through", "SELECT position FROM central_looked_through"};
constexpr Sql put_looked{"central.looked-through.put",
                         "INSERT INTO central_looked_through (one, position) VALUES (1, $1)"
                         " ON CONFLICT (one) DO UPDATE SET position = excluded.position"};
constexpr Sql counted_after{
    "central.feed.counted",
    "SELECT p.position, p.store, f.type, f.body, f.received_ms FROM central_feed p"
    " JOIN central_fact f ON f.terminal = p.terminal AND f.lineage = p.lineage AND f.seq = p.seq"
    " WHERE p.position > $1 AND p.counted = 1 ORDER BY p.position LIMIT $2"};
constexpr std::int64_t looked_through_at_once = 2000;
constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;

using Customers = std::vector<CustomerRef>;

/// That several references are one person, or what was done to all of them as one: whoever knows one
/// must know the others.
bool is_of_one_person(FactType type) {
  return type == FactType::customers_merged || type == FactType::merge_undone ||
         type == FactType::customer_erased;
}

/// Whom the fact names, and whom it concerns by what it names: who bought what comes back.
Customers about(Database& database, const Fact& fact) {
  Customers customers = customers_in(fact);
  if (const auto* undoing = get_if<MergeUndoing>(&fact)) {
    if (const auto merge = records::merge(database, undoing->merge))
      customers = {merge->kept, merge->merged};
  } else if (const auto* returned = get_if<Return>(&fact)) {
    for (const ReturnLine& line : returned->lines)
      if (line.purchase) add_customer(customers, records::buyer(database, *line.purchase));
  }
  return customers;
}

Customers named_at(Database& database, FeedPosition position) {
  Customers found;
  const auto row = database.query(others_in);
  row->bind(1, position);
  while (row->step()) found.push_back(records::customer_ref(*row, 0));
  return found;
}

struct Knowing {
  std::string store;
  Instant seen;
};

std::vector<Knowing> knowing(Database& database, const CustomerRef& customer) {
  std::vector<Knowing> found;
  const auto row = database.query(stores_of);
  row->bind_blob(1, records::view(customer.bytes));
  while (row->step()) found.push_back({std::string(row->text(0)), {row->integer(1)}});
  return found;
}

/// false: they were known there, as most are.
bool put_in_known(Database& database, const CustomerRef& customer, std::string_view store,
                  Instant now) {
  if (is_known_to(database, customer, store)) return false;
  const auto row = database.query(put_known);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  row->bind(3, believed_now(database, now).ms);
  row->step();
  return true;
}

bool knows_all(Database& database, const Customers& customers, std::string_view store) {
  return std::ranges::all_of(customers,
                             [&](const auto& each) { return is_known_to(database, each, store); });
}

/// A place for it in this store's order, where it belongs there and has none yet.
bool copy(Database& database, FeedPosition position, FactType type, const CustomerRef& customer,
          std::string_view store) {
  if (type == FactType::customers_told_apart &&
      !knows_all(database, named_at(database, position), store))
    return false;
  const auto row = database.query(copy_place);
  row->bind(1, position);
  row->bind_text(2, store);
  row->bind_blob(3, speaks_of_each(type) ? records::view(customer.bytes) : std::string_view());
  bool copied = false;
  while (row->step()) copied = true;
  return copied;
}

struct Told {
  FactType type;
  CustomerRef customer;
};
/// By place: what is known of these people, so that it comes in the order in which it happened.
using History = std::multimap<FeedPosition, Told>;

/// The history of one who is new to the store; whoever else they are is added to `people`.
void gather(Database& database, const CustomerRef& customer, Customers& people, History& history) {
  std::vector<FeedPosition> of_one_person;
  {
    const auto row = database.query(facts_about);
    row->bind_blob(1, records::view(customer.bytes));
    while (row->step()) {
      const auto type = static_cast<FactType>(row->integer(1));
      history.emplace(row->integer(0), Told{type, customer});
      if (is_of_one_person(type)) of_one_person.push_back(row->integer(0));
    }
  }
  for (const FeedPosition position : of_one_person)
    for (const CustomerRef& each : named_at(database, position)) add_customer(people, each);
}

void keep_about(Database& database, FeedPosition position, const Customers& customers) {
  for (const CustomerRef& each : customers) {
    const auto row = database.query(put_about);
    row->bind_blob(1, records::view(each.bytes));
    row->bind(2, position);
    row->step();
  }
}

/// What the store has just had to do with them, to the day: most facts write nothing.
void see(Database& database, const CustomerRef& customer, const Knowing& known, Instant now) {
  const Instant seen = believed_now(database, now);
  if (seen.ms - known.seen.ms < day_ms) return;
  const auto row = database.query(put_seen);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, known.store);
  row->bind(3, seen.ms);
  row->step();
}

void with_one_at(Database& database, const Sql& sql, const CustomerRef& customer,
                 std::string_view store) {
  const auto row = database.query(sql);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  row->step();
}

Stores stores_where_dormant(Database& database, const CustomerRef& customer) {
  Stores found;
  const auto row = database.query(dormant_stores);
  row->bind_blob(1, records::view(customer.bytes));
  while (row->step()) found.emplace_back(row->text(0));
  return found;
}

void put_in_dormant(Database& database, const CustomerRef& customer, std::string_view store,
                    Instant now) {
  const auto row = database.query(put_dormant);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  row->bind(3, now.ms);
  row->step();
}

/// Those of them who were dormant at the store, and are not any more.
Customers taken_back(Database& database, const Customers& people, std::string_view store) {
  Customers back;
  for (const CustomerRef& each : people) {
    if (!is_dormant_at(database, each, store)) continue;
    with_one_at(database, drop_dormant, each, store);
    back.push_back(each);
  }
  return back;
}

void say_presence(Database& database, StorePresence presence, Customers customers,
                  std::string_view store, Instant now) {
  say(database, DormancyChange{{now, 0}, presence, std::move(customers)},
      presence == StorePresence::back ? customer_back : dormancy, {std::string(store)}, now);
}

/// What happened to somebody dormant at the store comes there, sealed as the rest of it: so that what
/// head office does to their points finds them as they are.
void catch_up(Database& database, const CustomerRef& customer, std::string_view store,
              Instant now) {
  Customers people{customer}, others;
  History history;
  gather(database, customer, people, history);
  for (std::size_t n = 1; n < people.size(); ++n) {
    const CustomerRef each = people[n];
    if (is_known_to(database, each, store)) continue;
    if (!is_dormant_at(database, each, store)) others.push_back(each);
    gather(database, each, people, history);
  }
  for (const auto& [position, told] : history)
    copy(database, position, told.type, told.customer, store);
  if (others.empty()) return;
  for (const CustomerRef& each : others) put_in_dormant(database, each, store, now);
  say_presence(database, StorePresence::dormant, std::move(others), store, now);
}

void set_looked_through(Database& database, FeedPosition position) {
  const auto row = database.query(put_looked);
  row->bind(1, position);
  row->step();
}

}  // namespace

void add_store(Stores& stores, std::string_view store) {
  if (std::ranges::find(stores, store) == stores.end()) stores.emplace_back(store);
}

bool is_known_to(Database& database, const CustomerRef& customer, std::string_view store) {
  const auto row = database.query(read_known);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  return row->step();
}

std::vector<std::string> stores_that_know(Database& database, const CustomerRef& customer,
                                          Instant since) {
  std::vector<Knowing> all;
  for (const CustomerRef& each :
       records::references_of(database, records::canonical(database, customer)))
    for (Knowing& known : knowing(database, each))
      if (known.seen >= since) all.push_back(std::move(known));
  std::ranges::stable_sort(all, std::greater<>(), &Knowing::seen);
  std::vector<std::string> stores;
  for (const Knowing& known : all) add_store(stores, known.store);
  return stores;
}

bool make_known(Database& database, const CustomerRef& customer, std::string_view store,
                Instant now) {
  if (!put_in_known(database, customer, store, now)) return false;
  Customers people{customer};
  History history;
  gather(database, customer, people, history);
  for (std::size_t n = 1; n < people.size(); ++n)
    if (const CustomerRef each = people[n]; put_in_known(database, each, store, now))
      gather(database, each, people, history);
  if (auto back = taken_back(database, people, store); !back.empty())
    say_presence(database, StorePresence::back, std::move(back), store, now);
  for (const auto& [position, told] : history)
    copy(database, position, told.type, told.customer, store);
  return true;
}

void note_seen(Database& database, const CustomerRef& customer, std::string_view store,
               Instant now) {
  for (const Knowing& known : knowing(database, customer))
    if (known.store == store) see(database, customer, known, now);
}

void make_dormant(Database& database, const std::vector<CustomerRef>& customers,
                  std::string_view store, Instant now) {
  for (const CustomerRef& each : customers) {
    with_one_at(database, drop_known, each, store);
    put_in_dormant(database, each, store, now);
  }
  say_presence(database, StorePresence::dormant, customers, store, now);
}

Stores bring_back(Database& database, const CustomerRef& customer, Instant now) {
  Stores news = stores_where_dormant(database, customer);
  for (const std::string& store : news) make_known(database, customer, store, now);
  return news;
}

void meet(Database& database, const Fact& fact, std::string_view store, Instant now, DoneBy by) {
  for (const CustomerRef& each : about(database, fact)) {
    if (by == DoneBy::office && is_dormant_at(database, each, store))
      catch_up(database, each, store, now);
    else
      make_known(database, each, store, now);
  }
}

Stores spread(Database& database, FeedPosition position, const Fact& fact, std::string_view store,
              Instant now, DoneBy by) {
  Stores news;
  const Customers customers = about(database, fact);
  if (customers.empty()) return news;
  const FactType type = type_of(fact);
  keep_about(database, position, customers);
  Stores others;
  for (const CustomerRef& each : customers)
    for (const Knowing& known : knowing(database, each)) {
      if (known.store != store)
        add_store(others, known.store);
      else if (by == DoneBy::till)
        see(database, each, known, now);
    }
  if (type == FactType::customer_erased)
    for (const CustomerRef& each : customers)
      for (const std::string& other : stores_where_dormant(database, each)) {
        catch_up(database, each, other, now);  // this erasure among it
        add_store(news, other);
      }
  for (const std::string& other : others) {
    if (is_of_one_person(type))
      for (const CustomerRef& each : customers)
        if (make_known(database, each, other, now)) add_store(news, other);
    for (const CustomerRef& each : customers)
      if (is_known_to(database, each, other) && copy(database, position, type, each, other))
        add_store(news, other);
  }
  return news;
}

Result<Done> look_through(Database& database) {
  try {
    FeedPosition after = 0;
    if (const auto row = database.query(read_looked); row->step()) return Done{};
    for (bool more = true; more;) {
      more = false;
      Transaction transaction(database);
      struct Counted {
        FeedPosition position;
        std::string store;
        Customers customers;
        Instant received;
      };
      std::vector<Counted> found;
      {
        const auto row = database.query(counted_after);
        row->bind(1, after);
        row->bind(2, looked_through_at_once);
        while (row->step()) {
          more = true;
          after = row->integer(0);
          const auto fact = decode(static_cast<FactType>(row->integer(2)), row->blob(3));
          if (fact)
            found.push_back(
                {after, std::string(row->text(1)), about(database, *fact), {row->integer(4)}});
        }
      }
      for (const Counted& each : found) {
        keep_about(database, each.position, each.customers);
        for (const CustomerRef& customer : each.customers) {
          put_in_known(database, customer, each.store, each.received);
          note_seen(database, customer, each.store, each.received);
        }
      }
      if (!more) set_looked_through(database, after);
      transaction.commit();
    }
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
