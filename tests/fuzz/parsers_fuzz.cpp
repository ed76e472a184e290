// Everything that people type or files hold: any bytes give a value or an error, and a value
// written out reads back as itself.
#include <cstdint>
#include <cstdlib>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/email.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/text.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keepsake;
  if (size == 0) return 0;
  static constexpr const char* codes[] = {"NOK", "JPY", "KWD", "CLF"};
  const Currency currency = Currency::parse(codes[data[0] % 4]).value();
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);

  if (const auto money = parse_money(text, currency))
    require(parse_money(to_decimal(*money), currency).value() == *money);
  if (const auto quantity = parse_quantity(text))
    require(parse_quantity(to_decimal(*quantity)).value() == *quantity);
  if (const auto price = parse_unit_price(text, currency))
    require(parse_unit_price(to_decimal(*price, currency), currency).value() == *price);
  if (const auto date = parse_date(text)) require(to_iso(*date) == text);
  if (const auto id = parse_fact_id(text)) require(to_hex(*id) == text);
  if (const auto known = Currency::parse(text)) require(known->code() == text);
  if (const auto phone = normalise_phone(text, "+47", "NO"))
    require(normalise_phone(*phone, "+1", "US").value() == *phone);
  if (const auto email = normalise_email(text)) require(normalise_email(*email).value() == *email);
  if (is_utf8(text)) require(is_utf8(masked_name(text)));
  masked_phone(text);
  return 0;
}
