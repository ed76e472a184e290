#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// The customer whom a stored fact enrols: whoever takes it needs that customer's key. nullopt: none,
/// or it cannot be read.
std::optional<CustomerRef> enrolled_customer(std::uint16_t type, std::string_view body);

}  // namespace keepsake
