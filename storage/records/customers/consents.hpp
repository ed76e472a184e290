#pragma once

#include <span>
#include <vector>

#include "storage/domain/customer/consent.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const ConsentChange& change);
/// Consents of one fact, numbered from 0.
void put_consents(Applying& applying, const CustomerRef& customer,
                  std::span<const Consent> consents, std::string_view place,
                  std::string_view staff);
/// Appends everything one reference ever said.
void read_consents(Database& database, const CustomerRef& customer,
                   std::vector<ConsentEvent>& events);

}  // namespace keepsake::records
