#include "storage/domain/staff/team.hpp"

#include <algorithm>
#include <cstddef>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {

namespace {

constexpr std::size_t letters_most = 20;

std::string first_word(std::string_view name) {
  std::string word;
  for (const char c : name) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_lower(small) || is_digit(small))
      word += small;
    else if (c == ' ' && !word.empty())
      break;
  }
  word.resize(std::min(word.size(), letters_most));
  return word.empty() ? "staff" : word;
}

bool manages(const StaffEntry& each) { return each.member.manager && each.has_pin; }

}  // namespace

std::string new_staff_id(std::string_view latin_name, std::span<const StaffEntry> everybody) {
  const auto taken = [&](const std::string& id) {
    return std::ranges::any_of(everybody, [&](const StaffEntry& e) { return e.member.id == id; });
  };
  const std::string word = first_word(latin_name);
  std::string id = word;
  for (int n = 2; taken(id); ++n) id = word + "-" + std::to_string(n);
  return id;
}

Result<Done> expect_manager_left(std::span<const StaffEntry> everybody, std::string_view id,
                                 StaffRole role) {
  if (role == StaffRole::manager) return Done{};
  const auto remains = [&](const StaffEntry& e) { return manages(e) && e.member.id != id; };
  if (std::ranges::any_of(everybody, remains) || std::ranges::none_of(everybody, manages))
    return Done{};
  return Error{Failure::refused, "staff.last-manager", "Nobody else can sign in as a manager",
               std::string(id), "Make somebody else a manager, with a PIN, first."};
}

}  // namespace keepsake
