#include "storage/records/value/take_value.hpp"

#include <algorithm>
#include <cassert>

#include "storage/records/value/settlements.hpp"
#include "storage/records/value/value_lots.hpp"

namespace keepsake::records {

Result<Done> expect_good(Applying& applying, Account account, std::string_view owner, Money amount,
                         Date day, const Shortfall& expired) {
  const auto lots = value_lots(applying.database, account, owner, amount.currency);
  const Money good = good_on(lots, day, amount.currency);
  const Money lapsed = lapsed_on(lots, day, amount.currency);
  if (amount.minor <= good.minor || lapsed.minor == 0) return Done{};
  return applying.contradict(expired.code, expired.what, expired.remedy);
}

// Where the money is no longer there (the centre hears of two sales that spent it), the receiver
// has it in full all the same, and the programme's loss account bears the difference: what was handed
// over at a till has happened.
Result<Done> take_value(Ledger& ledger, Account account, std::string_view owner, Money amount,
                        Account into, const Shortfall& shortfall) {
  const Money there = ledger.held(account, owner, amount.currency);  // it may pay twice in one fact
  const Money taken{std::clamp<std::int64_t>(there.minor, 0, amount.minor), amount.currency};
  assert(taken.minor <= amount.minor);
  ledger.post(account, owner, Money{-taken.minor, amount.currency});
  ledger.post(Account::write_off, owner, Money{taken.minor - amount.minor, amount.currency});
  ledger.post(into, owner, amount);
  if (taken == amount) return Done{};
  if (auto ok = ledger.applying().contradict(shortfall.code, shortfall.what, shortfall.remedy); !ok)
    return ok;
  note_lacking(ledger, shortfall.code, account, owner,
               Money{amount.minor - taken.minor, amount.currency});
  return Done{};
}

}  // namespace keepsake::records
