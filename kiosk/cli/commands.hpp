#pragma once
// Every command of `keepsake`, each in the file of its name.

#include "kiosk/cli/program.hpp"

namespace keepsake::cli {

/// All of them, in the order of `keepsake --help`.
void add_commands(Command& app, Program& program);

void add_init(Command& app, Program& program);
/// import_catalogue.cpp and import_online_retail.cpp.
void add_import(Command& app, Program& program);
void add_import_catalogue(Command& import, Program& program);
void add_import_online_retail(Command& import, Program& program);
void add_programme(Command& app, Program& program);
void add_programme_codes(Command& programme, Program& program);
void add_expire(Command& app, Program& program);
void add_gift_card(Command& app, Program& program);
void add_gift_card_sale(Command& cards, Program& program);
void add_wallet(Command& app, Program& program);
void add_member(Command& app, Program& program);
void add_member_event(Command& member, Program& program);
void add_member_adjust(Command& member, Program& program);
void add_member_level(Command& member, Program& program);
void add_member_pin(Command& member, Program& program);
void add_member_claim(Command& member, Program& program);
void add_quote(Command& app, Program& program);
void add_staff(Command& app, Program& program);
void add_verify(Command& app, Program& program);
void add_rebuild(Command& app, Program& program);
void add_settings(Command& app, Program& program);
void add_report(Command& app, Program& program);
void add_backup(Command& app, Program& program);
void add_sync(Command& app, Program& program);
void add_carry(Command& app, Program& program);
void add_enrol(Command& app, Program& program);
void add_customer(Command& app, Program& program);
void add_retention(Command& app, Program& program);
void add_clock(Command& app, Program& program);
void add_exceptions(Command& app, Program& program);
void add_warranty(Command& app, Program& program);
void add_dedupe(Command& app, Program& program);
void add_export(Command& app, Program& program);  ///< export_customers.cpp
void add_import_customers(Command& import, Program& program);
void add_version(Command& app, Program& program);

}  // namespace keepsake::cli
