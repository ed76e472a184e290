#pragma once
// Looks of the sale, of paying, and of what comes after.

#include <functional>
#include <string>

#include "kiosk/flow/session.hpp"

namespace keepsake::test {

using AddLook = std::function<void(std::string name, flow::Session session)>;
void add_sale_looks(const AddLook& add);
void add_tender_looks(const AddLook& add);

}  // namespace keepsake::test
