// What must hold at each till when all has been exchanged (I6, I11).

#include "storage/book/rebuild.hpp"
#include "storage/book/verify.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/records/core/people.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/known_customers.hpp"
#include "tests/support/older_head_office.hpp"
#include "tests/support/older_records.hpp"
#include "tests/support/same_records.hpp"
#include "tests/world/judge.hpp"

namespace keepsake::world {

void Judge::check_till_at_end(std::size_t till, Database& office) {
  const std::string name = "till " + std::to_string(till);
  Till& at = tills_[till];
  check_confirmed(till);
  const auto verified = verify(at.folder(), {});
  if (!verified) return wrong(name + " cannot be verified: " + to_line(verified.error()));
  if (!verified->findings.empty())
    wrong(name + ": " + verified->findings[0].invariant + ", " + verified->findings[0].what);
  const auto rebuilt = rebuild_check(at.folder(), {});
  if (!rebuilt) return wrong(name + " cannot be rebuilt: " + to_line(rebuilt.error()));
  if (!rebuilt->empty()) wrong(name + ": I11, " + (*rebuilt)[0].what);
  Database* const here = records(till);
  if (!here) return;
  check_dormant(till, *here, office);
  for (const Seen& seen : seen_)
    for (const Kept& kept : seen.journal) {
      const auto* enrolment = get_if<CustomerEnrolment>(&kept.fact);
      if (!enrolment) continue;
      const auto known = at.reader().customer(enrolment->customer);
      if (!known || !*known || records::is_dormant(*here, enrolment->customer)) continue;
      if (test::known_of(*here, enrolment->customer) != test::known_of(office, enrolment->customer))
        wrong("I6: " + name + " and head office know other things of customer " +
              to_hex(enrolment->customer).substr(0, 8) + "\n" +
              test::known_of(*here, enrolment->customer) + "---\n" +
              test::known_of(office, enrolment->customer));
    }
}

/// Whom head office has dormant at a store, its tills have so, and no key of theirs; and nobody else.
void Judge::check_dormant(std::size_t till, Database& here, Database& office) {
  Vault& vault = tills_[till].book().vault();
  const std::string name = "till " + std::to_string(till);
  for (const Seen& seen : seen_)
    for (const Kept& kept : seen.journal) {
      const auto* enrolment = get_if<CustomerEnrolment>(&kept.fact);
      if (!enrolment) continue;
      const CustomerRef& customer = enrolment->customer;
      const bool there = sync::central::is_dormant_at(office, customer, tills_[till].store());
      const auto key = vault.has_key(customer);
      if (!key) return wrong(name + ": its vault cannot be read");
      if (records::is_erased(office, customer) || !records::is_known(here, customer)) continue;
      if (records::is_dormant(here, customer) != there)
        wrong(name + " and head office do not agree who is dormant: " + to_hex(customer));
      if (*key == there)
        wrong(there ? "I9: " + name + " has the key of a customer who left its store"
                    : name + " lacks the key of a customer of its store");
    }
}

void Judge::check_same_at_tills() {
  for (std::size_t one = 0; one < tills_.size(); ++one)
    for (std::size_t other = one + 1; other < tills_.size(); ++other)
      if (tills_[one].store() == tills_[other].store() &&
          test::records_of_store(tills_[one].folder()) !=
              test::records_of_store(tills_[other].folder()))
        wrong("I6: tills " + std::to_string(one) + " and " + std::to_string(other) +
              " of one store hold different records");
}

/// Older versions' databases with the same contents come to the same.
void Judge::check_upgrades() {
  const std::string office = test::office_migrated_otherwise(office_.folder() / "central.db");
  if (!office.empty()) wrong("head office would be another one after an upgrade\n" + office);
  for (std::size_t till = 0; till < tills_.size(); ++till) {
    const std::string own =
        test::migrated_otherwise(tills_[till].folder() / "keepsake.db", test::CountersOf::somebody);
    if (!own.empty())
      wrong("till " + std::to_string(till) + " would be another one after an upgrade\n" + own);
  }
}

/// I9: nobody can read what was known of whoever was erased.
void Judge::check_forgotten(const Ledger& ledger) {
  const auto vault = office_.centre().vault_reader();
  if (!vault) return wrong("head office's vault cannot be read");
  for (const CustomerRef& customer : ledger.erased()) {
    const auto kept = (*vault)->seal_keys_for({&customer, 1}, (*vault)->box_public());
    if (!kept || !kept->empty()) wrong("I9: head office has the key of somebody who was erased");
    for (Till& till : tills_) {
      Vault& own = till.book().vault();
      const auto there = own.seal_keys_for({&customer, 1}, own.box_public());
      if (!there || !there->empty()) wrong("I9: a till has the key of somebody who was erased");
    }
  }
}

}  // namespace keepsake::world
