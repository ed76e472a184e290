// Scanned and typed codes: any bytes give a number or an error, and a number is stable.
#include <cstdint>
#include <cstdlib>

#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/warranty/warranty.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keepsake;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto gtin = Gtin::parse(text)) {
    if (gtin->digits14().size() != 14) std::abort();
    const auto again = Gtin::parse(gtin->shortest());
    if (!again || !(*again == *gtin)) std::abort();
  }
  if (const auto serial = normalise_serial(text)) {
    const auto again = normalise_serial(*serial);
    if (!again || *again != *serial) std::abort();
  }
  return 0;
}
