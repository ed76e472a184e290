#pragma once
// Who may see and change what of a customer: the one place that decides it. Callers hold what these
// give, never the whole profile.

#include <span>

#include "storage/domain/customer/profile.hpp"

namespace keepsake {

/// A customer sees their own page; of the declared fields not those that are for managers.
enum class Viewer { customer, staff, manager };

std::string masked_email(std::string_view email);  ///< "ingrid@lysvik.no" -> "i••••@lysvik.no"
std::string masked_address(std::string_view address);  ///< all but what follows the last comma
std::string masked_date(std::string_view iso);         ///< "1979-12-31" -> "••••-12-31"

/// Managers see all. Staff see phones, e-mails, addresses and the birthday masked. Fields for
/// managers, and those that are no longer declared, are left out for everybody else.
CustomerProfile seen_by(CustomerProfile profile, Viewer viewer,
                        std::span<const CustomerField> declared_fields);

/// Failure::refused "field.managers" when it touches a field that `viewer` does not see.
Result<Done> may_change(const ProfileChange& change, Viewer viewer,
                        std::span<const CustomerField> declared_fields);

}  // namespace keepsake
