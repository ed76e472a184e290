#include "storage/facts/keys_of_fact.hpp"

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/facts/codec.hpp"

namespace keepsake {

std::vector<CustomerRef> keys_of_fact(std::uint16_t type, std::string_view body) {
  const auto kind = static_cast<FactType>(type);
  if (kind != FactType::customer_enrolled && kind != FactType::staff_changed &&
      kind != FactType::dormancy_changed)
    return {};
  const auto fact = decode(kind, body);
  if (!fact) return {};
  if (const auto* enrolment = get_if<CustomerEnrolment>(&*fact)) return {enrolment->customer};
  if (const auto* change = get_if<DormancyChange>(&*fact))
    return change->presence == StorePresence::back ? change->customers : std::vector<CustomerRef>{};
  const CustomerRef key = get<StaffChange>(*fact).member.key;
  return key.nobody() ? std::vector<CustomerRef>{} : std::vector<CustomerRef>{key};
}

}  // namespace keepsake
