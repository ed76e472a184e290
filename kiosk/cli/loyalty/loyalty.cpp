#include "kiosk/cli/loyalty/loyalty.hpp"

#include <ostream>

#include "kiosk/cli/shop/pin_prompt.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/services/staff.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::cli {
namespace {

const char* word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::earned:
      return "earned";
    case Verdict::before:
      return "before";
    case Verdict::nothing:
      break;
  }
  return "nothing";
}

}  // namespace

Json to_json(const EarningTrigger& trigger, const Judged& judged) {
  return {{"event", loyalty::name_of(trigger.event)},
          {"customer", to_hex(trigger.customer)},
          {"verdict", word_of(judged.verdict)},
          {"points", to_decimal(judged.event ? judged.event->points_earned : Points{})}};
}

void print(std::ostream& out, const EarningTrigger& trigger, const Judged& judged) {
  out << loyalty::name_of(trigger.event) << ": ";
  if (judged.event)
    out << to_decimal(judged.event->points_earned) << " points\n";
  else if (judged.verdict == Verdict::before)
    out << "has already earned its points\n";
  else
    out << "earns nothing under the programme\n";
}

Result<Points> balance_now(Reader& reader, const OpenBook& open, const CustomerRef& customer) {
  const auto programme = active_programme(*open.book, reader);
  if (!programme) return programme.error();
  const LocalTime now = open.clock->local_now();
  const auto member = reader.member(customer, programme->rules, now);
  if (!member) return member.error();
  return loyalty::balance(programme->rules, *member, now.date());
}

Result<StaffMember> ask_manager(Program& program, const OpenBook& open, const char* only) {
  const auto pin = ask_pin(program, Asked::once);
  if (!pin) return pin.error();
  const auto reader = open.book->reader();
  if (!reader) return reader.error();
  auto member = sign_in(**reader, open.book->vault(), *pin, PinPlace::locked_till,
                        open.clock->local_now().at);
  if (!member || member->manager) return member;
  return Error{Failure::refused, "staff.manager", only, member->id, "Ask a manager"};
}

Exit answer_no(Program& program, const Error& error) {
  const bool no = error.kind == Failure::not_found || error.kind == Failure::refused;
  return program.fail(error, no ? Exit::no : Exit::bad);
}

}  // namespace keepsake::cli
