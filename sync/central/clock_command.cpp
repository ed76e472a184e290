#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "sync/central/arguments.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/control.hpp"

namespace keepsake::sync::central {

namespace {

struct Options {
  bool confirm = false;
};

Result<Done> confirm(const CentreArguments& arguments, const Clock& clock) {
  if (auto plausible = expect_plausible(clock.now()); !plausible) return plausible;
  return by_centre<Done>(
      arguments, clock, [&] { return ask_to_confirm_clock(arguments.data); },
      [&](Centre& centre) { return centre.confirm_clock(clock.now()); });
}

int run(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  if (options.confirm)
    if (const auto done = confirm(arguments, clock); !done) return fail(done.error());
  const ClockTrust trust = trust_in_clock(**records, clock.now());
  if (arguments.json) {
    print({{"now", to_iso(trust.now)},
           {"known_right", to_iso(trust.believed)},
           {"believed", trust.is_right()}});
    return trust.is_right() ? went_well : answered_no;
  }
  std::cout << "The clock shows " << to_iso(trust.now)
            << "; last known to be right: " << to_iso(trust.believed) << ".\n"
            << (trust.is_right() ? "It is believed.\n"
                                 : "It is not believed: nothing expires, nobody is erased by "
                                   "itself, and tills are not told the time. Set\nthe date; if it "
                                   "is right, say so with --confirm.\n");
  return trust.is_right() ? went_well : answered_no;
}

}  // namespace

void add_clock_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "clock",
      "Shows whether this machine's date is believed (exit code 1: it is not), and with --confirm\n"
      "says that it is right. It may run on by 35 days at a time, and be behind by one.");
  command->add_flag("--confirm", options->confirm, "The date is right, whatever was believed");
  on_command(*command, arguments, action, options, run);
}

}  // namespace keepsake::sync::central
