#include "sync/central/standing.hpp"

namespace keepsake::sync::central {

Refusal revoked_refusal() {
  return {403, {"terminal.revoked", "Head office has revoked this terminal", 0}, {}};
}

Refusal no_such_terminal() {
  return {404, {"hand-in.unknown", "Head office does not know this terminal", 0}, {}};
}

Refusal gap_after(const Terminal& terminal) {
  return {409, {"gap", "Earlier facts are missing", terminal.cursor + 1}, {}};
}

Refusal fork_refusal() {
  return {
      409, {"fork", "The centre holds different facts under these numbers: enrol again", 0}, {}};
}

std::optional<Refusal> check_standing(const std::optional<Terminal>& terminal, Epoch epoch) {
  if (!terminal || epoch > terminal->epoch)
    return Refusal{403,
                   {"terminal.unknown",
                    "Head office does not know this terminal: it was put back from a backup. Enrol "
                    "again",
                    0},
                   {}};
  if (epoch <= terminal->revoked) return revoked_refusal();
  if (epoch < terminal->epoch)
    return Refusal{410, {"epoch.retired", "The terminal has been enrolled again", 0}, {}};
  return std::nullopt;
}

}  // namespace keepsake::sync::central
