#include "storage/records/till/staff.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_member{
    "staff.put",
    "INSERT INTO staff (store, id, manager, key, sealed_name, sealed_pin)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (store, id) DO UPDATE SET"
    " manager = excluded.manager, key = excluded.key, sealed_name = excluded.sealed_name,"
    " sealed_pin = excluded.sealed_pin"};
constexpr Sql drop_member{"staff.remove", "DELETE FROM staff WHERE store = $1 AND id = $2"};
constexpr Sql key_of{"staff.key", "SELECT key FROM staff WHERE store = $1 AND id = $2"};
constexpr Sql all_members{"staff.all",
                          "SELECT id, manager, key, sealed_name, sealed_pin FROM staff"
                          " WHERE store = $1 ORDER BY id"};

/// Tills that did not know of one another gave two people one id, as their keys tell.
void note_if_two(Applying& applying, const SealedStaffMember& member) {
  const bool of_head_office = applying.header.id.terminal().value == 0;  // one person in all stores
  if (of_head_office) return;
  auto row = applying.database.query(key_of);
  row->bind_text(1, applying.header.store);
  row->bind_text(2, member.id);
  if (row->step() && customer_ref(*row, 0) != member.key)
    applying.note("staff.replaced", "Somebody else had the staff id " + member.id +
                                        "; the one who was entered last has it now");
}

}  // namespace

Result<Done> apply(Applying& applying, const StaffChange& change) {
  const SealedStaffMember& member = change.member;
  const bool leaves = member.role == StaffRole::none;
  if (!leaves) note_if_two(applying, member);
  auto row = applying.database.query(leaves ? drop_member : put_member);
  row->bind_text(1, applying.header.store);
  row->bind_text(2, member.id);
  if (!leaves) {
    row->bind(3, member.role == StaffRole::manager ? 1 : 0);
    row->bind_blob(4, view(member.key.bytes));
    row->bind_blob(5, member.sealed_name);
    row->bind_blob(6, member.sealed_pin);
  }
  row->step();
  return Done{};
}

std::vector<SealedStaffMember> staff(Database& database, std::string_view store) {
  std::vector<SealedStaffMember> found;
  const auto row = database.query(all_members);
  for (row->bind_text(1, store); row->step();)
    found.push_back({std::string(row->text(0)),
                     row->integer(1) != 0 ? StaffRole::manager : StaffRole::cashier,
                     customer_ref(*row, 2), std::string(row->blob(3)), std::string(row->blob(4))});
  return found;
}

}  // namespace keepsake::records
