#include "sync/central/cards_taken.hpp"

#include <string>
#include <utility>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/database.hpp"
#include "storage/facts/codec.hpp"
#include "storage/facts/personal.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql facts_in_conflict{"central.cards-taken.facts",
                                "SELECT f.type, f.body FROM exception e JOIN central_fact f"
                                " ON f.id = e.fact WHERE e.code = 'card.taken' AND f.state = 0"};
constexpr Sql holders{"central.cards-taken.holders",
                      "SELECT customer FROM customer_contact WHERE kind = $1 AND look_up = $2"};
constexpr Sql enrolment_of{"central.cards-taken.enrolment",
                           "SELECT f.type, f.body FROM customer c JOIN central_fact f"
                           " ON f.id = c.fact WHERE c.ref = $1 AND f.state = 0"};

/// Of a vault that cannot be read; what does not open says nothing.
void expect_readable(const Error& error) {
  if (error.kind != Failure::bad_input) throw DatabaseError(error);
}

std::vector<std::string> cards_in(Vault& vault, const Fact& fact) {
  std::vector<std::string> cards;
  if (const auto* enrolment = get_if<CustomerEnrolment>(&fact)) {
    if (!enrolment->card.empty()) cards.push_back(enrolment->card);
    const auto profile = vault.open_profile(enrolment->customer, enrolment->sealed_profile);
    if (!profile) expect_readable(profile.error());
    if (profile.ok() && *profile && !(*profile)->card.empty()) cards.push_back((*profile)->card);
  } else if (const auto* change = get_if<CustomerChange>(&fact)) {
    const auto plain = vault.unseal(change->customer, "change", change->sealed);
    if (!plain) expect_readable(plain.error());
    if (!plain.ok() || !*plain) return cards;
    const auto content = decode_personal(**plain);
    if (!content) return cards;
    for (const ContactAddition& each : content->added)
      if (each.kind == ContactKind::card || each.kind == ContactKind::key_fob)
        cards.push_back(each.value);
  }
  return cards;
}

}  // namespace

std::set<CustomerRef> holders_of_cards_in(Database& database, Vault& vault, const Fact& fact) {
  std::set<CustomerRef> found;
  for (const std::string& card : cards_in(vault, fact))
    for (const ContactKind kind : {ContactKind::card, ContactKind::key_fob}) {
      const auto row = database.query(holders);
      row->bind(1, static_cast<std::int64_t>(kind));
      row->bind_blob(2, card);
      while (row->step()) found.insert(records::customer_ref(*row, 0));
    }
  return found;
}

std::set<CustomerRef> holders_of_cards_taken(Database& database, Vault& vault) {
  std::vector<Fact> facts;
  {
    const auto row = database.query(facts_in_conflict);
    while (row->step())
      if (auto fact = decode(static_cast<FactType>(row->integer(0)), row->blob(1)))
        facts.push_back(std::move(*fact));
  }
  std::set<CustomerRef> found;
  for (const Fact& fact : facts) found.merge(holders_of_cards_in(database, vault, fact));
  return found;
}

bool has_clear_card(Database& database, const CustomerRef& customer) {
  const auto row = database.query(enrolment_of);
  row->bind_blob(1, records::view(customer.bytes));
  if (!row->step()) return false;
  const auto fact = decode(static_cast<FactType>(row->integer(0)), row->blob(1));
  const auto* enrolment = fact.ok() ? get_if<CustomerEnrolment>(&*fact) : nullptr;
  return enrolment != nullptr && !enrolment->card.empty();
}

}  // namespace keepsake::sync::central
