#include "storage/book/old_staff.hpp"

#include "storage/domain/staff/staff_change.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

Result<Done> take_in_old_staff(
    Vault& vault, LocalTime at,
    const std::function<Result<std::vector<FactId>>(std::span<const Fact>)>& record) {
  const auto staff = vault.seal_old_staff();
  if (!staff) return staff.error();
  if (staff->empty()) return Done{};
  std::vector<Fact> facts;
  for (const SealedStaffMember& member : *staff) facts.emplace_back(StaffChange{member, {}, at});
  if (auto recorded = record(facts); !recorded) return recorded.error();
  return vault.forget_old_staff();
}

}  // namespace keepsake
