#include "storage/domain/values/member_card.hpp"

#include "storage/domain/values/ascii.hpp"

namespace keepsake {

bool is_member_card(std::string_view text) {
  if (!text.starts_with(member_card_prefix)) return false;
  text.remove_prefix(member_card_prefix.size());
  return text.size() == 16 && is_all_digits(text);
}

}  // namespace keepsake
