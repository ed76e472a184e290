// `keepsake retention`: what may not be kept any longer.
#include <algorithm>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/exchange/local_time.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string at;
  bool yes = false;
};

constexpr std::size_t listed = 50;
constexpr const char* words_by_head_office =
    "Head office erases customers who are idle in all its stores: keepsake-central retention.\n";

Exit list(Program& program, Book& book, LocalTime at) {
  const auto due = book.retention_due(at.at);
  if (!due) return program.fail(due.error());
  if (program.json()) {
    Json customers = Json::array();
    for (const CustomerRef& each : due->customers) customers.push_back(to_hex(each));
    program.print({{"as_of", to_iso(at.date())},
                   {"done", false},
                   {"customers_due", due->customers.size()},
                   {"customers", customers},
                   {"by_head_office", due->by_head_office},
                   {"audit_due", due->audit},
                   {"customers_erased", 0},
                   {"audit_removed", 0},
                   {"files_removed", 0}});
    return Exit::ok;
  }
  program.out() << "As of " << to_iso(at.date())
                << ": customers due to be erased: " << due->customers.size()
                << ", audit entries due to be removed: " << due->audit << "\n";
  if (due->by_head_office) program.out() << words_by_head_office;
  for (std::size_t i = 0; i < std::min(listed, due->customers.size()); ++i)
    program.out() << "  " << to_hex(due->customers[i]) << '\n';
  if (due->customers.size() > listed)
    program.out() << "  and " << due->customers.size() - listed << " more; --json lists all\n";
  program.out() << "Nothing was changed; add --yes to do it.\n";
  return Exit::ok;
}

/// All of it: a run of the book stops after some, so that a till is not held up.
Result<RetentionDone> erase(Book& book, Instant at) {
  RetentionDone sum;
  for (;;) {
    const auto done = book.run_retention(at, Authority::person);
    if (!done) return done.error();
    sum.customers_erased += done->customers_erased;
    sum.audit_removed += done->audit_removed;
    sum.files_removed += done->files_removed;
    if (done->customers_erased == 0) return sum;
  }
}

Exit run(Program& program, const Options& options) {
  auto open = options.yes ? program.open_book() : program.open_book_to_read();
  if (!open) return program.fail(open.error());
  LocalTime at = open->clock->local_now();
  if (!options.at.empty()) {
    const auto date = parse_date(options.at);
    if (!date) return program.fail(date.error());
    at = noon_of(*open->clock, *date);
  }
  if (!options.yes) return list(program, *open->book, at);
  const bool by_head_office = open->book->enrolment().has_value();
  const auto done = erase(*open->book, at.at);
  if (!done) return program.fail(done.error());
  if (program.json())
    program.print({{"as_of", to_iso(at.date())},
                   {"done", true},
                   {"by_head_office", by_head_office},
                   {"customers_erased", done->customers_erased},
                   {"audit_removed", done->audit_removed},
                   {"files_removed", done->files_removed}});
  else
    program.out() << (by_head_office ? words_by_head_office : "")
                  << "Customers erased: " << done->customers_erased
                  << ", audit entries removed: " << done->audit_removed
                  << ", left-over files removed: " << done->files_removed << '\n';
  return Exit::ok;
}

}  // namespace

void add_retention(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      app.add_subcommand("retention", "Erase what the retention rules no longer allow to keep");
  command->add_option("--at", options->at, "As of this day, such as 2026-11-21")->type_name("DATE");
  command->add_flag("--yes", options->yes, "Do it; without, only list what it would do");
  command->footer(
      "[retention] of keepsake.toml: customers_inactive_months (0: never) and audit_days. Whoever "
      "has points, money in the\nwallet, a debt or running cover stays. The kiosk does it daily "
      "for a few customers, on a date that follows from the\nlast one known to be right; for many "
      "it tells a manager. At an enrolled\nterminal head office erases idle customers; this "
      "removes "
      "audit entries alone. Running it twice changes nothing.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
