#pragma once
// What a row said, as keyed digests of eight bytes: enough to see what a source has changed since,
// and nothing that could be read back without the folder's own key.

#include <string>
#include <string_view>

#include "storage/exchange/customer_row.hpp"

namespace keepsake {

class Vault;

std::string digest_of(const Vault& vault, const FieldChange& field);
std::string digest_of(const Vault& vault, const ContactAddition& contact);
std::string digest_of(const Vault& vault, const Consent& consent);
std::string digest_of(const Vault& vault, Points points);

/// Of everything in the row, sorted.
std::string digests_of(const Vault& vault, const CustomerRow& row);
bool holds(std::string_view digests, std::string_view digest);

}  // namespace keepsake
