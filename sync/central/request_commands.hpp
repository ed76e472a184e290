#pragma once
// `keepsake-central requests`, `accept`, `refuse` and `allow`: what stores change by themselves.

#include <functional>

namespace CLI {
class App;
}
namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

struct CentreArguments;

/// Adds the commands; what they are to do is put into `action`, which answers with the exit code.
void add_request_commands(CLI::App& app, const CentreArguments& arguments,
                          std::function<int(const Clock&)>& action);

}  // namespace keepsake::sync::central
