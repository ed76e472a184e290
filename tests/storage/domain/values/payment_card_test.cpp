#include "storage/domain/values/payment_card.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("numbers of payment cards are told from others by range, length and check digit") {
  // The networks' own numbers for trying out.
  for (const char* card :
       {"4111111111111111", "4012888888881881", "5555555555554444", "5105105105105100",
        "2223003122003222", "378282246310005", "371449635398431", "30569309025904",
        "38520000023237", "6011111111111117", "3530111333300000", "6200000000000005",
        "2200000000000004"}) {
    CAPTURE(card);
    CHECK(is_payment_card(card));
  }
  for (const char* other : {"4111111111111112", "411111111111111", "91234417", "4006381333931",
                            "7038010000000", "1234567890123452", "", "KC4111111111111111"}) {
    CAPTURE(other);
    CHECK_FALSE(is_payment_card(other));
  }
}

TEST_CASE("a payment card is found inside a text, however its digits are grouped") {
  for (const char* text :
       {"card 4111 1111 1111 1111 exp 12/28", "4111-1111-1111-1111", "no:4111111111111111."})
    CHECK(holds_payment_card(text));
  CHECK(holds_payment_card("KC and 4111111111111111"));
  for (const char* text :
       {"phone 912 34 417, order 4111 1111", "2026-11-21 14:00 1234567", "IBAN NO93 8601 1117 947",
        "4111  1111  1111  1111x", "KC4417123456789113", "his card is KC4111111111111111"})
    CHECK_FALSE(holds_payment_card(text));
}
