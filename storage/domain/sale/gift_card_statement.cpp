#include "storage/domain/sale/gift_card_statement.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {

Result<Done> check(const GiftCardStatement& statement) {
  if (const auto name = card_name(statement.card); !name) return name.error();
  for (const StatedMoney& each : statement.money)
    if (each.amount.minor <= 0 || each.amount.currency != statement.currency)
      return Error{Failure::bad_input, "gift-card.statement",
                   "A sum on a gift card must be positive", "money", "Report it as a defect"};
  return check_texts({{statement.reason, limits::text_bytes, Presence::optional, "reason"}});
}

}  // namespace keepsake
