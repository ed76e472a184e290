#pragma once
// Taking money off a card or wallet that may hold less than a fact says.

#include "storage/records/value/accounts.hpp"

namespace keepsake::records {

/// What to say when there is less than a fact names.
struct Shortfall {
  const char* code;
  const char* what;
  const char* remedy;
};
/// There is `amount` that is good on `day`, or too little of any kind, which take_value() tells.
Result<Done> expect_good(Applying& applying, Account account, std::string_view owner, Money amount,
                         Date day, const Shortfall& expired);
/// Takes what is there from an account of stored value into the owner's counter-account `into`; the
/// programme loses the rest, when told to go on.
Result<Done> take_value(Ledger& ledger, Account account, std::string_view owner, Money amount,
                        Account into, const Shortfall& shortfall);

}  // namespace keepsake::records
