#include "storage/domain/fact.hpp"

#include <doctest/doctest.h>
#include <utility>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"

using namespace keepsake;

TEST_CASE("facts know their numbers and names") {
  const std::pair<Fact, FactType> rows[] = {{Purchase{}, FactType::purchase},
                                            {Return{}, FactType::returned},
                                            {CustomerEnrolment{}, FactType::customer_enrolled},
                                            {WarrantyRegistration{}, FactType::warranty_registered},
                                            {Programme{}, FactType::programme_published},
                                            {CatalogueChange{}, FactType::catalogue_changed},
                                            {ShiftOpening{}, FactType::shift_opened},
                                            {ShiftClosing{}, FactType::shift_closed}};
  std::uint16_t number = 1;
  for (const auto& [fact, type] : rows) {
    CHECK(type_of(fact) == type);
    CHECK(static_cast<std::uint16_t>(type) == number++);
    CHECK(name_of(type) != "unknown");
  }
  CHECK(name_of(static_cast<FactType>(999)) == "unknown");
}
