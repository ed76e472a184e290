#pragma once

#include <string>

#include "storage/domain/customer/profile_access.hpp"
#include "storage/domain/customer/proof.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::flow {

/// Who asks, and when. A look or change by staff is kept in the audit trail.
struct Requester {
  Viewer viewer = Viewer::customer;
  std::string staff;  ///< empty: the customer
  LocalTime at;
  Recognition recognised = {};  ///< of the customer at hand; the worker looks at it again
};

}  // namespace keepsake::flow
