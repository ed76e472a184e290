// `keepsake warranty`: items under cover, looked up.
#include "kiosk/cli/warranty/warranty.hpp"

#include <array>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/audit.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/services/items.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string what;
  std::string customer;
  std::string staff = shell_user();
};

std::string_view name_of(CoverKind kind) {
  return kind == CoverKind::maker ? "maker" : "statutory";
}

std::string_view name_of(CoverState state) {
  switch (state) {
    case CoverState::not_begun:
      return "not begun";
    case CoverState::running:
      return "covered";
    case CoverState::ends_soon:
      return "ends soon";
    case CoverState::ended:
      break;
  }
  return "ended";
}

std::string words_of(const ItemEvent& event) {
  using enum ItemEvent::Kind;
  switch (event.kind) {
    case sold:
      return "sold";
    case registered:
      return "registered";
    case disputed:
      return "registered a second time";
    case returned:
      return "returned";
    case begun:
      break;
  }
  return std::string(keepsake::name_of(event.start));
}

Json to_json(const ItemCover& cover, Date today) {
  Json answer{{"by", name_of(cover.kind)},
              {"from", to_iso(cover.dates.start)},
              {"until", to_iso(cover.dates.end)},
              {"state", name_of(cover_state(cover.dates, today))},
              {"days_left", days_left(cover.dates, today)}};
  if (!cover.period.none()) answer["period"] = to_text(cover.period);
  if (!cover.usage.none()) answer["usage"] = to_text(cover.usage);
  if (!cover.covered.empty()) answer["covered"] = cover.covered;
  return answer;
}

Exit run_show(Program& program, const Options& options) {
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto named = items_named(*open->book, **reader, options.what);
  if (!named) return program.fail(named.error());
  const LocalTime now = open->clock->local_now();
  if (named->member) {
    const AuditEntry look{now, options.staff, AuditAction::searched, *named->member};
    if (const auto ok = open->book->audit(look); !ok) return program.fail(ok.error());
  }
  return print_items(program, named->items, now.date());
}

Exit run_list(Program& program, const Options& options) {
  const auto open = look_at_customer(program, options.customer, options.staff);
  if (!open) return program.fail(open.error(), Failure::not_found);
  const auto reader = open->open.book->reader();
  if (!reader) return program.fail(reader.error());
  const auto items = (*reader)->items({open->ref});
  if (!items) return program.fail(items.error());
  return print_items(program, *items, open->actor.at.date());
}

}  // namespace

Json to_json(const ItemView& item, Date today) {
  Json answer{{"fact", to_hex(item.id.registration)},
              {"article", item.article},
              {"name", item.article_name},
              {"at", to_iso(item.at)},
              {"disputed", item.disputed},
              {"unfit", item.unfit},
              {"returned", item.returned}};
  if (item.id.line >= 0) answer["line"] = item.id.line + 1;
  if (!item.maker.empty()) answer["maker"] = item.maker;
  if (!item.serial.empty()) answer["serial"] = item.serial_typed;
  if (item.purchase) answer["receipt_number"] = item.purchase->seq();
  if (!item.owner.nobody()) answer["customer"] = to_hex(item.owner);
  if (item.starts != CoverStart::purchase) {
    answer["starts_with"] = keepsake::name_of(item.starts);
    answer["begun"] = item.begun;
  }
  auto covers = Json::array();
  for (const ItemCover& each : item.covers) covers.push_back(to_json(each, today));
  answer["covers"] = std::move(covers);
  auto history = Json::array();
  for (const ItemEvent& each : item.history)
    history.push_back({{"at", to_iso(each.at)}, {"event", words_of(each)}});
  answer["history"] = std::move(history);
  return answer;
}

void describe(std::ostream& out, const ItemView& item, Date today) {
  out << item.article_name;
  if (!item.maker.empty()) out << ", " << item.maker;
  out << (item.serial.empty() ? ", by its receipt" : ", S/N " + item.serial_typed) << '\n';
  if (item.returned) out << "    returned: nothing is covered any more\n";
  if (item.unfit)
    out << "    breaks its serial_rule: a person says that it stands so on the item\n";
  if (item.disputed) out << "    registered twice: settle it under exceptions\n";
  for (const ItemCover& each : item.covers) {
    if (item.returned) break;
    const int left = days_left(each.dates, today);
    out << "    " << name_of(each.kind) << ": " << to_iso(each.dates.start) << " to "
        << to_iso(each.dates.end) << ", " << name_of(cover_state(each.dates, today));
    if (left > 0) out << ", " << left << (left == 1 ? " day left" : " days left");
    if (!each.usage.none()) out << ", or " << to_text(each.usage);
    if (!each.covered.empty()) out << ": " << each.covered;
    out << '\n';
  }
  if (!item.returned && item.starts != CoverStart::purchase && !item.begun)
    out << "    counts from the purchase until its " << keepsake::name_of(item.starts)
        << " is told (warranty begin)\n";
  for (const ItemEvent& each : item.history)
    out << "    " << to_iso(each.at.date()) << "  " << words_of(each) << '\n';
}

Exit print_items(Program& program, const std::vector<ItemView>& items, Date today) {
  if (program.json()) {
    auto list = Json::array();
    for (const ItemView& each : items) list.push_back(to_json(each, today));
    program.print({{"items", list}});
  } else {
    for (const ItemView& each : items) describe(program.out(), each, today);
    if (items.empty()) program.out() << "Nothing is under cover by that.\n";
  }
  return items.empty() ? Exit::no : Exit::ok;
}

void add_warranty(Command& app, Program& program) {
  Command* warranty = app.add_subcommand("warranty", "Items under cover");
  warranty->require_subcommand(1);
  auto options = std::make_shared<Options>();
  Command* show = warranty->add_subcommand("show", "Look an item up");
  show->add_option(
          "WHAT", options->what,
          "A serial number or its last four characters, the number or code of a receipt, a "
          "member's card or phone")
      ->required();
  show->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  show->footer(
      "Spaces, dashes and case do not count. All that match are shown: two makers may use one "
      "serial.\nThe last day is covered. Works while the kiosk is open. Exit code 1: nothing is "
      "registered by that.");
  show->callback([&program, options] {
    program.set_action([&program, options] { return run_show(program, *options); });
  });
  Command* list = warranty->add_subcommand("list", "What a customer has under cover");
  list->add_option("--customer", options->customer, "A reference, card, phone or e-mail")
      ->required()
      ->type_name("WHO");
  list->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  list->footer("By the last day, those that ended first. Exit code 1: nothing, or nobody.");
  list->callback([&program, options] {
    program.set_action([&program, options] { return run_list(program, *options); });
  });
  add_warranty_register(*warranty, program);
  add_warranty_begin(*warranty, program);
}

}  // namespace keepsake::cli
