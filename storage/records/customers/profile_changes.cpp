#include "storage/records/customers/profile_changes.hpp"

#include "storage/domain/customer/change.hpp"
#include "storage/facts/personal.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/records/customers/summary.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_change{"customer-change.put",
                         "INSERT INTO customer_change (fact, customer, sealed, what, staff, at_ms,"
                         " offset_minutes) VALUES ($1, $2, $3, '', $4, $5, $6)"};
constexpr Sql name_change{"customer-change.name",
                          "UPDATE customer_change SET what = $2 WHERE fact = $1"};
constexpr Sql sealed_changes{"customer-change.sealed",
                             "SELECT fact, sealed FROM customer_change WHERE customer = $1"
                             " AND what = '' ORDER BY fact"};
constexpr Sql any_sealed{"customer-change.any-sealed",
                         "SELECT 1 FROM customer_change WHERE customer = $1 AND what = '' LIMIT 1"};

/// What a timeline says of a change without its values: "name, phone added".
std::string words_of(const ProfileChange& change) {
  std::string words;
  const auto add = [&](std::string_view word, std::string_view how) {
    words.append(words.empty() ? "" : ", ").append(word).append(how);
  };
  for (const FieldChange& each : change.fields)
    add(each.field, each.value.empty() ? " cleared" : "");
  for (const ContactAddition& each : change.added) add(name_of(each.kind), " added");
  if (!change.removed.empty()) add("contact", " removed");
  return words.empty() ? "nothing" : words;
}

/// Refuses a card that another person holds.
Result<Done> expect_free_cards(Applying& applying, const CustomerRef& customer,
                               const ProfileChange& change) {
  for (const ContactAddition& each : change.added) {
    if (each.kind != ContactKind::card && each.kind != ContactKind::key_fob) continue;
    const auto holder = holder_of_card(applying.database, each.value);
    if (!holder ||
        canonical(applying.database, holder->customer) == canonical(applying.database, customer))
      continue;
    if (auto ok = applying.contradict("card.taken", "This card belongs to another customer",
                                      "Give the customer another card.");
        !ok)
      return ok;
  }
  return Done{};
}

void put_content(Database& database, const Vault& vault, const CustomerRef& customer,
                 const Bytes16& fact, const ProfileChange& change) {
  for (const FieldChange& each : change.fields)
    put_field(database, customer, each.field, fact, each.value);
  const FactId id = fact_id_from(fact);
  for (std::size_t n = 0; n < change.added.size(); ++n)
    put_contact(database, customer, {id, static_cast<std::uint32_t>(n)}, change.added[n],
                look_up_of(vault, change.added[n]));
  for (const ContactTag& tag : change.removed) remove_contact(database, customer, tag);
  auto row = database.query(name_change);
  row->bind_blob(1, view(fact));
  row->bind_text(2, words_of(change));
  row->step();
}

/// nullopt: the key is not here.
Result<std::optional<ProfileChange>> opened(Vault& vault, const CustomerRef& customer,
                                            std::string_view sealed) {
  auto plain = vault.unseal(customer, "change", sealed);
  if (!plain) return plain.error();
  if (!*plain) return std::optional<ProfileChange>{};
  auto change = decode_personal(**plain);
  if (!change)
    return Error{Failure::bad_input, "change.damaged", change.error().what, change.error().where,
                 change.error().remedy};
  return std::optional(std::move(*change));
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerChange& change) {
  auto live = expect_living(applying, change.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  {
    auto row = applying.database.query(put_change);
    row->bind_blob(1, view(applying.id));
    row->bind_blob(2, view(change.customer.bytes));
    row->bind_blob(3, change.sealed);
    row->bind_text(4, change.staff);
    bind_time(*row, 5, change.at);
    row->step();
  }
  if (applying.vault == nullptr || is_dormant(applying.database, change.customer)) return Done{};
  auto content = opened(*applying.vault, change.customer, change.sealed);
  if (!content && content.error().kind == Failure::bad_input)
    return applying.contradict("change.damaged", "A sealed change cannot be opened",
                               "Make the change again.");
  if (!content) return content.error();
  if (!*content) return Done{};
  if (auto ok = expect_free_cards(applying, change.customer, **content); !ok) return ok;
  put_content(applying.database, *applying.vault, change.customer, applying.id, **content);
  settle(applying.database, change.customer);
  return Done{};
}

Result<Done> reveal_changes(Database& database, Vault& vault, const CustomerRef& customer) {
  std::vector<std::pair<Bytes16, std::string>> sealed;
  {
    auto row = database.query(sealed_changes);
    row->bind_blob(1, view(customer.bytes));
    while (row->step()) sealed.emplace_back(bytes16(*row, 0), std::string(row->blob(1)));
  }
  for (const auto& [fact, bytes] : sealed) {
    auto content = opened(vault, customer, bytes);
    if (!content && content.error().kind == Failure::bad_input)
      continue;  // told when it was applied
    if (!content) return content.error();
    if (*content) put_content(database, vault, customer, fact, **content);
  }
  return Done{};
}

bool has_sealed_changes(Database& database, const CustomerRef& customer) {
  auto row = database.query(any_sealed);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

}  // namespace keepsake::records
