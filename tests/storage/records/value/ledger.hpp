#pragma once
// What tests of points and stored value say to the club, and whether its books are sound.

#include "storage/book/rebuild.hpp"
#include "storage/domain/every_fact.hpp"
#include "tests/support/club.hpp"

namespace keepsake::test {

inline Date day(int year, unsigned month, unsigned day) {
  return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day);
}

inline void set_day(Club& club, Date date) {
  club.clock.set({to_days(date) * std::int64_t{86'400'000} + 10 * 3'600'000});
  REQUIRE(club.book->confirm_clock().ok());  // a leap, and a person who says that it is right
}

inline void set_day(Club& club, int year, unsigned month, unsigned of_month) {
  set_day(club, day(year, month, of_month));
}

inline SaleRequest claim(std::string reward, std::int64_t times = 1,
                         CashOut out = CashOut::in_hand) {
  SaleRequest request;
  request.claims = {{std::move(reward), times, {}}};
  request.cash_out = out;
  return request;
}

/// Money into the wallet of `who`, with its last day.
inline FactId fill(Club& club, std::int64_t minor, std::optional<Date> until,
                   const CustomerRef& who) {
  TopUp top_up;
  top_up.kind = StoredValue::wallet;
  top_up.expires = until;
  return club.sell(*with_top_up(Club::basket(1, minor), 0, top_up), who);
}

inline void change_wallet(Club& club, WalletState state, const CustomerRef& who) {
  club.record(WalletChange{club.clock.local_now(), "anna", who, state, "lost phone"});
}

/// Empty: the records are in order and rebuilding them gives the same.
inline std::string sound(const Club& club) { return findings_of(club.data()) + rebuilt(club); }

}  // namespace keepsake::test
