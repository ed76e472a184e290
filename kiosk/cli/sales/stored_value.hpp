#pragma once
// What `keepsake gift-card show` and `keepsake wallet show` tell, in the same words.

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/cli/program.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::cli {

struct ShownValue {
  std::string_view noun;  ///< the name's key in JSON
  std::string name;
  Money balance;
  std::optional<Date> sold_on;
  std::optional<Date> expires;
  bool blocked = false;
  std::string_view reason;
  Money lapsed = {};  ///< past its day, not yet booked as expired
  Money owed = {};    ///< goes out of what is paid in next
};
void print(Program& program, const ShownValue& value);

}  // namespace keepsake::cli
