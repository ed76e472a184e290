// `keepsake warranty register` and `warranty begin`: what is told of an item by hand.
#include <memory>
#include <ostream>

#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/warranty/warranty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/services/articles.hpp"
#include "storage/services/items.hpp"
#include "storage/services/loyalty_events.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string article, serial, customer, bought, what, on;
  std::string staff = shell_user();
  bool stands_so = false;
};

/// Not after today: nobody knows what will be.
Result<Date> day_of(const std::string& written, const char* where, Date today) {
  if (written.empty()) return today;
  const auto day = parse_date(written);
  if (!day)
    return Error{day.error().kind, day.error().code, day.error().what, where, "Write 2026-11-21"};
  if (*day > today)
    return Error{Failure::bad_input, "date.future", "The day has not come yet", where,
                 "Write the day on which it happened"};
  return *day;
}

Result<WarrantyRegistration> registration_of(Reader& reader, const Settings& settings,
                                             const Options& options, LocalTime now,
                                             std::ostream& notes) {
  const auto article = article_named(reader, options.article);
  if (!article) return article.error();
  const StatutoryCover* statutory = statutory_cover(settings);
  if (!takes_serial(*article, statutory))
    return Error{Failure::refused, "warranty.none", "The article has no warranty to register",
                 options.article, "The receipt is enough"};
  const auto read = read_plate(article->cover.serials, options.serial,
                               options.stands_so ? Plate::as_it_is : Plate::by_rule);
  if (!read) return read.error();
  if (is_unproven(article->cover.serials, read->serial))
    notes << "The VIN has no check digit, as one from outside North America may: compare it once "
             "more\n";
  const auto bought = day_of(options.bought, "--bought", now.date());
  if (!bought) return bought.error();
  WarrantyRegistration fact;
  if (!options.customer.empty()) {
    const auto customer = find_customer(reader, settings, options.customer);
    if (!customer) return customer.error();
    fact.customer = *customer;
  }
  fact.article = article->code;
  fact.article_name = article->name;
  fact.maker = article->maker;
  fact.serial = read->serial;
  fact.unfit = read->unfit;
  fact.serial_typed = options.serial;
  fact.covers = covers_of(*article, *bought, statutory);
  fact.staff = options.staff;
  fact.at = now;
  return fact;
}

Exit print_one(Program& program, Reader& reader, const ItemId& id, Date today) {
  const auto items = reader.items({id});
  if (!items) return program.fail(items.error());
  return print_items(program, *items, today);
}

Exit run_register(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const LocalTime now = open->clock->local_now();
  const auto made = registration_of(**reader, open->book->settings(), options, now, program.err());
  if (!made) return program.fail(made.error());
  const auto programme = active_programme(*open->book, **reader);
  if (!programme) return program.fail(programme.error());
  const Fact fact(*made);
  const auto recorded =
      record_earning(*open->book, *programme, std::span(&fact, 1), {}, {options.staff, now});
  if (!recorded) return program.fail(recorded.error());
  return print_one(program, **reader, {recorded->facts.front(), -1}, now.date());
}

/// The one item that is meant, as it is known here.
Result<ItemView> item_meant(Book& book, Reader& reader, const std::string& what) {
  auto named = items_named(book, reader, what);
  if (!named) return named.error();
  std::erase_if(named->items, [](const ItemView& each) { return each.returned; });
  if (named->items.empty())
    return Error{Failure::not_found, "warranty.unknown", "No item is registered by that", what,
                 "Look it up with warranty show"};
  if (named->items.size() > 1)
    return Error{Failure::refused, "warranty.several", "Several items match", what,
                 "Name it by its whole serial number"};
  return std::move(named->items.front());
}

Exit run_begin(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const LocalTime now = open->clock->local_now();
  const auto item = item_meant(*open->book, **reader, options.what);
  if (!item) return program.fail(item.error(), Failure::not_found);
  if (item->starts == CoverStart::purchase)
    return program.fail(Error{Failure::refused, "cover.start", "Its cover counts from the purchase",
                              options.what, "Set cover_starts of its article first"});
  const auto day = day_of(options.on, "--on", now.date());
  if (!day) return program.fail(day.error());
  const CoverBegun begun{
      item->id.registration, item->id.line, item->starts, begun_on(*day, item->covers),
      item->owner,           options.staff, now};
  if (const auto recorded = open->book->record(begun); !recorded)
    return program.fail(recorded.error());
  return print_one(program, **reader, item->id, now.date());
}

}  // namespace

void add_warranty_register(Command& warranty, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = warranty.add_subcommand("register", "Register an item by its serial number");
  command->add_option("--article", options->article, "Its code or barcode")
      ->required()
      ->type_name("CODE");
  command->add_option("--serial", options->serial, "As on the item")->required()->type_name("S/N");
  command->add_flag("--stands-so", options->stands_so,
                    "The serial stands so on the item, though it breaks the article's serial_rule");
  command->add_option("--customer", options->customer, "Whose it is; nobody's when left out")
      ->type_name("WHO");
  command->add_option("--bought", options->bought, "Day of purchase; today when left out")
      ->type_name("DAY");
  command->add_option("--staff", options->staff, "Who registers it");
  command->footer(
      "An item that is registered already is kept as a dispute beside it, and shown as such; the "
      "first registration\nstands. Example:\n"
      "  keepsake --data DIR warranty register --article KET-17 --serial \"KK-17/0042\" "
      "--bought 2026-11-21");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run_register(program, *options); });
  });
}

void add_warranty_begin(Command& warranty, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = warranty.add_subcommand(
      "begin", "Tell when an item was delivered, installed or activated, as its article says");
  command->add_option("WHAT", options->what, "Its serial number, or what warranty show takes")
      ->required();
  command->add_option("--on", options->on, "The day; today when left out")->type_name("DAY");
  command->add_option("--staff", options->staff, "Who says so");
  command->footer(
      "Until then its cover counts from the purchase. All covers of the item begin on that day and "
      "last as long as they\nwere given for. Said again, the last word stands. Exit code 1: no "
      "such "
      "item.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run_begin(program, *options); });
  });
}

}  // namespace keepsake::cli
