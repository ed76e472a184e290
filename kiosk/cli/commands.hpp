#pragma once
// Every command of `keepsake`, each in the file of its name.

#include "kiosk/cli/program.hpp"

namespace keepsake::cli {

/// All of them, in the order of `keepsake --help`.
void add_commands(CLI::App& app, Program& program);

void add_init(CLI::App& app, Program& program);
/// In import_catalogue.cpp and import_online_retail.cpp.
void add_import(CLI::App& app, Program& program);
void add_import_catalogue(CLI::App& import, Program& program);
void add_import_online_retail(CLI::App& import, Program& program);
void add_programme(CLI::App& app, Program& program);
void add_expire(CLI::App& app, Program& program);
void add_gift_card(CLI::App& app, Program& program);
void add_gift_card_sale(CLI::App& cards, Program& program);
void add_wallet(CLI::App& app, Program& program);
void add_member(CLI::App& app, Program& program);
void add_member_event(CLI::App& member, Program& program);
void add_member_claim(CLI::App& member, Program& program);
void add_quote(CLI::App& app, Program& program);
void add_staff(CLI::App& app, Program& program);
void add_verify(CLI::App& app, Program& program);
void add_rebuild(CLI::App& app, Program& program);
void add_report(CLI::App& app, Program& program);
void add_backup(CLI::App& app, Program& program);
void add_sync(CLI::App& app, Program& program);
void add_enrol(CLI::App& app, Program& program);
void add_customer(CLI::App& app, Program& program);
void add_retention(CLI::App& app, Program& program);  ///< customer_changes.cpp
void add_dedupe(CLI::App& app, Program& program);
void add_export(CLI::App& app, Program& program);  ///< export_customers.cpp
void add_import_customers(CLI::App& import, Program& program);
void add_version(CLI::App& app, Program& program);

}  // namespace keepsake::cli
