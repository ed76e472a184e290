#include "storage/services/staff.hpp"

#include <algorithm>
#include <cassert>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/pin_prompt.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

struct Adding {
  StaffMember member;
  bool keep_pin = false;
  std::string by = shell_user();
};

Json to_json(const StaffEntry& entry) {
  return {{"id", entry.member.id},
          {"name", entry.member.name},
          {"manager", entry.member.manager},
          {"has_pin", entry.has_pin}};
}

/// As it is now.
Result<StaffEntry> entry_of(const OpenBook& open, std::string_view id) {
  const auto reader = open.book->reader();
  if (!reader) return reader.error();
  const auto all = all_staff(**reader, open.book->vault());
  if (!all) return all.error();
  const auto found = std::ranges::find(*all, id, [](const auto& each) { return each.member.id; });
  assert(found != all->end());
  return *found;
}

Exit run_add(Program& program, const Adding& adding) {
  const StaffMember& member = adding.member;
  if (const auto ok = check_text(member.name, limits::name_bytes, Presence::required, "--name");
      !ok) {
    return program.fail(ok.error());
  }
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  Result<std::string> pin = std::string();
  if (!adding.keep_pin) pin = ask_pin(program);
  if (!pin) return program.fail(pin.error());
  const auto put = put_staff(*open->book, member,
                             adding.keep_pin ? std::nullopt : std::optional<std::string_view>(*pin),
                             adding.by, open->clock->local_now());
  if (!put) return program.fail(put.error());
  const auto entry = entry_of(*open, member.id);
  if (!entry) return program.fail(entry.error());
  if (program.json()) {
    program.print({{"staff", to_json(*entry)}});
    return Exit::ok;
  }
  program.out() << member.name << (member.manager ? " is a manager now" : " is a cashier now")
                << (entry->has_pin ? ".\n" : ", and cannot sign in before they have a PIN.\n");
  return Exit::ok;
}

Exit run_remove(Program& program, const std::string& id) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto gone = remove_staff(*open->book, id, shell_user(), open->clock->local_now());
  if (!gone) return program.fail(gone.error());
  if (program.json()) {
    program.print({{"removed", id}});
  } else {
    program.out() << id << " is removed; their sales stay.\n";
  }
  return Exit::ok;
}

Exit run_list(Program& program) {
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto staff = all_staff(**reader, open->book->vault());
  if (!staff) return program.fail(staff.error());
  if (program.json()) {
    auto list = Json::array();
    for (const StaffEntry& each : *staff) list.push_back(to_json(each));
    program.print({{"staff", list}});
    return Exit::ok;
  }
  Table table({{"id"}, {"name"}, {"role"}, {"PIN"}});
  for (const StaffEntry& each : *staff)
    table.row({each.member.id, each.member.name, each.member.manager ? "manager" : "cashier",
               each.has_pin ? "yes" : "none yet"});
  program.out() << table.text();
  return Exit::ok;
}

void add_add(Command& staff, Program& program) {
  auto adding = std::make_shared<Adding>();
  Command* command =
      staff.add_subcommand("add", "Add somebody, or change their name, role and PIN");
  command
      ->add_option("--id", adding->member.id,
                   "Short and permanent, such as marit; recorded with every sale")
      ->required();
  command->add_option("--name", adding->member.name, "Shown on screens and receipts")->required();
  command->add_flag("--manager", adding->member.manager, "Give manager rights");
  command->add_flag("--keep-pin", adding->keep_pin,
                    "Leave the PIN as it is; somebody new has none yet and cannot sign in");
  command->add_option("--by", adding->by, "Who does it, for the record [shell:USER]");
  command->footer(
      "The PIN (4 to 8 digits) is asked for, or read as one line from a pipe; it is never an "
      "argument, because other\n"
      "programs can read those. It is kept as an Argon2id hash.\n"
      "Example:\n"
      "  keepsake --data DIR staff add --id marit --name Marit --manager");
  command->callback([&program, adding] {
    program.set_action([&program, adding] { return run_add(program, *adding); });
  });
}

}  // namespace

void add_staff(Command& app, Program& program) {
  Command* staff = app.add_subcommand("staff", "Manage staff and their PINs");
  staff->require_subcommand(1);
  staff->footer(
      "Each person has an id, a name and a PIN of their own; managers may do more at the "
      "till.\nAll tills of the store have the same staff.\n`keepsake staff add --help` explains "
      "how the PIN is entered.");
  add_add(*staff, program);

  auto id = std::make_shared<std::string>();
  Command* remove = staff->add_subcommand("remove", "Remove a person");
  remove->add_option("id", *id, "As in `keepsake staff list`")->required()->type_name("ID");
  remove->footer("Their sales keep their name.");
  remove->callback(
      [&program, id] { program.set_action([&program, id] { return run_remove(program, *id); }); });

  Command* list = staff->add_subcommand("list", "List staff");
  list->footer("PINs are never shown; nobody can read them, not even here.");
  list->callback([&program] { program.set_action([&program] { return run_list(program); }); });
}

}  // namespace keepsake::cli
