// `keepsake member pin`: a member's own PIN, given or removed at the command line.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "kiosk/cli/shop/pin_prompt.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/services/customers.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string who, reason;
  bool remove = false;
};

/// nullopt: they have none that could be removed.
Result<std::optional<FactId>> change_pin(Program& program, Book& book, const CustomerRef& who,
                                         const Options& options, const Actor& actor) {
  if (options.remove) return remove_member_pin(book, who, actor, options.reason);
  if (program.in_is_terminal()) program.err() << "The member's own PIN. ";
  const auto pin = ask_pin(program);
  if (!pin) return pin.error();
  const auto given = set_member_pin(book, who, *pin, actor, options.reason);
  if (!given) return given.error();
  return std::optional(*given);
}

void print(Program& program, const std::optional<FactId>& changed, const Options& options,
           const Actor& actor) {
  if (program.json()) {
    Json answer{{"pin", !options.remove}, {"staff", actor.staff}, {"changed", changed.has_value()}};
    if (changed) answer["fact"] = to_hex(*changed);
    return program.print(answer);
  }
  if (!changed)
    program.out() << "No change: this member has no PIN.\n";
  else
    program.out() << (options.remove ? "The PIN is removed, by " : "The PIN is set, by ")
                  << actor.staff << ": " << options.reason << '\n';
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto who = find_anybody(**reader, open->book->settings(), options.who);
  if (!who) return program.fail(who.error(), Failure::not_found);
  if (program.in_is_terminal()) program.err() << "A manager's PIN. ";
  const auto by = ask_manager(program, *open, "Only a manager may change a member's PIN");
  if (!by) return answer_no(program, by.error());
  const Actor actor{by->id, open->clock->local_now()};
  const auto changed = change_pin(program, *open->book, *who, options, actor);
  if (!changed) return answer_no(program, changed.error());
  print(program, *changed, options, actor);
  return Exit::ok;
}

}  // namespace

void add_member_pin(Command& member, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = member.add_subcommand("pin", "Set or remove a member's own PIN");
  command->add_option("customer", options->who, "Reference, card, phone, e-mail, or import's name")
      ->required()
      ->type_name("WHO");
  command->add_option("--reason", options->reason, "Why; kept as a note in their history")
      ->required()
      ->type_name("TEXT");
  command->add_flag("--remove", options->remove, "They have none any more");
  command->footer(
      "Managers only. The manager's PIN is asked for first, then the member's (4 to 8 digits, "
      "twice "
      "at a terminal), or both\n"
      "are read as lines from a pipe. Neither is ever an argument, because other programs can read "
      "those, and neither is\n"
      "printed or logged. With it and their number members see and use what is theirs without the "
      "card.\n"
      "Example:\n"
      "  keepsake --data DIR member pin KC-1004 --reason \"Lost the card, showed passport\"\n"
      "Exit code 1: no manager's PIN, no such customer, or a PIN that "
      "others would guess.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
