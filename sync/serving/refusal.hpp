#pragma once

#include <optional>

#include "storage/domain/values/result.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake::sync {

/// The answer no: an HTTP status and the Problem that is its body.
struct Refusal {
  unsigned status = 500;
  Problem problem;
  std::optional<int> retry_after_s;
  std::string cause{};  ///< for the centre's log, never sent: an Error's code and place
  bool operator==(const Refusal&) const = default;
};

/// What an Error of storage means to a terminal: busy and unavailable heal (503), the rest is the
/// centre's fault (500). Its details stay in the centre's log.
Refusal as_refusal(const Error& error);

/// What is wrong with a body that does not decode: too much is 413, so that the terminal halves its
/// batch.
Refusal refusal_of_body(const Error& error);
Refusal too_long();  ///< 413

}  // namespace keepsake::sync
