#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "sync/agent/agent.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string url;
  std::string code;
};

Exit run(Program& program, const Options& options) {
  auto open = program.open_book_alone();
  if (!open) return program.fail(open.error());
  bool copied = false;
  const auto enrolment =
      sync::enrol(*open->book, options.url, options.code, [&] { copied = true; });
  if (!enrolment) {
    return program.fail(enrolment.error(), Failure::refused);
  }
  if (program.json()) {
    program.print({{"store", enrolment->store},
                   {"terminal", enrolment->terminal.value},
                   {"till", enrolment->till},
                   {"epoch", enrolment->epoch.value},
                   {"url", enrolment->central_url},
                   {"copied", copied}});
  } else {
    program.out() << "Enrolled as till " << enrolment->till << " of store " << enrolment->store
                  << " (terminal " << enrolment->terminal.value << ") at " << enrolment->central_url
                  << ".\n";
    if (copied)
      program.out() << "Another till was enrolled with a copy of this folder, so this one has got "
                       "keys and a number of its own.\nNothing is lost: what it recorded is sent "
                       "under them.\n";
  }
  return Exit::ok;
}

}  // namespace

void add_enrol(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = app.add_subcommand("enrol", "Connect this terminal to head office");
  command
      ->add_option("--url", options->url,
                   "Address of head office, such as https://head.example:8443")
      ->required()
      ->type_name("URL");
  command
      ->add_option("--code", options->code,
                   "One-time code from `keepsake-central enrol-code`; valid 15 minutes")
      ->required()
      ->type_name("CODE");
  command->footer(
      "The terminal creates its key and receives a certificate and its number. The code also "
      "proves that the server\nis the head office that issued it. Exit code 1: head office refused "
      "(code wrong, used or expired).");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
