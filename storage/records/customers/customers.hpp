#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct ContactKey;
struct CustomerEnrolment;
struct CustomerProfile;
struct CustomerView;
}  // namespace keepsake

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerEnrolment& enrolment);
/// Opens the sealed profile again, now that the customer's key may have come. No key: no change.
Result<Done> reveal(Database& database, Vault& vault, const CustomerRef& customer);
/// Somebody of the store whose enrolment says personal things that the key here opens, of which the
/// records have nothing: the key came after the enrolment was applied.
Result<bool> is_unopened(Database& database, Vault& vault, const CustomerRef& customer);

// Each answers the reference that is kept (merges.hpp).
/// Several may share a phone: the earliest that gave it. Of those with an e-mail, who wrote it in just
/// this case comes first.
std::optional<CustomerRef> customer_by_key(Database& database, const Vault& vault,
                                           const ContactKey& key);
std::optional<CustomerRef> customer_by_card(Database& database, std::string_view card);
std::optional<CustomerRef> customer_by_origin(Database& database, std::string_view store,
                                              std::string_view origin);
/// balance_as_of is left for the caller, who knows how far the facts reach.
std::optional<CustomerView> customer(Database& database, const CustomerRef& ref);
/// The person of a kept reference, with what all their references know: the kept one's fields
/// first.
std::optional<CustomerProfile> customer_profile(Database& database, const CustomerRef& ref);

}  // namespace keepsake::records
