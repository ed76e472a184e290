#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/customer_profile.hpp"
#include "storage/records/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerEnrolment& enrolment);
/// Contradicts when somebody is named whom no enrolment introduced.
Result<Done> expect_known(Applying& applying, const CustomerRef& customer);

enum class Known { living, gone };
/// Contradicts when the customer is unknown ("customer.unknown") or erased ("customer.erased");
/// `gone` when that was only noted, and what is said of them must be dropped.
Result<Known> expect_living(Applying& applying, const CustomerRef& customer);
bool is_erased(Database& database, const CustomerRef& customer);

// Each answers the reference that is kept (merges.hpp).
/// Several may share a phone: the earliest that gave it. `hash` as Vault::lookup_hash("phone",
/// e164).
std::optional<CustomerRef> customer_by_phone_hash(Database& database, std::string_view hash);
std::optional<CustomerRef> customer_by_email_hash(Database& database, std::string_view hash);
std::optional<CustomerRef> customer_by_card(Database& database, std::string_view card);
std::optional<CustomerRef> customer_by_origin(Database& database, std::string_view store,
                                              std::string_view origin);
/// balance_as_of is left for the caller, who knows how far the facts reach.
std::optional<CustomerView> customer(Database& database, const CustomerRef& ref);
/// The person of a kept reference, with what all their references know: the kept one's fields
/// first.
std::optional<CustomerProfile> customer_profile(Database& database, const CustomerRef& ref);
/// How a report names a customer: masked name, else card, else origin, else the reference's
/// beginning.
std::string label_of(const CustomerRef& ref, std::string_view name, std::string_view card,
                     std::string_view origin);

}  // namespace keepsake::records
