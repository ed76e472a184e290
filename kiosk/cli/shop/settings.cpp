#include "storage/book/settings.hpp"

#include <ostream>

#include "kiosk/cli/commands.hpp"

namespace keepsake::cli {
namespace {

Exit check(Program& program) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  if (const auto mistakes = settings_mistakes(*folder); !mistakes.empty())
    return program.fail(mistakes,
                        mistakes.front().kind == Failure::bad_input ? Exit::no : Exit::bad);
  const auto settings = read_settings(*folder);
  if (!settings) return program.fail(settings.error());
  if (program.json())
    program.print({{"sound", true}, {"shop", settings->shop}});
  else
    program.out() << "The settings of " << settings->shop << " are sound.\n";
  return Exit::ok;
}

}  // namespace

void add_settings(Command& app, Program& program) {
  Command* settings = app.add_subcommand("settings", "The shop's settings, keepsake.toml");
  settings->require_subcommand(1);
  Command* command = settings->add_subcommand("check", "Check keepsake.toml after editing it");
  command->footer(
      "Reads only, and may run while the kiosk is open. Every mistake is told at once, with line "
      "and column; what each\nkey means is in storage/book/SETTINGS.md. Exit code 1: there are "
      "mistakes.");
  command->callback([&program] { program.set_action([&program] { return check(program); }); });
}

}  // namespace keepsake::cli
