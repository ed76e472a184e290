// Bodies from a journal or the wire: any bytes give a fact or an error; a fact written again is the
// same fact, and its figures can be checked without overflow.
#include <cstdint>
#include <cstdlib>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/facts/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keepsake;
  if (size == 0) return 0;
  const auto type = static_cast<FactType>(data[0] % 10);
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(to_json(type, body));
  const auto fact = decode(type, body);
  if (!fact) return 0;
  const auto again = encode(*fact);
  if (!again) {
    if (again.error().kind != Failure::limit) std::abort();
    return 0;
  }
  const auto back = decode(type, *again);
  if (!back || !(*back == *fact)) std::abort();
  if (const auto* purchase = get_if<Purchase>(&*fact)) static_cast<void>(check(*purchase));
  if (const auto* returned = get_if<Return>(&*fact)) static_cast<void>(check(*returned));
  if (const auto* item = get_if<WarrantyRegistration>(&*fact)) static_cast<void>(check(*item));
  return 0;
}
