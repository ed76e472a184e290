#include "kiosk/app/staff_jobs.hpp"

#include <algorithm>
#include <optional>

#include "storage/domain/staff/team.hpp"
#include "storage/locale/letters.hpp"
#include "storage/services/staff.hpp"

namespace keepsake::app {
namespace {

Result<std::vector<StaffEntry>> everybody(Work& work) {
  return all_staff(work.reader, work.book.vault());
}

/// The screen's list may be older than another till's word: whoever left there is not taken on again
/// by a change, and the last manager stays.
Result<Done> may_become(const std::vector<StaffEntry>& staff, std::string_view id, StaffRole role) {
  if (std::ranges::none_of(staff, [&](const StaffEntry& e) { return e.member.id == id; }))
    return Error{Failure::not_found, "staff.none", "There is nobody with this id", std::string(id),
                 "Look at the list again."};
  return expect_manager_left(staff, id, role);
}

flow::StaffChanged changed(Work& work, flow::Ticket ticket, const Result<FactId>& fact) {
  if (!fact.ok()) return {ticket, fact.error()};
  flow::StaffChanged answer{ticket, Done{}};
  // It is saved, whatever comes of the look after it.
  if (auto staff = everybody(work); staff.ok()) answer.staff = *std::move(staff);
  return answer;
}

}  // namespace

flow::StaffLoaded on(Work& work, const flow::LoadStaff& job) {
  return {job.ticket, everybody(work)};
}

flow::StaffChanged on(Work& work, const flow::ChangeStaff& job) {
  const auto staff = everybody(work);
  if (!staff.ok()) return flow::answer(job, staff.error());
  StaffMember member = job.member;
  if (member.id.empty()) {
    member.id = new_staff_id(in_ascii(member.name), *staff);
  } else {
    const auto role = member.manager ? StaffRole::manager : StaffRole::cashier;
    if (const auto ok = may_become(*staff, member.id, role); !ok.ok())
      return flow::answer(job, ok.error());
  }
  std::optional<std::string_view> pin;
  if (!job.pin.empty()) pin = job.pin;
  return changed(work, job.ticket,
                 put_staff(work.book, member, pin, job.requester.staff, job.requester.at));
}

flow::StaffChanged on(Work& work, const flow::RemoveStaff& job) {
  const auto staff = everybody(work);
  if (!staff.ok()) return flow::answer(job, staff.error());
  if (const auto ok = may_become(*staff, job.id, StaffRole::none); !ok.ok())
    return flow::answer(job, ok.error());
  return changed(work, job.ticket,
                 remove_staff(work.book, job.id, job.requester.staff, job.requester.at));
}

}  // namespace keepsake::app
