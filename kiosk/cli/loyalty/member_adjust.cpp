// `keepsake member adjust`: points that a manager gives or takes, with the reason.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/adjustment.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/decimal.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string who, points, reason;
};

Result<Points> points_of(const Options& options) {
  std::string_view digits = options.points;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const auto points = parse_scaled(digits, {2, 1'000'000'000, "points.syntax", "points.limit"});
  if (points) return Points{*points};
  return Error{Failure::bad_input, "adjustment.points", "Not a number of points", "POINTS",
               "Give points such as 50, or -50 to take them"};
}

Result<LoyaltyEvent> event_of(Reader& reader, const OpenBook& open, const Options& options,
                              const StaffMember& by, const CustomerRef& who) {
  const auto points = points_of(options);
  if (!points) return points.error();
  const auto programme = active_programme(*open.book, reader);
  if (!programme) return programme.error();
  const LocalTime now = open.clock->local_now();
  const auto member = reader.member(who, programme->rules, now);
  if (!member) return member.error();
  const SaleContext context{now, by.id, {}, who, programme->programme, {}};
  return loyalty::adjustment(context, programme->rules, *member, *points, options.reason);
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto who = find_anybody(**reader, open->book->settings(), options.who);
  if (!who) return program.fail(who.error(), Failure::not_found);
  const auto by = ask_manager(program, *open, "Only a manager may adjust points");
  if (!by) return answer_no(program, by.error());
  const auto event = event_of(**reader, *open, options, *by, *who);
  if (!event) return answer_no(program, event.error());
  const auto id = open->book->record(*event);
  if (!id) return program.fail(id.error());
  const auto balance = balance_now(**reader, *open, *who);
  if (!balance) return program.fail(balance.error());
  const Points change{event->points_earned.hundredths - spent_by(event->loyalty).hundredths};
  if (program.json()) {
    program.print({{"fact", to_hex(*id)},
                   {"points", to_decimal(change)},
                   {"debt_settled", to_decimal(event->loyalty.debt_settled)},
                   {"staff", by->id},
                   {"balance", to_decimal(*balance)}});
  } else {
    program.out() << to_decimal(change) << " points by " << by->name << ": " << options.reason
                  << "\nBalance: " << to_decimal(*balance) << " points\n";
  }
  return Exit::ok;
}

}  // namespace

void add_member_adjust(Command& member, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      member.add_subcommand("adjust", "Give points as goodwill, or correct a mistake");
  command->add_option("customer", options->who, "Reference, card, phone, e-mail, or import's name")
      ->required()
      ->type_name("WHO");
  command->add_option("--points", options->points, "How many; below zero takes them")
      ->required()
      ->type_name("POINTS");
  command->add_option("--reason", options->reason, "Why; the member reads it, too")
      ->required()
      ->type_name("TEXT");
  command->footer(
      "Managers only: the PIN is asked for, or read as one line from a pipe. The audit trail keeps "
      "who did it, the\nmember's history the reason. Points that are given settle points owed "
      "first "
      "and expire as the programme says;\nno more can be taken than can be spent.\n"
      "Example:\n"
      "  keepsake --data DIR member adjust KC-1004 --points 50 --reason \"Parcel was damaged\"\n"
      "Exit code 1: no manager's PIN, too few points, or no such "
      "customer.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
