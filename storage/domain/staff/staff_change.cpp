#include "storage/domain/staff/staff_change.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {

namespace {

constexpr std::size_t id_bytes = 32;
constexpr std::size_t sealed_max = 1024;

}  // namespace

Result<Done> check_staff_id(std::string_view id) {
  const bool plain = !id.empty() && id.size() <= id_bytes && std::ranges::all_of(id, [](char c) {
    return is_lower(c) || is_digit(c) || c == '-' || c == '_';
  });
  if (plain) return Done{};
  return Error{Failure::bad_input, "staff.id", "Not a staff id", std::string(id),
               "Use up to 32 small letters, digits, - and _, such as marit"};
}

Result<Done> check(const StaffChange& change) {
  const SealedStaffMember& member = change.member;
  // Ids from before there were rules for them are kept as they are.
  if (auto ok = check_text(member.id, limits::code_bytes, Presence::required, "member"); !ok)
    return ok;
  if (auto ok = check_text(change.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  const bool leaves = member.role == StaffRole::none;
  const bool sealed = !member.sealed_name.empty() && !member.key.nobody();
  const bool bare = member.sealed_name.empty() && member.sealed_pin.empty() && member.key.nobody();
  if (leaves ? !bare : !sealed)
    return Error{Failure::bad_input, "staff.name",
                 leaves ? "Of somebody who leaves nothing is kept" : "The name is missing",
                 "sealed_name", "Correct the entry."};
  if (member.sealed_name.size() > sealed_max || member.sealed_pin.size() > sealed_max)
    return Error{Failure::limit, "sealed.limit", "The sealed content is too long", "sealed_name",
                 "Shorten it."};
  return Done{};
}

}  // namespace keepsake
