#include "kiosk/flow/shared/context.hpp"

#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::flow {

std::shared_ptr<const ActiveProgramme> no_programme() {
  static const auto none = std::make_shared<const ActiveProgramme>();
  return none;
}

}  // namespace keepsake::flow
