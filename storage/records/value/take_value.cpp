#include "storage/records/value/take_value.hpp"

#include <algorithm>
#include <cassert>

namespace keepsake::records {

// Where the money is no longer there (the centre hears of two sales that spent it), the receiver
// has it in full all the same, and the programme's loss account bears the difference: what was handed
// over at a till has happened.
Result<Done> take_value(Ledger& ledger, Account account, std::string_view owner, Money amount,
                        Account into, const Shortfall& shortfall) {
  // The same account may pay twice in one fact.
  const Money before = money_in(ledger.applying().database, account, owner, amount.currency);
  const std::int64_t there = before.minor + ledger.posted(account, owner, amount.currency).minor;
  const Money taken{std::clamp<std::int64_t>(there, 0, amount.minor), amount.currency};
  assert(taken.minor <= amount.minor);
  ledger.post(account, owner, Money{-taken.minor, amount.currency});
  ledger.post(Account::write_off, "", Money{taken.minor - amount.minor, amount.currency});
  ledger.post(into, "", amount);
  if (taken == amount) return Done{};
  return ledger.applying().contradict(shortfall.code, shortfall.what, shortfall.remedy);
}

}  // namespace keepsake::records
