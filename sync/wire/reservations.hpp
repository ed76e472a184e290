#pragma once
// What a terminal and the centre say about what is set aside for the terminal. As messages.hpp.

#include <chrono>
#include <string>
#include <vector>

#include "storage/domain/sale/reservation.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync {

inline constexpr std::size_t reservations_per_answer = 500;  ///< of each list, either way
inline constexpr std::size_t reservation_bytes = 64 * 1024;  ///< body of the request

/// A sale is paid in this time, or is rung up again. Either end counts it by its own clock.
inline constexpr std::chrono::minutes hold_life{15};

struct WantedHold {
  ReservationId id;  ///< drawn by the terminal: the same again gets the same answer
  Resource resource;
  std::int64_t quantity = 0;  ///< > 0
  bool operator==(const WantedHold&) const = default;
};

/// So much of a lease is spent, by facts that have come and others that will.
struct LeaseUsed {
  ReservationId id;
  std::int64_t used = 0;
  bool operator==(const LeaseUsed&) const = default;
};

struct ReservationRequest {
  std::int64_t known = 0;             ///< changes up to here are known
  std::vector<GivenBack> given_back;  ///< at once the centre's again
  std::vector<WantedHold> wanted;
  std::vector<LeaseUsed> leases = {};  ///< of what is wanted: the rest of them may become the hold
  bool operator==(const ReservationRequest&) const = default;
};

struct HoldRefused {
  ReservationId id;
  std::int64_t available = 0;  ///< of what was wanted
  std::int64_t reserved = 0;   ///< for other terminals
  bool operator==(const HoldRefused&) const = default;
};

struct ReservationAnswer {
  ReservationNews news;  ///< `change` is always set; holds that were granted are among `put`
  bool complete = true;  ///< else there is more after `change`
  std::vector<HoldRefused> refused;
  bool operator==(const ReservationAnswer&) const = default;
};

/// As SignedFeedPage.
struct SignedReservationAnswer {
  std::string answer;   ///< encode(ReservationAnswer, Format::binary)
  Bytes64 signature{};  ///< Ed25519 over reservation_signing_bytes (signing.hpp)
  bool operator==(const SignedReservationAnswer&) const = default;
};

std::string encode(const ReservationRequest& request, Format format = Format::binary);
std::string encode(const ReservationAnswer& answer, Format format = Format::binary);
std::string encode(const SignedReservationAnswer& answer, Format format = Format::binary);
Result<ReservationRequest> decode_reservation_request(std::string_view bytes,
                                                      Format format = Format::binary);
Result<ReservationAnswer> decode_reservation_answer(std::string_view bytes,
                                                    Format format = Format::binary);
Result<SignedReservationAnswer> decode_signed_reservation_answer(std::string_view bytes,
                                                                 Format format = Format::binary);

}  // namespace keepsake::sync
