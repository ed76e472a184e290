#include "kiosk/flow/sale/till.hpp"

namespace keepsake::flow {

Till::Till() = default;
Till::Till(const Till&) = default;
Till::Till(Till&&) noexcept = default;
Till& Till::operator=(const Till&) = default;
Till& Till::operator=(Till&&) noexcept = default;
Till::~Till() = default;
bool Till::operator==(const Till&) const = default;

}  // namespace keepsake::flow
