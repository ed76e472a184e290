#include "storage/records/apply.hpp"

#include "records_migrations.hpp"
#include "storage/engine/migrate.hpp"
#include "storage/records/applying.hpp"
#include "storage/records/articles.hpp"
#include "storage/records/consents.hpp"
#include "storage/records/customer_search.hpp"
#include "storage/records/customers.hpp"
#include "storage/records/duplicates.hpp"
#include "storage/records/erasures.hpp"
#include "storage/records/expiry.hpp"
#include "storage/records/files.hpp"
#include "storage/records/merges.hpp"
#include "storage/records/notes.hpp"
#include "storage/records/outcomes.hpp"
#include "storage/records/profiles.hpp"
#include "storage/records/programmes.hpp"
#include "storage/records/purchases.hpp"
#include "storage/records/returns.hpp"
#include "storage/records/schema.hpp"
#include "storage/records/shifts.hpp"
#include "storage/records/stored_value.hpp"
#include "storage/records/wallets.hpp"
#include "storage/records/warranties.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_exception{"exception.put",
                            "INSERT INTO exception (fact, n, store, code, message)"
                            " VALUES ($1, $2, $3, $4, $5)"};

}  // namespace

Result<Done> Applying::contradict(const char* code, std::string what, const char* remedy) {
  if (contradiction == Contradiction::refuse)
    return Error{Failure::refused, code, std::move(what), "", remedy};
  note(code, std::move(what));
  return Done{};
}

void Applying::note(const char* code, std::string message) {
  auto row = database.query(put_exception);
  row->bind_blob(1, view(id));
  row->bind(2, static_cast<std::int64_t>(exceptions.size()));
  row->bind_text(3, header.store);
  row->bind_text(4, code);
  row->bind_text(5, message);
  row->step();
  exceptions.push_back({code, std::move(message)});
}

Result<std::vector<Exception>> apply(Database& database, const FactHeader& header, const Fact& fact,
                                     Vault* vault, Contradiction contradiction) {
  Applying applying{database, header, to_bytes(header.id), vault, contradiction, {}};
  auto applied = std::visit([&](const auto& noun) { return apply(applying, noun); }, fact);
  if (!applied) return applied.error();
  return std::move(applying.exceptions);
}

Result<Done> migrate(Database& database) {
  if (auto ok = keepsake::migrate(database, "records", embedded::records_migrations); !ok)
    return ok;
  try {
    fill_search(database);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return refill_likeness(database);
}

Result<Done> check_schema(Database& database) {
  return keepsake::check_schema(database, "records", embedded::records_migrations);
}

}  // namespace keepsake::records
