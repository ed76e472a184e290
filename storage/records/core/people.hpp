#pragma once
// Who a reference is: whether somebody stands behind it, and who is kept where several are one
// person. What is written under a merged reference stays under it, so that undoing is exact.

#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// An enrolment introduced this reference; it may be merged or erased since.
bool is_known(Database& database, const CustomerRef& customer);
bool is_enrolled_in(Database& database, const CustomerRef& customer, std::string_view store);
/// Contradicts when somebody is named whom no enrolment introduced.
Result<Done> expect_known(Applying& applying, const CustomerRef& customer);

enum class Known { living, gone };
/// Contradicts when the customer is unknown ("customer.unknown") or erased ("customer.erased");
/// `gone` when that was only noted, and what is said of them must be dropped.
Result<Known> expect_living(Applying& applying, const CustomerRef& customer);
bool is_erased(Database& database, const CustomerRef& customer);
/// Left the store of this till (storage/feed/FEED.md, Dormant customers).
bool is_dormant(Database& database, const CustomerRef& customer);

/// The reference that is kept for this one: itself, where it was not merged.
CustomerRef canonical(Database& database, const CustomerRef& customer);
/// Every reference of the person whose kept reference this is, itself first. At most
/// limits::merged_customers.
std::vector<CustomerRef> references_of(Database& database, const CustomerRef& kept);

}  // namespace keepsake::records
