#pragma once
// `keepsake-central publish catalogue|programme`, `publications` and `withdraw`.

#include <functional>
#include <optional>
#include <string>

namespace CLI {
class App;
}
namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

/// What every command of the program is told.
struct CentreArguments {
  std::string data;  ///< DIR
  bool json = false;
};

/// Adds the commands; what they are to do is put into `action`, which answers with the exit code.
void add_publish_commands(CLI::App& app, const CentreArguments& arguments,
                          std::function<int(const Clock&)>& action);

}  // namespace keepsake::sync::central
