#include "storage/facts/enrolled_customer.hpp"

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/facts/codec.hpp"

namespace keepsake {

std::optional<CustomerRef> enrolled_customer(std::uint16_t type, std::string_view body) {
  if (type != static_cast<std::uint16_t>(FactType::customer_enrolled)) return std::nullopt;
  const auto fact = decode(FactType::customer_enrolled, body);
  if (!fact) return std::nullopt;
  return get<CustomerEnrolment>(*fact).customer;
}

}  // namespace keepsake
