#include "storage/domain/warranty/serial.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("serial numbers in their compared form") {
  CHECK(normalise_serial("ab-12 3.4/x").value() == "AB1234X");
  CHECK(normalise_serial("ABC").value() == "ABC");
  CHECK(normalise_serial(std::string(64, '7')).ok());
  for (const char* typed : {"", "ab", "a-b", "  - ./"})
    CHECK(normalise_serial(typed).error().code == "serial.length");
  CHECK(normalise_serial(std::string(65, '7')).error().code == "serial.length");
  for (const char* typed : {"abc!", "Å123", "a\n123", "a_1234"})
    CHECK(normalise_serial(typed).error().code == "serial.character");
}

TEST_CASE("a plate's name for its number is no part of it") {
  for (const char* typed :
       {"S/N: AB-123", "s/n:ab123", "SN: AB123", "Serial No.: AB123", "(21)AB123"})
    CHECK(normalise_serial(typed).value() == "AB123");
  CHECK(normalise_serial("SNAB123").value() == "SNAB123");  // it may be its beginning
  CHECK(normalise_serial("Modell: AB123").error().code == "serial.character");
  CHECK(normalise_serial("(99)AB123").error().code == "serial.character");
}
