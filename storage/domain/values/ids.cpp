#include "storage/domain/values/ids.hpp"

#include <algorithm>

#include "storage/domain/values/hex.hpp"

namespace keepsake {
namespace {

Result<Bytes16> bytes_of(std::string_view hex) {
  const Error error{Failure::bad_input, "id.syntax", "Not an identifier", "",
                    "Write its 32 digits 0-9 and a-f"};
  Bytes16 bytes{};
  if (!read_hex(hex, bytes)) return error;
  return bytes;
}

}  // namespace

HybridTime HybridClock::tick(Instant wall) {
  constexpr std::int64_t last_ms = (std::int64_t{1} << 48) - 1;
  const auto ms = static_cast<std::uint64_t>(std::clamp<std::int64_t>(wall.ms, 0, last_ms));
  // A wall clock that stands or falls back only raises the counter; a full counter borrows a
  // millisecond from the future, so the order never breaks.
  assert(last_.bits != ~std::uint64_t{0});
  last_.bits = std::max(ms << 16, last_.bits + 1);
  return last_;
}

FactId FactId::make(HybridTime time, TerminalNumber terminal, Epoch epoch, Seq seq) {
  assert(terminal.value <= TerminalNumber::max);
  return {time.bits, std::uint64_t{terminal.value} << 40 | std::uint64_t{epoch.value} << 32 | seq};
}

Bytes16 to_bytes(FactId id) {
  Bytes16 bytes;
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(id.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(id.low >> (56 - 8 * i));
  }
  return bytes;
}

FactId fact_id_from(const Bytes16& bytes) {
  FactId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = id.high << 8 | bytes[i];
    id.low = id.low << 8 | bytes[8 + i];
  }
  return id;
}

std::string to_hex(FactId id) { return hex_of(to_bytes(id)); }

Result<FactId> parse_fact_id(std::string_view hex) {
  auto bytes = bytes_of(hex);
  if (!bytes) return bytes.error();
  return fact_id_from(*bytes);
}

std::string to_hex(const CustomerRef& ref) { return hex_of(ref.bytes); }

Result<CustomerRef> parse_customer_ref(std::string_view hex) {
  auto bytes = bytes_of(hex);
  if (!bytes) return bytes.error();
  return CustomerRef{*bytes};
}

CustomerRef customer_ref_of(std::string_view bytes) {
  CustomerRef ref;
  if (bytes.size() == ref.bytes.size()) std::ranges::copy(bytes, ref.bytes.begin());
  return ref;
}

}  // namespace keepsake
