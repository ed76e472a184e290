#pragma once
// What happens in a world, as values: a seed gives a list of steps, and a list of steps is a world's
// whole life. Each has a number of its own, from which everything about it follows, so that a step
// means the same when others are left out of the list.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace keepsake::world {

enum class What {
  // People at a till.
  sell,
  spend_points,  ///< a sale that some points pay
  sell_card,     ///< a gift card, or more onto one
  pay_by_card,   ///< of what is leased to the till
  hold_and_pay,  ///< head office is asked first
  pay_by_wallet,
  cash_out,      ///< points onto the wallet
  take_voucher,  ///< a code of the list
  bring_back,
  join,
  change_profile,
  merge,
  undo_merge,
  erase,
  change_price,
  settle,  ///< an exception
  // Between a till and head office.
  push,
  pull,
  sync,  ///< both, as often as there is something
  look_up,
  forget_hold,  ///< asked for, and nothing bought
  // Head office.
  publish_prices,
  publish_programme,
  publish_settings,
  add_codes,
  settle_at_office,
  daily_round,  ///< expiry, retention, and customers who leave a store
  // Machines and time.
  cut_till,  ///< its power goes at one of the next syncs of its disk
  cut_office,
  check_point,
  reopen,  ///< the till's program is closed and started
  back_up_office,
  restore_office,
  enrol_again,
  revoke,
  pass_time,
  jump_clock,  ///< of a till, for a while
  count_,      ///< how many there are
};

struct Step {
  What what = What::sell;
  std::size_t till = 0;
  std::uint64_t number = 0;
};

/// Of what may happen: after some of it (head office put back from a copy, a clock years off) something
/// may be given twice, and is for people to settle. A world without it has to keep every promise.
enum class Accidents { all, excusable_left_out };
std::vector<Step> plan(std::uint64_t seed, std::size_t tills, std::size_t steps,
                       Accidents accidents);
std::string to_text(const Step& step);  ///< "sell@2#1f00ab"
std::string to_text(const std::vector<Step>& steps);

}  // namespace keepsake::world
