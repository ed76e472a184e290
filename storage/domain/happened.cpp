#include "storage/domain/happened.hpp"

#include "storage/domain/every_fact.hpp"

namespace keepsake {

std::optional<Instant> happened(const Fact& fact) {
  return visit(
      [](const auto& noun) -> std::optional<Instant> {
        if constexpr (requires { LocalTime(noun.at); })
          return noun.at.at;
        else
          return std::nullopt;
      },
      fact);
}

bool is_sale_of_the_moment(const Fact& fact) {
  const auto* purchase = get_if<Purchase>(&fact);
  const auto* returned = get_if<Return>(&fact);
  return (purchase != nullptr && purchase->origin.empty()) ||
         (returned != nullptr && returned->origin.empty());
}

}  // namespace keepsake
