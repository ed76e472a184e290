#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/exchange/local_time.hpp"
#include "storage/exchange/table.hpp"
#include "storage/services/expiry.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string at;
  bool yes = false;
};

Result<ActiveProgramme> programme_of(const Book& book) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  return active_programme(book, **reader);
}

/// Noon of the day as asked for; a day that is still to come would take what is still good.
Result<LocalTime> day_of(const Options& options, const Clock& clock) {
  const LocalTime now = clock.local_now();
  if (options.at.empty()) return now;
  const auto date = parse_date(options.at);
  if (!date) return date.error();
  if (*date > now.date())
    return Error{Failure::bad_input, "expiry.future", "This day is in the future", "--at",
                 "Give today or an earlier day"};
  return noon_of(clock, *date);
}

void print(Program& program, const ExpiryRun& run, LocalTime at, bool done) {
  if (program.json())
    return program.print({{"as_of", to_iso(at.date())},
                          {"done", done},
                          {"lots", run.lots},
                          {"points", to_decimal(run.points)},
                          {"gift_cards", run.cards},
                          {"value", to_decimal(run.value)},
                          {"wallets", run.wallets},
                          {"wallet_value", to_decimal(run.wallet_value)},
                          {"facts", run.facts.size()}});
  program.out() << "As of " << to_iso(at.date()) << ": " << grouped(run.lots) << " lots "
                << (done ? "expired" : "are due to expire") << " with " << to_decimal(run.points)
                << " points, " << grouped(run.cards) << " gift cards with " << to_decimal(run.value)
                << ", " << grouped(run.wallets) << " wallets with " << to_decimal(run.wallet_value)
                << ".\n";
  if (!done) program.out() << "Nothing was changed; add --yes to do it.\n";
}

Exit run(Program& program, const Options& options) {
  auto open = options.yes ? program.open_book() : program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const auto at = day_of(options, *open->clock);
  if (!at) return program.fail(at.error());
  const auto programme = programme_of(*open->book);
  if (!programme) return program.fail(programme.error());
  const loyalty::Expiry& rule = programme->rules.expiry;
  const auto expiry =
      options.yes ? run_expiry(*open->book, rule, *at) : find_expiry(*open->book, rule, *at);
  if (!expiry) return program.fail(expiry.error());
  print(program, *expiry, *at, options.yes);
  return Exit::ok;
}

}  // namespace

void add_expire(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = app.add_subcommand(
      "expire", "Expire points, gift cards and wallets that are past their last day");
  command->add_option("--at", options->at, "As of this day instead of today, e.g. 2027-02-01")
      ->type_name("DATE");
  command->add_flag("--yes", options->yes, "Do it; without, only list what it would do");
  command->footer(
      "The kiosk does this automatically once a day and when it starts; at an enrolled terminal "
      "head "
      "office does it\n(keepsake-central expire), and --yes is refused. Running it again changes "
      "nothing; after months\nwithout a run, everything that has become due expires. On a date "
      "that does not follow from the last one known to be\nright, nothing expires until `clock "
      "confirm`. What is past its last day cannot be spent in any case.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
