#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// Whose keys come with this fact: who enrols, staff who are taken on, customers who are back at a
/// store. Nobody: none, or it cannot be read.
std::vector<CustomerRef> keys_of_fact(std::uint16_t type, std::string_view body);

}  // namespace keepsake
