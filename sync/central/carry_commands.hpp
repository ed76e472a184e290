#pragma once
// `carry-in` of keepsake-central.

#include <functional>

namespace CLI {
class App;
}

namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

struct CentreArguments;

/// Adds the command to `app`; where it was chosen it is put into `action`.
void add_carry_commands(CLI::App& app, const CentreArguments& arguments,
                        std::function<int(const Clock&)>& action);

}  // namespace keepsake::sync::central
