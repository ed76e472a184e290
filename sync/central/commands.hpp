#pragma once
// The commands of keepsake-central beside serving, each family in a file of its own.

#include <functional>

namespace CLI {
class App;
}

namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

struct CentreArguments;

/// What was chosen: it answers with the exit code.
using CommandAction = std::function<int(const Clock&)>;

// Each adds its commands to `app`; the one that is chosen is put into `action`.
/// `publish`, `withdraw` and `publications`.
void add_publish_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `requests`, `accept`, `refuse` and `allow`: what stores change by themselves.
void add_request_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `exceptions` and `settle`.
void add_exception_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `terminals` and `revoke`.
void add_terminal_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `expire`.
void add_expire_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `leases`.
void add_lease_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `retention`.
void add_retention_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `clock`.
void add_clock_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action);
/// `carry-in`.
void add_carry_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action);

}  // namespace keepsake::sync::central
