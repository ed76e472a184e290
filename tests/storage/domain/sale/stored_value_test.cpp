#include "storage/domain/sale/stored_value.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("a new gift card: the shop's form, and never a number that means something else") {
  const GiftCardForm any;
  for (const char* name : {"GC000001", "GIFT0001", "123456", "50001111"}) {
    CAPTURE(name);
    CHECK(expect_new_card(name, any).ok());
  }
  // Barcodes of 8, 12, 13 and 14 digits, payment cards, a member's card.
  for (const char* name : {"40123455", "036000291452", "4006381333931", "14006381333938",
                           "4111111111111111", "378282246310005", "KC4111111111111111"}) {
    CAPTURE(name);
    const auto refused = expect_new_card(name, any);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "gift-card.syntax");
  }
  const GiftCardForm own{"GC", 13, GiftCardForm::Check::luhn};
  CHECK(expect_new_card("GC79927398713", own).ok());
  for (const char* name : {"GC79927398710", "GD79927398713", "GC7992739871", "GC7992739871A",
                           "79927398713GC", "ABC123"})
    CHECK_FALSE(expect_new_card(name, own).ok());
}
