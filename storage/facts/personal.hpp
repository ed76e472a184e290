#pragma once
// The personal content of facts as bytes, before it is sealed: ProfileChange of facts.proto.

#include <string>
#include <string_view>

#include "storage/domain/customer/change.hpp"

namespace keepsake {

std::string encode_personal(const ProfileChange& change);
/// Failure::bad_input "fact.syntax". Shape only; field names and values are those of whoever wrote.
Result<ProfileChange> decode_personal(std::string_view bytes);

}  // namespace keepsake
