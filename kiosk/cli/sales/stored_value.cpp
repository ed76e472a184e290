#include "kiosk/cli/sales/stored_value.hpp"

#include <ostream>

#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

Json to_json(const ShownValue& value) {
  Json answer{{value.noun, value.name},
              {"balance", to_decimal(value.balance)},
              {"currency", value.balance.currency.code()},
              {"state", value.blocked ? "blocked" : "active"}};
  if (value.sold_on) answer["sold_on"] = to_iso(*value.sold_on);
  if (value.expires) answer["expires"] = to_iso(*value.expires);
  if (value.lapsed.minor > 0) answer["past_its_day"] = to_decimal(value.lapsed);
  if (value.owed.minor > 0) answer["debt"] = to_decimal(value.owed);
  if (!value.reason.empty()) answer["reason"] = value.reason;
  return answer;
}

}  // namespace

void print(Program& program, const ShownValue& value) {
  if (program.json()) {
    program.print(to_json(value));
    return;
  }
  program.out() << value.name << ": " << grouped(value.balance) << ' '
                << value.balance.currency.code();
  if (value.sold_on) program.out() << ", sold on " << to_iso(*value.sold_on);
  if (value.expires) program.out() << ", good until " << to_iso(*value.expires);
  if (value.lapsed.minor > 0)
    program.out() << ", " << grouped(value.lapsed) << " past its last day";
  if (value.owed.minor > 0) program.out() << ", owes " << grouped(value.owed);
  program.out() << (value.blocked ? ", blocked" : "");
  if (!value.reason.empty()) program.out() << " (" << value.reason << ')';
  program.out() << '\n';
}

}  // namespace keepsake::cli
