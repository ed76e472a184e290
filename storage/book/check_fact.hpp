#pragma once

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct Fact;

/// Everything that can be asked of a fact by itself, before it is recorded: the domain's check()
/// where there is one, texts, counts and signs elsewhere. Failure::bad_input or ::limit.
Result<Done> check_fact(const Fact& fact);

}  // namespace keepsake
