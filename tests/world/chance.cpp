#include "tests/world/chance.hpp"

#include <cstdlib>
#include <cstring>
#include <sodium.h>

namespace keepsake::world {

namespace {

Chance& random_bytes_from() {
  static Chance chance(0);
  return chance;
}

const char* name() { return "keepsake-world"; }
std::uint32_t any_number() { return static_cast<std::uint32_t>(random_bytes_from().draw()); }
void fill(void* into, std::size_t size) {
  auto* at = static_cast<unsigned char*>(into);
  for (std::size_t n = 0; n < size; n += sizeof(std::uint64_t)) {
    const std::uint64_t drawn = random_bytes_from().draw();
    std::memcpy(at + n, &drawn, size - n < sizeof drawn ? size - n : sizeof drawn);
  }
}

randombytes_implementation fixed{name, any_number, nullptr, nullptr, fill, nullptr};

}  // namespace

void fix_random_bytes(std::uint64_t number) {
  if (sodium_init() < 0) std::abort();  // it draws some by itself, once
  randombytes_set_implementation(&fixed);
  random_bytes_from() = Chance(number);
}

}  // namespace keepsake::world
