#include "storage/book/settings.hpp"

#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/chain_settings.hpp"
#include "storage/book/reader.hpp"
#include "storage/exchange/table.hpp"

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

/// What is in force here of what head office may decide, and by whose word.
Exit show(Program& program) {
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const auto own = read_settings(open->book->folder());
  if (!own) return program.fail(own.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto said = (*reader)->chain_settings();
  if (!said) return program.fail(said.error());
  const ChainWord word = chain_word(*said);
  const Settings& present = open->book->settings();
  Table table({{"setting"}, {"in force"}, {"whose"}});
  Json listed = Json::array();
  for (const ChainSetting& each : chain_settings()) {
    const bool theirs = word.names(each.key);
    if (each.of_office_alone && !theirs) continue;
    listed.push_back({{"key", each.key},
                      {"value", each.words(present)},
                      {"by", theirs ? "head office" : "this till"},
                      {"own", each.words(*own)}});
    std::string whose = theirs ? "head office" : "this till";
    if (theirs && !each.same(present, *own))
      whose += ", not the " + each.words(*own) + " of keepsake.toml";
    table.row({std::string(each.key), each.words(present), whose});
  }
  if (program.json()) {
    program.print({{"settings", listed}});
    return Exit::ok;
  }
  program.out() << table.text();
  if (!word.named.empty())
    program.out() << "What head office has set cannot be changed here: keepsake.toml has no say in "
                     "it.\n";
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
  Command* in_force = settings->add_subcommand(
      "show", "Show the settings that head office may decide, and who has decided them");
  in_force->footer(
      "What head office has set holds whatever keepsake.toml says; of everything else "
      "keepsake.toml "
      "decides. With --json:\n{\"settings\": [{\"key\", \"value\", \"by\", \"own\"}]}; own: what "
      "keepsake.toml says.");
  in_force->callback([&program] { program.set_action([&program] { return show(program); }); });
}

}  // namespace keepsake::cli
