#include "sync/central/publish_staff.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "storage/domain/fact.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/exchange/staff_file.hpp"
#include "storage/exchange/transcode.hpp"
#include "storage/records/till/staff.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/publish_run.hpp"
#include "sync/central/publish_scope.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;
using Staff = std::vector<SealedStaffMember>;

/// The staff of one store as it is, and as people read it.
struct StoreStaff {
  std::string store;  ///< empty: head office's own list, with which a new store begins
  Staff sealed;
  std::vector<StaffMember> opened;

  /// nullptr: nobody has this id.
  const StaffMember* member(std::string_view id) const {
    const auto found = std::ranges::find(opened, id, &StaffMember::id);
    return found == opened.end() ? nullptr : &*found;
  }
};

enum class How { added, changed, removed };
struct StaffDifference {
  How how;
  std::string id, name;
  std::optional<bool> manager;  ///< where the role is another
  enum class Pin { as_it_is, fresh, none } pin = Pin::as_it_is;
};

std::string_view word_of(How how) {
  switch (how) {
    case How::added:
      return "added";
    case How::removed:
      return "removed";
    case How::changed:
      break;
  }
  return "changed";
}

std::string_view pin_word(StaffDifference::Pin pin) {
  return pin == StaffDifference::Pin::fresh ? "new" : "none yet";
}

std::string_view role_word(bool manager) { return manager ? "manager" : "cashier"; }

Result<StoreStaff> staff_of(Database& records, Vault& vault, const std::string& store) {
  StoreStaff staff{store, records::staff(records, store), {}};
  auto opened = vault.open_staff(staff.sealed);
  if (!opened) return opened.error();
  staff.opened = std::move(*opened);
  return staff;
}

/// What a row would change in one store. `everybody`: of all stores that it is for.
std::optional<StaffDifference> difference(const StoreStaff& store, const StaffRow& row,
                                          const Staff& everybody) {
  using Pin = StaffDifference::Pin;
  const StaffMember* before = store.member(row.member.id);
  if (row.role == StaffRole::none) {
    if (before == nullptr) return std::nullopt;
    return StaffDifference{How::removed, row.member.id, before->name, {}, Pin::as_it_is};
  }
  const auto known = std::ranges::find(everybody, row.member.id, &SealedStaffMember::id);
  const bool has_pin = known != everybody.end() && !known->sealed_pin.empty();
  const bool renamed = before != nullptr && before->name != row.member.name;
  const bool other_role = before == nullptr || before->manager != row.member.manager;
  if (!renamed && !other_role && !row.pin) return std::nullopt;
  StaffDifference now{before == nullptr ? How::added : How::changed,
                      row.member.id,
                      row.member.name,
                      {},
                      row.pin   ? Pin::fresh
                      : has_pin ? Pin::as_it_is
                                : Pin::none};
  if (other_role) now.manager = row.member.manager;
  return now;
}

/// Everybody of all these stores, each once: head office's own word about somebody first, and among
/// stores the first in which they have a PIN.
Staff everybody_in(const std::vector<StoreStaff>& stores) {
  Staff all;
  for (const bool with_pin : {true, false})
    for (const StoreStaff& store : stores)
      for (const SealedStaffMember& each : store.sealed)
        if (each.sealed_pin.empty() != with_pin &&
            std::ranges::find(all, each.id, &SealedStaffMember::id) == all.end())
          all.push_back(each);
  return all;
}

std::string_view without_zeros(std::string_view id) {
  id.remove_prefix(std::min(id.find_first_not_of('0'), id.size()));
  return id;
}

/// A spreadsheet makes 417 of 0417, which would be another person.
std::vector<Error> shortened_ids(const std::vector<StaffRow>& rows, const Staff& everybody) {
  std::vector<Error> mistakes;
  for (const StaffRow& row : rows) {
    const std::string& id = row.member.id;
    if (!is_all_digits(id)) continue;
    const auto same = std::ranges::find_if(everybody, [&](const SealedStaffMember& each) {
      return each.id != id && is_all_digits(each.id) && without_zeros(each.id) == without_zeros(id);
    });
    if (same != everybody.end())
      mistakes.push_back(
          {Failure::bad_input, "staff.id-zeros",
           "There is a " + same->id + " already, who differs from " + id + " in zeros alone",
           row.where, "If they are one person, format the column as text"});
  }
  return mistakes;
}

/// A PIN that somebody else has is a mistake of its line.
Result<std::vector<Error>> taken_pins(const std::vector<StaffRow>& rows, const Staff& everybody,
                                      Vault& vault) {
  std::vector<Error> mistakes;
  for (const StaffRow& row : rows) {
    if (!row.pin) continue;
    const auto owners = vault.owners_of_pin(everybody, *row.pin);
    if (!owners) return owners.error();
    if (std::ranges::any_of(*owners, [&](const auto& each) { return each != row.member.id; }))
      mistakes.push_back(
          {Failure::refused, "pin.taken", "This PIN cannot be used", row.where, "Choose another"});
  }
  return mistakes;
}

Result<std::vector<Fact>> facts_of(const std::vector<StaffRow>& rows, Staff everybody, Vault& vault,
                                   LocalTime at) {
  std::vector<Fact> facts;
  for (const StaffRow& row : rows) {
    SealedStaffMember sealed{row.member.id, StaffRole::none, {}, {}, {}};
    if (row.role != StaffRole::none) {
      auto made = vault.seal_staff(row.member, row.pin, everybody);
      if (!made) return made.error();
      sealed = std::move(*made);
      std::erase_if(everybody, [&](const auto& each) { return each.id == sealed.id; });
      everybody.push_back(sealed);
    }
    facts.emplace_back(StaffChange{std::move(sealed), {}, at});
  }
  return facts;
}

Json to_json(const std::string& store, const std::vector<StaffDifference>& differences) {
  Json changes = Json::array();
  for (const StaffDifference& each : differences) {
    Json change = {{"how", word_of(each.how)}, {"id", each.id}, {"name", each.name}};
    if (each.manager) change["role"] = role_word(*each.manager);
    if (each.pin != StaffDifference::Pin::as_it_is) change["pin"] = pin_word(each.pin);
    changes.push_back(std::move(change));
  }
  return {{"store", store}, {"changes", changes}};
}

void describe(const std::string& store, const std::vector<StaffDifference>& differences) {
  std::cout << store << ":" << (differences.empty() ? " as it is\n" : "\n");
  for (const StaffDifference& each : differences) {
    std::cout << "  " << word_of(each.how) << "  " << each.id << "  " << each.name;
    if (each.manager) std::cout << "  " << role_word(*each.manager);
    if (each.pin != StaffDifference::Pin::as_it_is) std::cout << "  PIN: " << pin_word(each.pin);
    std::cout << "\n";
  }
}

/// Of the stores that it is for; where that is every store, of head office's own list as well.
Result<std::vector<StoreStaff>> staff_before(Database& records, Vault& vault,
                                             const std::string& only) {
  auto names = stores_of(records, only);
  if (!names) return names.error();
  if (only.empty()) names->insert(names->begin(), "");
  std::vector<StoreStaff> stores;
  for (const std::string& name : *names) {
    auto staff = staff_of(records, vault, name);
    if (!staff) return staff.error();
    stores.push_back(std::move(*staff));
  }
  return stores;
}

Json shown(const std::vector<StoreStaff>& stores, const std::vector<StaffRow>& rows,
           const Staff& everybody, bool as_json) {
  Json seen = {{"stores", Json::array()}};
  for (const StoreStaff& store : stores) {
    if (store.store.empty()) continue;
    std::vector<StaffDifference> differences;
    for (const StaffRow& row : rows)
      if (auto found = difference(store, row, everybody)) differences.push_back(*std::move(found));
    if (as_json)
      seen["stores"].push_back(to_json(store.store, differences));
    else
      describe(store.store, differences);
  }
  return seen;
}

}  // namespace

int publish_staff(const CentreArguments& arguments, const PublishOptions& options,
                  const Clock& clock) {
  const auto encoding = encoding_named(options.staff_encoding);
  if (!encoding) return fail(encoding.error());
  const auto file = read_staff_file(options.staff, *encoding);
  if (!file) return fail(file.error());
  if (!file->mistakes.empty()) return fail(file->mistakes);
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto vault = Vault::open(arguments.data);
  if (!vault) return fail(vault.error());
  const auto stores = staff_before(**records, **vault, options.store);
  if (!stores) return fail(stores.error());
  const Staff everybody = everybody_in(*stores);
  if (const auto ids = shortened_ids(file->rows, everybody); !ids.empty()) return fail(ids);
  const auto taken = taken_pins(file->rows, everybody, **vault);
  if (!taken) return fail(taken.error());
  if (!taken->empty()) return fail(*taken);

  std::vector<StaffRow> lacking;
  for (const StaffRow& row : file->rows)
    if (is_for_later(options) || std::ranges::any_of(*stores, [&](const auto& each) {
          return difference(each, row, everybody).has_value();
        }))
      lacking.push_back(row);
  Json seen = shown(*stores, file->rows, everybody, arguments.json);
  std::vector<Fact> facts;
  // Sealing makes keys: for what is published alone.
  if (options.yes) {
    auto made = facts_of(lacking, everybody, **vault, {clock.now(), 0});
    if (!made) return fail(made.error());
    facts = std::move(*made);
  }
  return finish(arguments, options, "staff", std::move(seen), facts, !lacking.empty(), clock);
}

}  // namespace keepsake::sync::central
