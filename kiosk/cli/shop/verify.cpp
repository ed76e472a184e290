#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/findings.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

Exit run(Program& program) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto facts = facts_in(*folder);
  if (!facts) return program.fail(facts.error());
  Progress progress(program.err(), program.progress(), "Verifying");
  const auto verified = verify(*folder, [&](Seq seq) { progress.update(seq, *facts); });
  progress.finish();
  if (!verified && verified.error().kind == Failure::corrupt)
    return program.fail(verified.error(), Exit::no);
  if (!verified) return program.fail(verified.error());
  const bool sound = verified->findings.empty();
  if (program.json()) {
    program.print({{"sound", sound},
                   {"facts", verified->head.seq},
                   {"head", to_hex(verified->head.hash)},
                   {"passed", verified->passed},
                   {"findings", to_json(verified->findings)}});
  } else {
    program.out() << "Facts: " << grouped(std::int64_t{verified->head.seq}) << ", chain head "
                  << to_hex(verified->head.hash) << '\n';
    for (const auto& check : verified->passed) program.out() << "holds: " << check << '\n';
    print(program.out(), verified->findings);
    program.out() << (sound ? "All checks passed.\n" : "The data is inconsistent.\n");
  }
  return sound ? Exit::ok : Exit::no;
}

}  // namespace

void add_verify(Command& app, Program& program) {
  Command* command =
      app.add_subcommand("verify", "Check the journal's chain and the consistency of all data");
  command->footer(
      "Recomputes the hash of every fact from the first on, and checks the sums: points are double "
      "entry and never\n"
      "below zero, nothing is returned beyond what was sold, purchases are whole. Reads only; it "
      "may run while the\n"
      "kiosk is open. Exit code 1: something is wrong; stop selling on this terminal and call the "
      "technician.");
  command->callback([&program] { program.set_action([&program] { return run(program); }); });
}

}  // namespace keepsake::cli
