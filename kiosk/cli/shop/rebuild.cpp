#include "storage/book/rebuild.hpp"

#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/findings.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  bool check = false;
};

Exit run(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto facts = facts_in(*folder);
  if (!facts) return program.fail(facts.error());
  Progress progress(program.err(), program.progress(), "Rebuilding");
  const auto told = [&](Seq seq) { progress.update(seq, *facts); };
  const auto findings = options.check ? rebuild_check(*folder, told) : rebuild(*folder, told);
  progress.finish();
  if (!findings) return program.fail(findings.error());
  const bool sound = findings->empty();
  if (program.json()) {
    program.print({{options.check ? "same" : "sound", sound},
                   {"facts", *facts},
                   {"findings", to_json(*findings)}});
  } else {
    print(program.out(), *findings);
    program.out() << "Records rebuilt from " << grouped(std::int64_t{*facts}) << " facts";
    program.out() << (!options.check ? " and put into use.\n"
                      : sound        ? ": the same content.\n"
                                     : ": they differ from those in use.\n");
  }
  return sound ? Exit::ok : Exit::no;
}

}  // namespace

void add_rebuild(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      app.add_subcommand("rebuild", "Make the records anew from the journal, or compare them");
  command->add_flag("--check", options->check,
                    "Only compare with the records in use; may be run while the kiosk is open");
  command->footer(
      "The records follow from the journal's facts alone. This replays every fact; the new records "
      "take the place\nof those in use all at once. Close the kiosk first. Exit code 1: with "
      "--check they differ; without, some\nfacts cannot be read.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
