#include "storage/records/customers/notes.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/records/core/people.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_note{"customer-note.put",
                       "INSERT INTO customer_note (fact, customer, sealed, staff, at_ms,"
                       " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql put_text{"customer-note.reveal",
                       "UPDATE customer_note SET text = $2 WHERE fact = $1"};
constexpr Sql sealed_notes{"customer-note.sealed",
                           "SELECT fact, sealed FROM customer_note"
                           " WHERE customer = $1 AND text IS NULL ORDER BY fact"};

/// False: the key is not here. Failure::bad_input when the bytes are not a note.
Result<bool> open_note(Database& database, Vault& vault, const CustomerRef& customer,
                       const Bytes16& fact, std::string_view sealed) {
  auto text = vault.unseal(customer, "note", sealed);
  if (!text) return text.error();
  if (!*text) return false;
  if ((*text)->size() > limits::text_bytes || !is_utf8(**text))
    return Error{Failure::bad_input, "note.damaged", "A note is not valid text", "", ""};
  auto row = database.query(put_text);
  row->bind_blob(1, view(fact));
  row->bind_text(2, **text);
  row->step();
  return true;
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerNote& note) {
  auto live = expect_living(applying, note.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  {
    auto row = applying.database.query(put_note);
    row->bind_blob(1, view(applying.id));
    row->bind_blob(2, view(note.customer.bytes));
    row->bind_blob(3, note.sealed);
    row->bind_text(4, note.staff);
    bind_time(*row, 5, note.at);
    row->step();
  }
  if (applying.vault == nullptr || is_dormant(applying.database, note.customer)) return Done{};
  auto shown =
      open_note(applying.database, *applying.vault, note.customer, applying.id, note.sealed);
  if (!shown && shown.error().kind == Failure::bad_input)
    return applying.contradict("note.damaged", "A sealed note cannot be opened",
                               "Write the note again.");
  if (!shown) return shown.error();
  return Done{};
}

Result<Done> reveal_notes(Database& database, Vault& vault, const CustomerRef& customer) {
  std::vector<std::pair<Bytes16, std::string>> sealed;
  {
    auto row = database.query(sealed_notes);
    row->bind_blob(1, view(customer.bytes));
    while (row->step()) sealed.emplace_back(bytes16(*row, 0), std::string(row->blob(1)));
  }
  for (const auto& [fact, bytes] : sealed) {
    auto shown = open_note(database, vault, customer, fact, bytes);
    if (!shown && shown.error().kind != Failure::bad_input) return shown.error();
  }
  return Done{};
}

}  // namespace keepsake::records
