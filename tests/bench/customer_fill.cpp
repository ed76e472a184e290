#include "tests/bench/customer_fill.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <stdexcept>

#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/records/customers/search_keys.hpp"
#include "storage/records/customers/summary.hpp"
#include "tests/bench/people.hpp"
#include "tests/bench/sorted_file.hpp"

namespace keepsake::bench {

namespace {

using records::view;

constexpr std::size_t ref_bytes = 16;

constexpr Sql put_customer{
    "bench.customer",
    "INSERT INTO customer (ref, store, fact, card, language, staff, at_ms, offset_minutes,"
    " sealed_profile, name, phone, email, phone_hash, email_hash, search)"
    " VALUES ($1, '', $2, $3, '', '', 0, 0, x'', $4, $5, $6, $7, $8, $9)"};
constexpr Sql put_name{"bench.field",
                       "INSERT INTO customer_field (customer, field, fact, value)"
                       " VALUES ($1, 'name', $2, $3)"};
constexpr Sql put_contact{"bench.contact",
                          "INSERT INTO customer_contact (customer, fact, n, kind, value, usage,"
                          " look_up) VALUES ($1, $2, $3, $4, $5, '', $6)"};
constexpr Sql put_search{"bench.search",
                         "INSERT INTO customer_search (key, customer) VALUES ($1, $2)"};
constexpr Sql put_similarity_key{"bench.likeness",
                                 "INSERT INTO customer_likeness (key, customer) VALUES ($1, $2)"};
constexpr Sql indexes{"bench.indexes",
                      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                      " AND tbl_name IN ('customer', 'customer_field', 'customer_contact',"
                      " 'customer_likeness', 'customer_search')"};
constexpr Sql tables{"bench.tables",
                     "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"};
constexpr Sql other_schema{"bench.schema",
                           "SELECT name FROM (SELECT name, sql FROM main.sqlite_schema EXCEPT"
                           " SELECT name, sql FROM other.sqlite_schema)"};

std::unique_ptr<Database> open(const std::filesystem::path& file) {
  auto database = sqlite::open(file, {.durability = sqlite::Durability::normal});
  if (!database) throw std::runtime_error(to_line(database.error()));
  return std::move(*database);
}

void require(const Result<Done>& done) {
  if (!done) throw std::runtime_error(to_line(done.error()));
}

/// References that are random as a vault's are and in order, so that the rows are, too.
std::vector<CustomerRef> references(std::size_t size) {
  std::mt19937_64 random(people_seed + 1);
  std::vector<CustomerRef> refs(size);
  for (CustomerRef& ref : refs)
    for (std::uint8_t& byte : ref.bytes) byte = static_cast<std::uint8_t>(random());
  std::ranges::sort(refs);
  return refs;
}

FactId fact_of(HybridClock& hybrid, std::size_t n) {
  return FactId::make(hybrid.tick({1'795'255'327'000}), {1}, {1}, static_cast<Seq>(n + 1));
}

/// As an enrolment tags them.
std::vector<Contact> contacts_of(const Person& person, const CustomerRef& ref, FactId fact) {
  return {{{fact, 0}, ref, ContactKind::phone, person.phone, ""},
          {{fact, 1}, ref, ContactKind::email, person.email, ""},
          {{fact, 3}, ref, ContactKind::card, person.card, ""}};
}

/// What SQLite orders by a number and a reference, as bytes in the same order.
std::string likeness_line(std::int64_t key, const CustomerRef& ref) {
  std::string line;
  auto bits = static_cast<std::uint64_t>(key) ^ (std::uint64_t{1} << 63U);
  for (int shift = 56; shift >= 0; shift -= 8) line += static_cast<char>(bits >> shift);
  return line.append(view(ref.bytes));
}
std::int64_t likeness_key(std::string_view line) {
  std::uint64_t bits = 0;
  for (std::size_t n = 0; n < 8; ++n) bits = bits << 8U | static_cast<std::uint8_t>(line[n]);
  return static_cast<std::int64_t>(bits ^ (std::uint64_t{1} << 63U));
}

class Bulk {
 public:
  Bulk(Database& database, const Vault& vault, const std::filesystem::path& beside)
      : database_(database),
        vault_(vault),
        search_(beside.string() + ".search"),
        likeness_(beside.string() + ".likeness") {}

  void put(const Person& person, const CustomerRef& ref, FactId fact) {
    const auto contacts = contacts_of(person, ref, fact);
    put_fields(person, ref, fact, contacts);
    CustomerProfile profile;
    profile.fields = {{std::string(customer_field::name), person.name, fact}};
    profile.contacts = contacts;
    for (const std::int64_t key : similarity_keys(traits_of(profile, records::words_of)))
      likeness_.add(likeness_line(key, ref));
  }

  void finish() {
    {
      auto row = database_.query(put_search);
      search_.read([&](std::string_view line) {
        const std::size_t key = line.size() - ref_bytes - 1;
        row->bind_text(1, line.substr(0, key));
        row->bind_blob(2, line.substr(key + 1));
        row->step();
      });
    }
    auto row = database_.query(put_similarity_key);
    likeness_.read([&](std::string_view line) {
      row->bind(1, likeness_key(line));
      row->bind_blob(2, line.substr(8));
      row->step();
    });
  }

 private:
  /// The column customer.search; the keys go to the file as well.
  std::string search_keys(const Person& person, const CustomerRef& ref,
                          const std::vector<Contact>& contacts) {
    auto keys = records::keys_of_name(person.name);
    for (const Contact& each : contacts)
      std::ranges::move(records::keys_of_contact(each.kind, each.value), std::back_inserter(keys));
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::string search;
    for (std::string& key : keys) {
      search.append(1, '\n').append(key);
      search_.add(key.append(1, '\0').append(view(ref.bytes)));
    }
    return search;
  }

  void put_fields(const Person& person, const CustomerRef& ref, FactId fact,
                  const std::vector<Contact>& contacts) {
    std::vector<std::string> look_ups;
    for (const Contact& each : contacts)
      look_ups.push_back(records::look_up_of(vault_, {each.kind, each.value, each.usage}));
    auto customer = database_.query(put_customer);
    customer->bind_blob(1, view(ref.bytes));
    records::bind_id(*customer, 2, fact);
    customer->bind_text(3, person.card);
    customer->bind_text(4, person.name);
    customer->bind_text(5, person.phone);
    customer->bind_text(6, person.email);
    customer->bind_blob(7, look_ups[0]);
    customer->bind_blob(8, look_ups[1]);
    customer->bind_text(9, search_keys(person, ref, contacts));
    customer->step();
    auto name = database_.query(put_name);
    name->bind_blob(1, view(ref.bytes));
    records::bind_id(*name, 2, fact);
    name->bind_text(3, person.name);
    name->step();
    auto row = database_.query(put_contact);
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      row->bind_blob(1, view(ref.bytes));
      records::bind_id(*row, 2, fact);
      row->bind(3, contacts[i].tag.n);
      row->bind(4, static_cast<std::int64_t>(contacts[i].kind));
      row->bind_text(5, contacts[i].value);
      row->bind_blob(6, look_ups[i]);
      row->step();
    }
  }

  Database& database_;
  const Vault& vault_;
  SortedFile search_, likeness_;
};

/// How far it is, for who waits; on stderr.
class Stages {
 public:
  explicit Stages(std::size_t size) : shown_(size >= 1'000'000) {}
  void begin(const char* what) {
    const auto now = std::chrono::steady_clock::now();
    if (shown_ && what_ != nullptr)
      std::fprintf(stderr, "  %s: %.0f s\n", what_,
                   std::chrono::duration<double>(now - since_).count());
    what_ = what;
    since_ = now;
  }

 private:
  bool shown_;
  const char* what_ = nullptr;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace

void fill_by_applying(const std::filesystem::path& file, const Vault& vault, std::size_t size) {
  const auto database = open(file);
  const auto refs = references(size);
  People people(people_seed);
  HybridClock hybrid;
  Transaction transaction(*database);
  for (std::size_t n = 0; n < size; ++n) {
    const Person person = people.next(n);
    const FactId fact = fact_of(hybrid, n);
    CustomerEnrolment enrolment;
    enrolment.customer = refs[n];
    enrolment.card = person.card;
    const auto applied =
        records::apply(*database, {fact, ""}, enrolment, nullptr, records::Contradiction::note);
    if (!applied) throw std::runtime_error(to_line(applied.error()));
    records::put_field(*database, refs[n], customer_field::name, to_bytes(fact), person.name);
    for (const Contact& each : contacts_of(person, refs[n], fact))
      if (each.kind != ContactKind::card) {
        const ContactAddition contact{each.kind, each.value, each.usage};
        records::put_contact(*database, refs[n], each.tag, contact,
                             records::look_up_of(vault, contact));
      }
    records::settle(*database, refs[n]);
  }
  transaction.commit();
  require(sqlite::empty_log(*database));
}

void fill_in_bulk(const std::filesystem::path& file, const Vault& vault, std::size_t size) {
  const auto database = open(file);
  // Whoever stops half-way begins anew: no log, no waiting for the disk.
  database->execute(
      "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
      "PRAGMA secure_delete = OFF; PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE;"
      "PRAGMA cache_size = -524288; BEGIN;");
  std::vector<std::string> dropped;
  std::string drops;
  for (auto row = database->query(indexes); row->step();) {
    drops += "DROP INDEX " + std::string(row->text(0)) + ";";
    dropped.emplace_back(row->text(1));
  }
  database->execute(drops);
  Stages stages(size);
  {
    stages.begin("customers, fields and contacts");
    const auto refs = references(size);
    People people(people_seed);
    HybridClock hybrid;
    Bulk bulk(*database, vault, file);
    for (std::size_t n = 0; n < size; ++n) bulk.put(people.next(n), refs[n], fact_of(hybrid, n));
    stages.begin("keys of searching and likeness");
    bulk.finish();
  }
  stages.begin("indexes");
  for (const std::string& sql : dropped) database->execute(sql);
  stages.begin("writing");
  database->execute("COMMIT; PRAGMA journal_mode = WAL;");
  stages.begin(nullptr);
}

std::string difference(const std::filesystem::path& one, const std::filesystem::path& other) {
  const auto database = open(one);
  database->execute("ATTACH '" + other.string() + "' AS other");
  if (auto row = database->query(other_schema); row->step()) return std::string(row->text(0));
  std::vector<std::string> names;
  for (auto row = database->query(tables); row->step();) names.emplace_back(row->text(0));
  for (const std::string& name : names) {
    const std::string both[] = {"main." + name, "other." + name};
    for (int way = 0; way < 2; ++way) {
      const std::string text = "SELECT 1 FROM (SELECT * FROM " + both[way] +
                               " EXCEPT SELECT * FROM " + both[1 - way] + ")";
      if (database->query(Sql{"bench.difference", text})->step()) return name;
    }
  }
  return {};
}

}  // namespace keepsake::bench
