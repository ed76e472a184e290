#pragma once
// Sessions to look at: every screen in the states a shop meets, with data as long and as large as
// real shops have it.

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/flow/session.hpp"
#include "tests/kiosk/screens/fixtures_data.hpp"

namespace keepsake::test {

struct Look {
  std::string name;  ///< "sale.forty-lines": the screen, then the state
  flow::Session session;
};

/// Names begin with the screen's: attract, start, language, idle, identify, home, why, data,
/// people, profile, merge, staff, join, price, warranty, pin, sale, tender, done, shift, sync, notice.
const std::vector<Look>& looks();
std::vector<Look> looks_of(std::string_view screen);
const flow::Session& look(std::string_view name);

}  // namespace keepsake::test
