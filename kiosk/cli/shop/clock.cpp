// `keepsake clock`: which date is believed, and saying that the machine's is right.
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/domain/values/trusted_time.hpp"

namespace keepsake::cli {
namespace {

Exit print(Program& program, const ClockTrust& trust, const Clock& clock) {
  const LocalTime now = clock.local(trust.now), believed = clock.local(trust.believed);
  if (program.json())
    program.print({{"now", to_iso(now)},
                   {"known_right", to_iso(believed)},
                   {"believed", trust.is_right()},
                   {"denied", trust.denied()}});
  else
    program.out() << "The clock shows " << to_iso(now)
                  << "; last known to be right: " << to_iso(believed) << ".\n"
                  << (trust.is_right() ? "It is believed.\n"
                      : trust.denied()
                          ? "Head office has another date: nothing expires or is erased by itself, "
                            "and nothing is spent without a line. Set the date, or confirm it.\n"
                          : "It is not believed: nothing expires or is erased by itself, and "
                            "nothing is spent without a line. "
                            "Set the date, or confirm it.\n");
  return Exit::ok;
}

Exit run(Program& program, bool confirm) {
  auto open = confirm ? program.open_book() : program.open_book_to_read();
  if (!open) return program.fail(open.error());
  if (confirm)
    if (const auto ok = open->book->confirm_clock(); !ok) return program.fail(ok.error());
  const auto trust = open->book->look_at_clock();
  if (!trust) return program.fail(trust.error());
  return print(program, *trust, *open->clock);
}

}  // namespace

void add_clock(Command& app, Program& program) {
  Command* clock =
      app.add_subcommand("clock", "Show whether the date is believed, or say that it is right");
  clock->require_subcommand(1);
  Command* show = clock->add_subcommand("show", "Show the date and the last one known to be right");
  show->footer(
      "With --json: {\"now\", \"known_right\", \"believed\", \"denied\"} (by head office). Using "
      "the till moves what is known "
      "to "
      "be right on, by 35 days at a time.");
  show->callback([&program] { program.set_action([&program] { return run(program, false); }); });
  Command* confirm = clock->add_subcommand("confirm", "Say that the machine's date is right");
  confirm->footer(
      "A clock may run on by 35 days at a time, and be behind by one. Beyond, nothing expires, "
      "nobody "
      "is erased and nothing is\nspent without a line until a person has looked at the date: a "
      "till "
      "with a dead battery may wake up in 2099.");
  confirm->callback([&program] { program.set_action([&program] { return run(program, true); }); });
}

}  // namespace keepsake::cli
