// `keepsake member level`: a level that a manager gives to one person.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/services/level_grants.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string who, level, until, reason;
  bool end = false;
};

Result<LevelGranted> grant_of(const Options& options, LocalTime now) {
  if (options.level.empty() != options.end)
    return Error{Failure::bad_input, "usage", "Give either a level or --end", "command line",
                 "Give LEVEL, or --end to take back what was given"};
  LevelGranted granted;
  granted.at = now;
  granted.level = options.level;
  granted.reason = options.reason;
  if (!options.until.empty()) {
    auto until = parse_date(options.until);
    if (!until) {
      Error error = until.error();
      error.where = "--until";
      return error;
    }
    granted.until = *until;
  }
  return granted;
}

void print(Program& program, const FactId& id, const LevelGranted& granted,
           const loyalty::Member& member) {
  if (program.json()) {
    Json answer{{"fact", to_hex(id)},
                {"level", granted.level},
                {"staff", granted.staff},
                {"tier", member.tier},
                {"earned_tier", member.earned_tier()}};
    if (granted.until) answer["until"] = to_iso(*granted.until);
    program.print(answer);
    return;
  }
  std::ostream& out = program.out();
  if (granted.level.empty())
    out << "What was given has ended";
  else
    out << granted.level << " is given"
        << (granted.until ? " until " + to_iso(*granted.until) : "");
  out << ", by " << granted.staff << ": " << granted.reason << '\n';
  out << "Level now: " << (member.tier.empty() ? "none" : member.tier);
  if (member.given)
    out << ", earned: " << (member.earned_tier().empty() ? "none" : member.earned_tier());
  out << '\n';
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto who = find_anybody(**reader, open->book->settings(), options.who);
  if (!who) return program.fail(who.error(), Failure::not_found);
  const auto programme = active_programme(*open->book, **reader);
  if (!programme) return program.fail(programme.error());
  const LocalTime now = open->clock->local_now();
  auto granted = grant_of(options, now);
  if (!granted) return program.fail(granted.error(), Failure::not_found);
  const auto by = ask_manager(program, *open, "Only a manager may give a level");
  if (!by) return answer_no(program, by.error());
  granted->staff = by->id;
  granted->customer = *who;
  const auto id = give_level(*open->book, programme->rules, *granted);
  if (!id) return program.fail(id.error(), Failure::not_found);
  const auto member = (*reader)->member(*who, programme->rules, now);
  if (!member) return program.fail(member.error());
  print(program, *id, *granted, *member);
  return Exit::ok;
}

}  // namespace

void add_member_level(Command& member, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = member.add_subcommand("level", "Give a level of the programme to one person");
  command->add_option("customer", options->who, "Reference, card, phone, e-mail, or import's name")
      ->required()
      ->type_name("WHO");
  command->add_option("level", options->level, "Its id in the programme")->type_name("LEVEL");
  command->add_option("--until", options->until, "Its last day, e.g. 2027-12-31 [no end]")
      ->type_name("DATE");
  command->add_option("--reason", options->reason, "Why; the history keeps it")
      ->required()
      ->type_name("TEXT");
  command->add_flag("--end", options->end, "Take back what was given before its last day");
  command->footer(
      "Managers only: the PIN is asked for, or read as one line from a pipe. It holds beside the "
      "level that the member\n"
      "earns: the higher of the two is theirs, and after the last day they have what they have "
      "earned. Another one that\n"
      "is given takes the place of the first.\n"
      "Example:\n"
      "  keepsake --data DIR member level KC-1004 gold --until 2027-12-31 --reason \"Opening "
      "guest\"\n"
      "Exit code 1: no manager's PIN, or no such customer or level.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
