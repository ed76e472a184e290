#pragma once
// `terminals` and `revoke` of keepsake-central.

#include <functional>

namespace CLI {
class App;
}

namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

struct CentreArguments;

/// Adds the commands to `app`; the one that was chosen is put into `action`.
void add_terminal_commands(CLI::App& app, const CentreArguments& arguments,
                           std::function<int(const Clock&)>& action);

}  // namespace keepsake::sync::central
