#include "storage/services/staff.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

Result<std::vector<SealedStaffMember>> everybody_of(const Book& book) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  return (*reader)->staff();
}

}  // namespace

Result<std::vector<StaffEntry>> all_staff(Reader& reader, Vault& vault) {
  const auto sealed = reader.staff();
  if (!sealed) return sealed.error();
  auto opened = vault.open_staff(*sealed);
  if (!opened) return opened.error();
  std::vector<StaffEntry> all;
  for (std::size_t i = 0; i < sealed->size(); ++i)
    all.push_back({std::move((*opened)[i]), !(*sealed)[i].sealed_pin.empty()});
  return all;
}

Result<StaffRole> role_of(Reader& reader, std::string_view id) {
  const auto staff = reader.staff();
  if (!staff) return staff.error();
  const auto found = std::ranges::find(*staff, id, &SealedStaffMember::id);
  return found == staff->end() ? StaffRole::none : found->role;
}

Result<StaffMember> sign_in(Reader& reader, Vault& vault, std::string_view pin, PinPlace place,
                            Instant now) {
  const auto staff = reader.staff();
  if (!staff) return staff.error();
  return vault.check_pin(*staff, pin, place, now);
}

Result<FactId> put_staff(Book& book, const StaffMember& member, std::optional<std::string_view> pin,
                         std::string_view by, LocalTime at) {
  const auto everybody = everybody_of(book);
  if (!everybody) return everybody.error();
  // Ids of long ago may be other than is asked of new ones.
  if (std::ranges::find(*everybody, member.id, &SealedStaffMember::id) == everybody->end())
    if (auto ok = check_staff_id(member.id); !ok) return ok.error();
  auto sealed = book.vault().seal_staff(member, pin, *everybody);
  if (!sealed) return sealed.error();
  return book.record(StaffChange{std::move(*sealed), std::string(by), at});
}

Result<FactId> remove_staff(Book& book, std::string_view id, std::string_view by, LocalTime at) {
  const auto everybody = everybody_of(book);
  if (!everybody) return everybody.error();
  if (std::ranges::find(*everybody, id, &SealedStaffMember::id) == everybody->end())
    return Error{Failure::not_found, "staff.none", "There is nobody with this id", std::string(id),
                 "`keepsake staff list` shows everybody"};
  return book.record(
      StaffChange{{std::string(id), StaffRole::none, {}, {}, {}}, std::string(by), at});
}

}  // namespace keepsake
