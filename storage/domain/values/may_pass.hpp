#pragma once

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// Whether trying the same again later may help: a lock, a full disk, no memory, no line.
inline bool may_pass(const Error& error) {
  return error.kind == Failure::busy || error.kind == Failure::unavailable;
}

}  // namespace keepsake
