#include <algorithm>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/pin_prompt.hpp"
#include "storage/book/book.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/staff_member.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/exchange/table.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::cli {
namespace {

Json to_json(const StaffMember& member) {
  return {{"id", member.id}, {"name", member.name}, {"manager", member.manager}};
}

Result<Done> check_id(std::string_view id) {
  const bool plain = !id.empty() && id.size() <= 32 && std::ranges::all_of(id, [](char c) {
    return is_lower(c) || is_digit(c) || c == '-' || c == '_';
  });
  if (plain) return Done{};
  return Error{Failure::bad_input, "staff.id", "Not a staff id", "--id",
               "Use up to 32 small letters, digits, - and _, such as marit"};
}

Exit run_add(Program& program, const StaffMember& member) {
  if (const auto ok = check_id(member.id); !ok) return program.fail(ok.error());
  if (const auto ok = check_text(member.name, limits::name_bytes, Presence::required, "--name");
      !ok) {
    return program.fail(ok.error());
  }
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto pin = ask_pin(program);
  if (!pin) return program.fail(pin.error());
  if (const auto ok = open->book->vault().put_staff(member, *pin); !ok)
    return program.fail(ok.error());
  if (program.json()) {
    program.print({{"staff", to_json(member)}});
  } else {
    program.out() << member.name
                  << (member.manager ? " is added as a manager.\n" : " is added as staff.\n");
  }
  return Exit::ok;
}

Exit run_remove(Program& program, const std::string& id) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto staff = open->book->vault().staff();
  if (std::ranges::find(staff, id, &StaffMember::id) == staff.end()) {
    return program.fail({Failure::not_found, "staff.none", "There is nobody with this id", id,
                         "`keepsake staff list` shows everybody"});
  }
  if (const auto ok = open->book->vault().remove_staff(id); !ok) return program.fail(ok.error());
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
  const auto staff = open->book->vault().staff();
  if (program.json()) {
    auto list = Json::array();
    for (const auto& member : staff) list.push_back(to_json(member));
    program.print({{"staff", list}});
    return Exit::ok;
  }
  Table table({{"id"}, {"name"}, {"role"}});
  for (const auto& member : staff)
    table.row({member.id, member.name, member.manager ? "manager" : "cashier"});
  program.out() << table.text();
  return Exit::ok;
}

void add_add(Command& staff, Program& program) {
  auto member = std::make_shared<StaffMember>();
  Command* command =
      staff.add_subcommand("add", "Add somebody, or change their name, role and PIN");
  command
      ->add_option("--id", member->id,
                   "Short and permanent, such as marit; recorded with every sale")
      ->required();
  command->add_option("--name", member->name, "Shown on screens and receipts")->required();
  command->add_flag("--manager", member->manager, "Give manager rights");
  command->footer(
      "The PIN (4 to 8 digits) is asked for, or read as one line from a pipe; it is never an "
      "argument, because other\n"
      "programs can read those. It is kept as an Argon2id hash.\n"
      "Example:\n"
      "  keepsake --data DIR staff add --id marit --name Marit --manager");
  command->callback([&program, member] {
    program.set_action([&program, member] { return run_add(program, *member); });
  });
}

}  // namespace

void add_staff(Command& app, Program& program) {
  Command* staff = app.add_subcommand("staff", "Manage staff and their PINs");
  staff->require_subcommand(1);
  staff->footer(
      "Each person has an id, a name and a PIN of their own; managers may do more at the "
      "till.\n`keepsake staff add --help` explains how the PIN is entered.");
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
