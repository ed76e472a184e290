#pragma once
// How an enrolment names a customer of another system.

#include <string>
#include <string_view>

namespace keepsake {

class Vault;

/// "old-till:4711" as "old-till:" and a keyed hash of the whole, because a key there may be a phone
/// or a name and facts stay for ever. "" stays "".
std::string kept_origin(const Vault& vault, std::string_view origin);

}  // namespace keepsake
