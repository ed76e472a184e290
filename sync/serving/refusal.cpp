#include "sync/serving/refusal.hpp"

#include "storage/domain/values/may_pass.hpp"

namespace keepsake::sync {

Refusal as_refusal(const Error& error) {
  constexpr int retry_after_s = 5;
  const std::string cause = error.code + " at " + error.where;
  if (may_pass(error)) {
    return {
        503, {"busy", "The server cannot store anything at the moment", 0}, retry_after_s, cause};
  }
  return {500, {"internal", "The server has an internal error", 0}, {}, cause};
}

Refusal refusal_of_body(const Error& error) {
  if (error.kind == Failure::limit) return too_long();
  return {400, {"wire.syntax", error.what, 0}, {}};
}

Refusal too_long() { return {413, {"batch.too-large", "The request is too long", 0}, {}}; }

}  // namespace keepsake::sync
