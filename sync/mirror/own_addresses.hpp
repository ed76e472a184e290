#pragma once

#include <string>
#include <vector>

#include "storage/domain/values/address.hpp"

namespace keepsake::sync::mirror {

/// Where others reach what listens at `listening`: that address, or where it is any (0.0.0.0, ::) those
/// of this machine's networks as they are now, loopback and link-local ones apart. At most
/// addresses_most, none twice.
std::vector<std::string> own_addresses(const Address& listening);

}  // namespace keepsake::sync::mirror
