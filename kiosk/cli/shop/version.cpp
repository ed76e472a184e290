#include "storage/engine/version.hpp"

#include <ostream>

#include "kiosk/cli/commands.hpp"

namespace keepsake::cli {

void add_version(Command& app, Program& program) {
  Command* command = app.add_subcommand("version", "Show the version");
  command->footer(
      "Needs no data folder. With --json: {\"name\": \"keepsake\", \"version\": \"1.2.3\"}.");
  command->callback([&program] {
    program.set_action([&program] {
      if (program.json()) {
        program.print({{"name", "keepsake"}, {"version", version()}});
      } else {
        program.out() << "keepsake " << version() << '\n';
      }
      return Exit::ok;
    });
  });
}

}  // namespace keepsake::cli
