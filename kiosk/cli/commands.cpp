#include "kiosk/cli/commands.hpp"

namespace keepsake::cli {

void add_commands(Command& app, Program& program) {
  add_init(app, program);
  add_settings(app, program);
  add_import(app, program);
  add_programme(app, program);
  add_quote(app, program);
  add_member(app, program);
  add_gift_card(app, program);
  add_wallet(app, program);
  add_expire(app, program);
  add_staff(app, program);
  add_customer(app, program);
  add_warranty(app, program);
  add_dedupe(app, program);
  add_export(app, program);
  add_retention(app, program);
  add_clock(app, program);
  add_exceptions(app, program);
  add_report(app, program);
  add_verify(app, program);
  add_rebuild(app, program);
  add_backup(app, program);
  add_enrol(app, program);
  add_sync(app, program);
  add_carry(app, program);
  add_version(app, program);
}

}  // namespace keepsake::cli
