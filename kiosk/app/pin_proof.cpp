#include "kiosk/app/pin_proof.hpp"

#include <chrono>

#include "storage/vault/crypto.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {

namespace {

constexpr std::chrono::hours longest_visit{1};

std::string hash_of(const Vault& vault, const CustomerRef& customer, const std::string& at_ms) {
  return vault.lookup_hash("pin-proof", to_hex(customer) + "@" + at_ms);
}

}  // namespace

std::string proof_of_pin(const Vault& vault, const CustomerRef& customer, Instant at) {
  const std::string at_ms = std::to_string(at.ms);
  return at_ms + ":" + hash_of(vault, customer, at_ms);
}

bool is_proof_of_pin(const Vault& vault, std::string_view proof, const CustomerRef& customer,
                     Instant now) {
  const auto end = proof.find(':');
  if (end == std::string_view::npos) return false;
  const std::string at_ms(proof.substr(0, end));
  if (!equal_constant_time(proof.substr(end + 1), hash_of(vault, customer, at_ms))) return false;
  const std::int64_t age = now.ms - std::stoll(at_ms);  // by the hash it is a number of ours
  return age >= 0 && age <= std::chrono::milliseconds(longest_visit).count();
}

}  // namespace keepsake::app
