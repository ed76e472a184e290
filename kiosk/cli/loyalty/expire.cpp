#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/exchange/table.hpp"
#include "storage/services/expiry.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string at;
};

Result<ActiveProgramme> programme_of(const Book& book) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  return active_programme(book, **reader);
}

/// The day as asked for, at this hour; a day that is still to come would take what is still good.
Result<LocalTime> day_of(const Options& options, const Clock& clock) {
  const LocalTime now = clock.local_now();
  if (options.at.empty()) return now;
  const auto date = parse_date(options.at);
  if (!date) return date.error();
  if (*date > now.date())
    return Error{Failure::bad_input, "expiry.future", "This day is in the future", "--at",
                 "Give today or an earlier day"};
  const std::int64_t back = to_days(now.date()) - to_days(*date);
  return clock.local({now.at.ms - back * 86'400'000});
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto at = day_of(options, *open->clock);
  if (!at) return program.fail(at.error());
  const auto programme = programme_of(*open->book);
  if (!programme) return program.fail(programme.error());
  const auto done = run_expiry(*open->book, programme->rules.expiry, *at);
  if (!done) return program.fail(done.error());
  if (program.json()) {
    program.print({{"as_of", to_iso(at->date())},
                   {"lots", done->lots},
                   {"points", to_decimal(done->points)},
                   {"gift_cards", done->cards},
                   {"value", to_decimal(done->value)},
                   {"wallets", done->wallets},
                   {"wallet_value", to_decimal(done->wallet_value)},
                   {"facts", done->facts.size()}});
  } else {
    program.out() << "As of " << to_iso(at->date()) << ": " << grouped(done->lots)
                  << " lots expired with " << to_decimal(done->points) << " points, "
                  << grouped(done->cards) << " gift cards with " << to_decimal(done->value) << ", "
                  << grouped(done->wallets) << " wallets with " << to_decimal(done->wallet_value)
                  << ".\n";
  }
  return Exit::ok;
}

}  // namespace

void add_expire(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = app.add_subcommand(
      "expire", "Expire points, gift cards and wallets that are past their last day");
  command->add_option("--at", options->at, "As of this day instead of today, e.g. 2027-02-01")
      ->type_name("DATE");
  command->footer(
      "The kiosk does this automatically once a day and when it starts. Running it again changes "
      "nothing; after months\nwithout a run, everything that has become due expires.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
