#include "storage/records/customers/files.hpp"

#include <algorithm>
#include <iterator>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/records/core/people.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_file{"customer-file.put",
                       "INSERT INTO customer_file (fact, customer, hash, kind, type, bytes,"
                       " sealed_name, staff, at_ms, offset_minutes)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Sql put_name{"customer-file.reveal",
                       "UPDATE customer_file SET name = $2 WHERE fact = $1"};
constexpr Sql sealed_names{"customer-file.sealed",
                           "SELECT fact, sealed_name FROM customer_file WHERE customer = $1"
                           " AND name IS NULL AND removed_by IS NULL ORDER BY fact"};
constexpr Sql one_file{"customer-file.one",
                       "SELECT customer, removed_by FROM customer_file WHERE fact = $1"};
constexpr Sql remove_file{"customer-file.remove",
                          "UPDATE customer_file SET removed_by = $2, removed_staff = $3,"
                          " removed_ms = $4, removed_offset_minutes = $5, sealed_name = x'',"
                          " name = NULL WHERE fact = $1"};
constexpr Sql of_customer{"customer-file.of-customer",
                          "SELECT fact, hash, kind, type, bytes, name, staff, at_ms,"
                          " offset_minutes FROM customer_file"
                          " WHERE customer = $1 AND removed_by IS NULL"};
constexpr Sql with_hash{"customer-file.with-hash",
                        "SELECT 1 FROM customer_file WHERE customer = $1 AND hash = $2"
                        " AND removed_by IS NULL LIMIT 1"};
constexpr Sql all_files{"customer-file.all",
                        "SELECT DISTINCT customer, hash, fact FROM customer_file"
                        " WHERE removed_by IS NULL ORDER BY customer, hash, fact"};

/// Failure::bad_input when the bytes are not a name.
Result<Done> open_name(Database& database, Vault& vault, const CustomerRef& customer,
                       const Bytes16& fact, std::string_view sealed) {
  auto name = vault.unseal(customer, "file-name", sealed);
  if (!name) return name.error();
  if (!*name) return Done{};
  if (!check_text(**name, limits::name_bytes, Presence::optional, "name"))
    return Error{Failure::bad_input, "file.damaged", "A file's name is not valid text", "", ""};
  auto row = database.query(put_name);
  row->bind_blob(1, view(fact));
  row->bind_text(2, **name);
  row->step();
  return Done{};
}

}  // namespace

Result<Done> apply(Applying& applying, const FileAttached& file) {
  auto live = expect_living(applying, file.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  {
    auto row = applying.database.query(put_file);
    row->bind_blob(1, view(applying.id));
    row->bind_blob(2, view(file.customer.bytes));
    row->bind_blob(3, keepsake::view(file.hash));
    row->bind(4, static_cast<std::int64_t>(file.kind));
    row->bind(5, static_cast<std::int64_t>(file.type));
    row->bind(6, file.bytes);
    row->bind_blob(7, file.sealed_name);
    row->bind_text(8, file.staff);
    bind_time(*row, 9, file.at);
    row->step();
  }
  if (applying.vault == nullptr || is_dormant(applying.database, file.customer)) return Done{};
  auto named =
      open_name(applying.database, *applying.vault, file.customer, applying.id, file.sealed_name);
  if (!named && named.error().kind == Failure::bad_input)
    return applying.contradict("file.damaged", "A file's sealed name cannot be opened",
                               "Attach the file again.");
  return named;
}

Result<Done> apply(Applying& applying, const FileRemoved& removed) {
  bool there = false;
  {
    auto row = applying.database.query(one_file);
    bind_id(*row, 1, removed.attachment);
    there = row->step() && customer_ref(*row, 0) == removed.customer && row->is_null(1);
  }
  if (!there)
    return applying.contradict("file.none", "The customer has no such file",
                               "Choose it from the customer's files.");
  auto row = applying.database.query(remove_file);
  bind_id(*row, 1, removed.attachment);
  row->bind_blob(2, view(applying.id));
  row->bind_text(3, removed.staff);
  bind_time(*row, 4, removed.at);
  row->step();
  return Done{};
}

Result<Done> reveal_file_names(Database& database, Vault& vault, const CustomerRef& customer) {
  std::vector<std::pair<Bytes16, std::string>> sealed;
  {
    auto row = database.query(sealed_names);
    row->bind_blob(1, view(customer.bytes));
    while (row->step()) sealed.emplace_back(bytes16(*row, 0), std::string(row->blob(1)));
  }
  for (const auto& [fact, bytes] : sealed) {
    auto named = open_name(database, vault, customer, fact, bytes);
    if (!named && named.error().kind != Failure::bad_input) return named.error();
  }
  return Done{};
}

std::vector<AttachedFile> files_of(Database& database, const CustomerRef& kept) {
  std::vector<AttachedFile> files;
  for (const CustomerRef& owner : references_of(database, kept)) {
    auto row = database.query(of_customer);
    row->bind_blob(1, view(owner.bytes));
    while (row->step()) {
      AttachedFile file;
      file.attachment = fact_id(*row, 0);
      file.owner = owner;
      file.hash = hash_at(*row, 1);
      file.kind = static_cast<FileKind>(row->integer(2));
      file.type = static_cast<FileType>(row->integer(3));
      file.bytes = row->integer(4);
      file.name = row->text(5);
      file.staff = row->text(6);
      file.at = local_time(*row, 7);
      files.push_back(std::move(file));
    }
  }
  std::ranges::sort(files, std::greater{}, &AttachedFile::attachment);
  return files;
}

bool has_file(Database& database, const CustomerRef& owner, const Hash& hash) {
  auto row = database.query(with_hash);
  row->bind_blob(1, view(owner.bytes));
  row->bind_blob(2, keepsake::view(hash));
  return row->step();
}

void each_file(Database& database,
               const std::function<void(const CustomerRef& owner, const Hash& hash,
                                        const FactId& attached)>& use) {
  auto row = database.query(all_files);
  while (row->step()) use(customer_ref(*row, 0), hash_at(*row, 1), fact_id(*row, 2));
}

}  // namespace keepsake::records
