#include "storage/facts/key_of_fact.hpp"

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/facts/codec.hpp"

namespace keepsake {

std::optional<CustomerRef> key_of_fact(std::uint16_t type, std::string_view body) {
  const auto kind = static_cast<FactType>(type);
  if (kind != FactType::customer_enrolled && kind != FactType::staff_changed) return std::nullopt;
  const auto fact = decode(kind, body);
  if (!fact) return std::nullopt;
  if (const auto* enrolment = get_if<CustomerEnrolment>(&*fact)) return enrolment->customer;
  const CustomerRef key = get<StaffChange>(*fact).member.key;
  return key.nobody() ? std::nullopt : std::optional(key);
}

}  // namespace keepsake
