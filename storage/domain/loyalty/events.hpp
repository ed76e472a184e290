#pragma once
// What happens to points without a purchase.

#include <string>
#include <vector>

#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/reservation.hpp"

namespace keepsake {

struct LotExpiry {
  CustomerRef customer;
  LotId lot;
  Points points;  ///< > 0
  bool operator==(const LotExpiry&) const = default;
};

struct CardExpiry {
  std::string card;
  Money amount;  ///< > 0
  bool operator==(const CardExpiry&) const = default;
};

struct WalletExpiry {
  CustomerRef customer;
  Money amount;  ///< > 0
  bool operator==(const WalletExpiry&) const = default;
};

/// Why points are taken without being used.
enum class ExpiryCause : unsigned char {
  last_day,    ///< not used in time
  withdrawal,  ///< their member left, and the programme's terms take them
};

/// A run of expiry: what was past its last day on `as_of`; or what a member gave up on that day.
struct PointsExpired {
  LocalTime at;
  Date as_of{};
  Currency currency;
  std::vector<LotExpiry> lots;
  std::vector<CardExpiry> cards;
  std::vector<WalletExpiry> wallets = {};
  ExpiryCause cause = ExpiryCause::last_day;
  bool operator==(const PointsExpired&) const = default;
};
Result<Done> check(const PointsExpired& expired);
/// Of a long run, as many as the limits ask for; none where nothing expires.
std::vector<PointsExpired> in_parts(const PointsExpired& run);

/// Points earned or spent without goods: enrolment, birthday, survey; cash-out, donation, voucher.
struct LoyaltyEvent {
  LocalTime at;
  std::string staff;
  CustomerRef customer;
  Currency currency;
  std::int32_t programme_version = 0;
  std::string event;  ///< in words of the programme: "enrolled", "survey", or "" for a claim
  Points points_earned;
  LoyaltyResult loyalty;
  /// What may earn once only, such as "survey: spring"; "": as often as it is recorded. A person
  /// (`about`, else the customer, under all their references) causes the same thing once.
  std::string cause = {};
  CustomerRef about = {};            ///< whose doing it was, when not the customer's: who joined
  std::optional<FactId> shift = {};  ///< whose drawer paid out
  /// In `currency`, spent before the customer came here: it counts towards levels, as of this day,
  /// and is no sale.
  std::int64_t spend_brought_minor = 0;
  std::vector<ReservationUse> reservations = {};  ///< as a purchase's
  bool operator==(const LoyaltyEvent&) const = default;
};
Result<Done> check(const LoyaltyEvent& event);

}  // namespace keepsake
