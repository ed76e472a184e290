#pragma once
// What tills may spend of what the whole chain has once: a customer's points, the money in a wallet or
// on a gift card. Head office sets a part of it aside for one terminal: by a hold, asked for when a sale
// is about to spend, or by a lease, given beforehand for when there is no line.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// What is counted of somebody or something. A new kind costs a name and a room of its own at head
/// office (sync/central/lease_kind.hpp); wire and tables carry any.
struct Resource {
  std::string kind;   ///< 1..limits::code_bytes
  std::string owner;  ///< 1..limits::code_bytes; a customer's 16 bytes, a card's name
  std::string unit;   ///< "": the kind has one; else a currency
  auto operator<=>(const Resource&) const = default;
};

namespace resource {
inline constexpr std::string_view points = "points";        ///< in hundredths
inline constexpr std::string_view wallet = "wallet";        ///< in minor units
inline constexpr std::string_view gift_card = "gift-card";  ///< in minor units
/// Of a till's own: what it may let customers spend without hold or lease (the risk budget).
inline constexpr std::string_view risk = "risk";
}  // namespace resource

Resource points_of(const CustomerRef& customer);
Resource wallet_of(const CustomerRef& customer, Currency currency);
Resource card_of(std::string_view card, Currency currency);
/// `unit` as of what is spent: "" for points, else a currency.
Resource risk_of(TerminalNumber terminal, std::string_view unit);
/// Whose risk it is; nullopt: it is none.
std::optional<TerminalNumber> terminal_at_risk(const Resource& resource);
/// Whose it is; nobody: it is no customer's.
CustomerRef customer_of(const Resource& resource);

/// Random, so that a hold has its name before head office has answered.
struct ReservationId {
  Bytes16 bytes{};
  auto operator<=>(const ReservationId&) const = default;
};

enum class ReservationKind { hold = 0, lease = 1 };

/// For one terminal. What is left of it is its quantity less what facts name of it, wherever one looks.
struct Reservation {
  ReservationId id;
  ReservationKind kind = ReservationKind::lease;
  Resource resource;
  std::int64_t quantity = 0;  ///< > 0; of a lease that became a hold: >= 0
  /// Nothing is spent of it from here on. All leases of a terminal end together, a while after head
  /// office was last reached.
  Instant until;
  bool operator==(const Reservation&) const = default;
};

/// Part of a fact: so much of what it spends was set aside.
struct ReservationUse {
  ReservationId id;
  std::int64_t quantity = 0;  ///< > 0
  bool operator==(const ReservationUse&) const = default;
};
/// Each once, above zero, and no more of them than limits::reservations_per_fact. Failure::bad_input
/// "reservation.use" or ::limit.
Result<Done> check(const std::vector<ReservationUse>& uses);

/// What head office says of this terminal's reservations.
struct ReservationNews {
  /// Up to which of its changes this goes, and up to which the question knew them; none: of holds alone.
  std::optional<std::int64_t> change = {};
  std::int64_t known = 0;
  std::optional<Instant> leases_until = {};
  bool afresh = false;                  ///< whatever was known before is no more
  std::vector<Reservation> put;         ///< new, or changed
  std::vector<ReservationId> recalled;  ///< it wants them back
  std::vector<ReservationId> ended;     ///< they are no more
  bool operator==(const ReservationNews&) const = default;
};

/// What is left of one that head office wanted back is head office's again.
struct GivenBack {
  ReservationId id;
  std::int64_t used = 0;  ///< by all that this terminal ever recorded, whether it was sent or not
  bool operator==(const GivenBack&) const = default;
};

}  // namespace keepsake
