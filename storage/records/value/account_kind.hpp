#pragma once
// The accounts of the ledger (accounts.hpp), by the numbers that its tables hold.

#include <cstdint>

namespace keepsake::records {

enum class Account : std::int64_t {
  customer = 1,
  issued = 2,
  losses = 3,
  redeemed = 4,
  expired = 5,
  debt = 6,   ///< at most zero: what the customer owes
  moved = 7,  ///< what of an owner's points went to another, or came: below zero
  wallet = 11,
  gift_card = 12,
  value_issued = 13,
  spent = 14,
  value_expired = 15,
  write_off = 16,
  value_moved = 17,
};

}  // namespace keepsake::records
