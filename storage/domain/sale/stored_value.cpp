#include "storage/domain/sale/stored_value.hpp"

#include <algorithm>

#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/luhn.hpp"
#include "storage/domain/values/member_card.hpp"
#include "storage/domain/values/payment_card.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {

Result<std::string> card_name(std::string_view typed) {
  std::string name;
  bool sound = typed.size() <= limits::name_bytes;
  for (const char c : without_blanks(typed.substr(0, limits::name_bytes))) {
    if (c == '-') continue;
    if (is_letter_or_digit(c))
      name += to_upper(c);
    else
      sound = false;
  }
  if (!sound || name.size() < 6 || name.size() > 40)
    return Error{Failure::bad_input, "gift-card.syntax",
                 "Not a gift card number: it has 6 to 40 letters and digits", "",
                 "Scan or type it again"};
  return name;
}

namespace {

Error not_ours(const char* what) {
  return {Failure::bad_input, "gift-card.syntax", what, "", "Scan or type the gift card again"};
}

}  // namespace

Result<Done> expect_new_card(const std::string& name, const GiftCardForm& form) {
  if (Gtin::parse(name)) return not_ours("This is an article's barcode, not a gift card");
  if (is_payment_card(name)) return not_ours("This is a payment card, not a gift card");
  if (is_member_card(name)) return not_ours("This is a member's card, not a gift card");
  const bool length = form.length == 0 || name.size() == static_cast<std::size_t>(form.length);
  if (!name.starts_with(form.prefix) || !length)
    return not_ours("This is not a number of the shop's gift cards");
  if (form.check == GiftCardForm::Check::luhn &&
      !luhn_holds(std::string_view(name).substr(form.prefix.size())))
    return not_ours("The check digit of this gift card number is wrong");
  return Done{};
}

std::string card_end(std::string_view card) {
  if (card.size() <= 4) return std::string(card);
  return "\u00B7\u00B7" + std::string(card.substr(card.size() - 4));
}

std::optional<Date> StoredValueTerms::last_day(StoredValue kind, Date paid_in) const {
  const std::int64_t months = kind == StoredValue::wallet ? wallet_months : gift_card_months;
  if (months == 0) return std::nullopt;
  return add_months(paid_in, static_cast<int>(months));
}

Result<Done> check(const GiftCardChange& change) {
  using enum Presence;
  const auto name = card_name(change.card);
  if (!name) return name.error();
  if (*name != change.card)
    return Error{Failure::bad_input, "gift-card.form", "The gift card number is not normalised",
                 "card", "Correct the entry"};
  return check_texts({{change.staff, limits::name_bytes, optional, "staff"},
                      {change.reason, limits::text_bytes, optional, "reason"}});
}

Result<Done> check(const WalletChange& change) {
  using enum Presence;
  if (change.customer.nobody())
    return Error{Failure::bad_input, "wallet.nobody", "A wallet needs a customer", "customer",
                 "Name the customer"};
  return check_texts({{change.staff, limits::name_bytes, optional, "staff"},
                      {change.reason, limits::text_bytes, optional, "reason"}});
}

std::optional<Date> later_day(const std::optional<Date>& one, const std::optional<Date>& other) {
  return one && other ? std::optional(std::max(*one, *other)) : std::nullopt;
}

}  // namespace keepsake
