#pragma once
// What a shop does with a customer: plain values in, sealed facts out. Each call records one fact
// (or none, when there is nothing to record) and takes the time from the clock.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/pin_place.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Book;
class Reader;
struct CustomerProfile;
struct Fact;

/// Who does it, and when.
struct Actor {
  std::string staff;  ///< empty: the customer
  LocalTime at;
};

/// Normalises, drops what is so already, seals, records. nullopt: nothing changed.
/// Failure::not_found "customer.unknown", ::refused "customer.erased" or "card.taken", and those of
/// normalised(). Phones come in any form; the settings say how national ones are read.
Result<std::optional<FactId>> change_customer(Book& book, const CustomerRef& ref,
                                              ProfileChange change, const Actor& actor);

/// The facts that change_customer() would record, for programs that record many at once.
/// `now`: what is known of the customer.
Result<std::vector<Fact>> change_facts(Book& book, const CustomerProfile& now, ProfileChange change,
                                       const Actor& actor);
/// A ConsentChange whose grants answer the withdrawals that are known.
ConsentChange consent_fact(const CustomerProfile& now, std::vector<Consent> consents,
                           std::string place, const Actor& actor);

/// Somebody new, with everything that is known of them.
struct NewCustomer {
  std::string origin;     ///< as the other system has it; kept_origin() is recorded
  ProfileChange profile;  ///< fields and additions; nothing to remove
  std::vector<Consent> consents;
  std::string place = {};                 ///< where the consents were given
  std::optional<Date> member_since = {};  ///< where another system says it
};
/// The facts of an enrolment under `ref` (Vault::new_customer): an enrolment, and a change with
/// what an enrolment has no room for.
Result<std::vector<Fact>> enrolment_facts(Book& book, const CustomerRef& ref, NewCustomer customer,
                                          const Actor& actor);

/// At most limits::text_bytes; several lines are allowed.
Result<FactId> add_note(Book& book, const CustomerRef& ref, std::string_view text,
                        const Actor& actor);

/// A PIN of the member's own, in place of any other. A reason is kept as a note, together with it.
/// Failure::bad_input "pin.syntax", ::refused "pin.common", and those of add_note().
Result<FactId> set_member_pin(Book& book, const CustomerRef& ref, std::string_view pin,
                              const Actor& actor, std::optional<std::string_view> reason = {});
/// nullopt: they have none.
Result<std::optional<FactId>> remove_member_pin(Book& book, const CustomerRef& ref,
                                                const Actor& actor,
                                                std::optional<std::string_view> reason = {});
/// Who is meant, by whoever typed a PIN.
struct PinClaim {
  CustomerRef customer;  ///< nobody: whoever has the number
  std::string phone_e164 = {};
};
/// The member whose PIN it is. Numbers of nobody and members without a PIN are answered as a wrong
/// one is. Failure::refused "pin.wrong" (tries left in `where`) or "pin.locked".
Result<CustomerRef> check_member_pin(Book& book, Reader& reader, const PinClaim& claim,
                                     std::string_view pin, PinPlace place, Instant now);

/// Grants and withdrawals; each grant names the withdrawals that are known here. Whoever withdraws
/// from membership gives up their points where the programme says so (withdrawal.hpp).
Result<FactId> change_consents(Book& book, const CustomerRef& ref, std::vector<Consent> consents,
                               std::string place, const Actor& actor);

/// Failure::refused "merge.same", "merge.already", "customer.erased".
Result<FactId> merge_customers(Book& book, const CustomerRef& kept, const CustomerRef& merged,
                               std::string reason, const Actor& actor);
/// They look alike and are two: no list of duplicates names them together again, here or at any
/// terminal. Failure::refused "apart.same" where they are merged, "customer.erased".
Result<FactId> tell_apart(Book& book, const CustomerRef& one, const CustomerRef& other,
                          const Actor& actor);
/// Failure::not_found "merge.none", ::refused "merge.undone".
Result<FactId> undo_merge(Book& book, const FactId& merge, const Actor& actor);

}  // namespace keepsake
