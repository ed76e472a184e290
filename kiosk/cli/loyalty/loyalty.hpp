#pragma once
// What the commands about loyalty share.

#include "kiosk/cli/program.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/services/loyalty_events.hpp"

namespace keepsake {
struct StaffMember;
}

namespace keepsake::cli {

/// A trigger and what came of it: {"event", "earned", "points"} or why nothing was earned.
Json to_json(const EarningTrigger& trigger, const Judged& judged);
void print(std::ostream& out, const EarningTrigger& trigger, const Judged& judged);

/// The customer's points after what was recorded just now.
Result<Points> balance_now(Reader& reader, const OpenBook& open, const CustomerRef& customer);

/// Whose PIN is typed; who is no manager is refused with `only` ("staff.manager").
Result<StaffMember> ask_manager(Program& program, const OpenBook& open, const char* only);

/// The exit code of a question answered no: an unknown customer or reward, or one that is refused.
Exit answer_no(Program& program, const Error& error);

}  // namespace keepsake::cli
