#include "storage/exchange/customer_marks.hpp"

#include <algorithm>

#include "storage/vault/vault.hpp"

namespace keepsake {
namespace {

constexpr std::size_t digest_bytes = 8;

std::string digest(const Vault& vault, std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text.append(part).push_back('\x1F');
  return vault.lookup_hash("import", text).substr(0, digest_bytes);
}

}  // namespace

std::string digest_of(const Vault& vault, const FieldChange& field) {
  return digest(vault, {"field", field.field, field.value});
}

std::string digest_of(const Vault& vault, const ContactAddition& contact) {
  return digest(vault, {"contact", name_of(contact.kind), contact.value, contact.usage});
}

std::string digest_of(const Vault& vault, const Consent& consent) {
  return digest(vault, {"consent", std::to_string(static_cast<int>(consent.purpose)),
                        consent.granted ? "yes" : "no", consent.wording, consent.language});
}

std::string digest_of(const Vault& vault, Points points) {
  return digest(vault, {"points", std::to_string(points.hundredths)});
}

std::string digests_of(const Vault& vault, const CustomerRow& row) {
  std::vector<std::string> all;
  for (const auto& each : row.fields) all.push_back(digest_of(vault, each));
  for (const auto& each : row.contacts) all.push_back(digest_of(vault, each));
  for (const auto& each : row.consents) all.push_back(digest_of(vault, each));
  if (row.points) all.push_back(digest_of(vault, *row.points));
  std::sort(all.begin(), all.end());
  std::string joined;
  for (const std::string& each : all) joined += each;
  return joined;
}

bool holds(std::string_view digests, std::string_view digest) {
  for (std::size_t at = 0; at + digest_bytes <= digests.size(); at += digest_bytes)
    if (digests.substr(at, digest_bytes) == digest) return true;
  return false;
}

}  // namespace keepsake
