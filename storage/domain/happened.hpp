#pragma once
// The dates that facts bear.

#include <optional>

#include "storage/domain/values/time.hpp"

namespace keepsake {

struct Fact;

/// When it happened, by the clock of whoever recorded it; most kinds of facts say so.
std::optional<Instant> happened(const Fact& fact);
/// A sale or return of that moment, not one that was brought in with its old date.
bool is_sale_of_the_moment(const Fact& fact);

}  // namespace keepsake
