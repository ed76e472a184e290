#pragma once

#include <string>

#include "kiosk/cli/program.hpp"

namespace keepsake::cli {

enum class Asked { once, twice };

/// A PIN from standard input: one line of a pipe, or typed at a terminal, where it is not shown;
/// twice when it is a new one. Failure::bad_input "pin.none", "pin.digits" or "pin.differs". Never
/// from the command line, which others can read.
Result<std::string> ask_pin(Program& program, Asked asked = Asked::twice);

/// A passphrase, as a PIN is asked for. `Asked::twice` when it is a new one. Failure::bad_input
/// "passphrase.none" or "passphrase.differs".
Result<std::string> ask_passphrase(Program& program, Asked asked);

}  // namespace keepsake::cli
