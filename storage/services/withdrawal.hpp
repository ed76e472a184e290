#pragma once
// What becomes of points when somebody withdraws from membership, as the programme says.

#include <vector>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Book;
struct CustomerProfile;

/// The points that this member gives up by withdrawing now; none where the programme keeps them.
Result<Points> points_given_up(Book& book, const CustomerRef& ref, LocalTime at);

/// The facts by which they expire, for those among `consents` that withdraw from a membership that
/// stands; to be recorded with the withdrawal.
Result<std::vector<Fact>> facts_of_withdrawal(Book& book, const CustomerProfile& now,
                                              const std::vector<Consent>& consents, LocalTime at);

}  // namespace keepsake
