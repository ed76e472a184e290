#pragma once
// Names of terminals, facts and customers. See storage/journal/JOURNAL.md.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// 24 bits, given by the centre, never reused. From 0x800000 up: provisional, drawn at random by
/// `keepsake init` and used in ids until the terminal is enrolled.
struct TerminalNumber {
  std::uint32_t value = 0;
  static constexpr std::uint32_t provisional_from = 0x800000;
  static constexpr std::uint32_t max = 0xFFFFFF;
  bool provisional() const { return value >= provisional_from; }
  auto operator<=>(const TerminalNumber&) const = default;
};

/// 8 bits, raised at each enrolment, restore or re-image. 0 while provisional.
struct Epoch {
  std::uint8_t value = 0;
  auto operator<=>(const Epoch&) const = default;
};

/// Whom an id names as its maker.
struct TerminalIdentity {
  TerminalNumber terminal;
  Epoch epoch;
  auto operator<=>(const TerminalIdentity&) const = default;
};

/// Position in a journal, gapless from 1.
using Seq = std::uint32_t;

/// 48-bit milliseconds | 16-bit counter.
struct HybridTime {
  std::uint64_t bits = 0;
  Instant instant() const { return {static_cast<std::int64_t>(bits >> 16)}; }
  auto operator<=>(const HybridTime&) const = default;
};

/// The hybrid logical clock (Kulkarni et al. 2014): strictly increasing however the wall clock
/// jumps.
class HybridClock {
 public:
  explicit HybridClock(HybridTime last = {}) : last_(last) {}
  HybridTime tick(Instant wall);
  HybridTime last() const { return last_; }

 private:
  HybridTime last_;
};

/// 128 bits: hybrid time | terminal | epoch | seq. Sorts by time; unique by its low half.
struct FactId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  static FactId make(HybridTime time, TerminalNumber terminal, Epoch epoch, Seq seq);
  HybridTime time() const { return {high}; }
  TerminalNumber terminal() const { return {static_cast<std::uint32_t>(low >> 40)}; }
  Epoch epoch() const { return {static_cast<std::uint8_t>(low >> 32)}; }
  Seq seq() const { return static_cast<Seq>(low); }
  auto operator<=>(const FactId&) const = default;
};

using Bytes16 = std::array<std::uint8_t, 16>;
Bytes16 to_bytes(FactId id);  ///< big-endian, so that bytes sort as ids do
FactId fact_id_from(const Bytes16& bytes);
std::string to_hex(FactId id);                       ///< 32 lower-case digits
Result<FactId> parse_fact_id(std::string_view hex);  ///< Failure::bad_input "id.syntax"

/// A customer, opaquely: 16 random bytes. All zero means "nobody".
struct CustomerRef {
  Bytes16 bytes{};
  bool nobody() const { return bytes == Bytes16{}; }
  auto operator<=>(const CustomerRef&) const = default;
};
std::string to_hex(const CustomerRef& ref);
Result<CustomerRef> parse_customer_ref(std::string_view hex);
/// Of its 16 bytes; nobody where these are another number.
CustomerRef customer_ref_of(std::string_view bytes);

}  // namespace keepsake
