#include "sync/central/look_ups.hpp"

#include "storage/domain/sale/stored_value.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/known_cards.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/central/standing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::int64_t hour_ms = std::int64_t{3600} * 1000;

constexpr Sql count_since{
    "central.look-up.count",
    "SELECT count(*), coalesce(sum(customer IS NOT NULL OR card_end <> ''), 0),"
    " coalesce(min(at_ms), 0)"
    " FROM central_look_up WHERE terminal = $1 AND at_ms > $2"};
constexpr Sql put_look_up{"central.look-up.put",
                          "INSERT INTO central_look_up (store, n, terminal, kind, customer,"
                          " at_ms, card_end) SELECT t.store, (SELECT coalesce(max(u.n), 0) + 1"
                          "  FROM central_look_up u WHERE u.store = t.store), $1, $2, $3, $4, $5"
                          " FROM central_terminal t WHERE t.number = $1"};

/// Nothing, or how long until one more is allowed.
std::optional<int> wait_s(Database& database, TerminalNumber terminal, Instant now) {
  const auto hour = count_look_ups(database, terminal, {now.ms - hour_ms});
  if (hour.asked < LookUps::an_hour) return std::nullopt;
  return static_cast<int>((hour.first.ms + hour_ms - now.ms) / 1000 + 1);
}

void keep(Database& database, TerminalNumber terminal, ContactKind kind,
          const std::optional<CustomerRef>& customer, std::string_view card, Instant now) {
  const auto row = database.query(put_look_up);
  row->bind(1, terminal.value);
  row->bind(2, static_cast<std::int64_t>(kind));
  if (customer)
    row->bind_blob(3, records::view(customer->bytes));
  else
    row->bind_null(3);
  row->bind(4, now.ms);
  row->bind_text(5, card.empty() ? std::string() : card_end(card));
  row->step();
}

std::optional<CustomerRef> holder(Database& database, const Vault& vault, const ContactKey& key) {
  auto found = records::customer_by_key(database, vault, key);
  if (found && records::is_erased(database, *found)) found.reset();
  return found;
}

/// The name of a gift card with this number; "": there is none.
std::string gift_card_of(Database& database, const ContactKey& key) {
  if (key.kind != ContactKind::card) return {};
  auto name = card_name(key.value);
  if (!name || !records::gift_card(database, *name, std::nullopt)) return {};
  return std::move(*name);
}

}  // namespace

LookUpCount count_look_ups(Database& database, TerminalNumber terminal, Instant since) {
  const auto row = database.query(count_since);
  row->bind(1, terminal.value);
  row->bind(2, since.ms);
  row->step();
  return {row->integer(0), row->integer(1), {row->integer(2)}};
}

std::variant<LookUps::Found, Refusal> LookUps::look_up(TerminalNumber number, Epoch epoch,
                                                       const ContactKey& key) {
  const Instant now = clock_.now();
  try {
    Transaction transaction(database_);
    const auto terminal = find_terminal(database_, number);
    if (auto refusal = check_standing(terminal, epoch)) return *refusal;
    if (const auto wait = wait_s(database_, number, now))
      return Refusal{429, {"busy", "Too many look-ups in an hour", 0}, *wait};
    const auto customer = holder(database_, vault_, key);
    const std::string card = customer ? std::string() : gift_card_of(database_, key);
    keep(database_, number, key.kind, customer, card, now);
    Found found;
    found.answer.found = customer || !card.empty();
    if (customer) {
      found.news = make_known(database_, *customer, terminal->store, now);
      if (!found.news) note_seen(database_, *customer, terminal->store, now);
    } else if (!card.empty())
      found.news = make_card_known(database_, card, terminal->store, now);
    transaction.commit();
    return found;
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

}  // namespace keepsake::sync::central
