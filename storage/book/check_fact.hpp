#pragma once

#include <span>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct Fact;

/// Everything that can be asked of a fact by itself, before it is recorded: the domain's check()
/// where there is one, texts, counts and signs elsewhere. Failure::bad_input or ::limit.
Result<Done> check_fact(const Fact& fact);
/// Of each of them. Failure as of the first that is wrong, by its place.
Result<Done> check_facts(std::span<const Fact> facts);

/// What is wrong with one of `count` facts says with which, counted from 0 here and from 1 in `where`.
Error among_facts(Error error, std::size_t index, std::size_t count);

}  // namespace keepsake
