#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// The key that a stored fact is the first to need, and that travels with it: of the customer whom it
/// enrols, or of the member of staff. nullopt: none, or it cannot be read.
std::optional<CustomerRef> key_of_fact(std::uint16_t type, std::string_view body);

}  // namespace keepsake
