#include "storage/book/old_staff.hpp"

#include <vector>

#include "storage/book/book.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

Result<Done> take_in_old_staff(Book& book, const Clock& clock) {
  const auto staff = book.vault().seal_old_staff();
  if (!staff) return staff.error();
  if (staff->empty()) return Done{};
  std::vector<Fact> facts;
  for (const SealedStaffMember& member : *staff)
    facts.emplace_back(StaffChange{member, {}, clock.local_now()});
  if (auto recorded = book.record_all(facts); !recorded) return recorded.error();
  return book.vault().forget_old_staff();
}

}  // namespace keepsake
