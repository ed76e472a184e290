#pragma once
// What screens and reports read: plain values that records produce and flow holds.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/fact.hpp"

namespace keepsake {

struct PurchaseSummary {
  FactId id;
  LocalTime at;
  Money total;
  std::int64_t pieces = 0;
  std::string first_article;  ///< name of the largest line
  Points points_earned;
  bool operator==(const PurchaseSummary&) const = default;
};

struct WarrantySummary {
  FactId id;  ///< the fact that registered it
  std::string article_name;
  std::string category;
  std::string serial_typed;
  Cover cover;
  bool disputed = false;  ///< another registration of the same item came first
  bool operator==(const WarrantySummary&) const = default;
};

/// One customer as the person in front of them may see it.
struct CustomerView {
  CustomerRef ref;
  Profile profile;  ///< empty fields: unknown or erased
  std::string card;
  LocalTime member_since;
  Points balance;
  Instant balance_as_of;
  std::vector<PurchaseSummary> last_purchases;  ///< newest first, at most 5
  std::vector<WarrantySummary> warranties;      ///< by end date, at most 50
  bool operator==(const CustomerView&) const = default;
};

/// A gift card as staff see it.
struct GiftCardView {
  std::string card;
  Money balance;
  std::optional<Date> sold_on;
  std::optional<Date> expires;  ///< the last day it can be spent
  GiftCardState state = GiftCardState::active;
  std::string reason;  ///< why it is blocked
  bool operator==(const GiftCardView&) const = default;
};

/// The wallet of a member as staff see it.
struct WalletView {
  CustomerRef customer;
  Money balance;
  std::optional<Date> expires;  ///< the last day it can be spent
  WalletState state = WalletState::active;
  std::string reason;  ///< why it is blocked
  bool operator==(const WalletView&) const = default;
};

struct ShiftView {
  FactId id;
  ShiftOpening opening;
  std::int64_t purchases = 0;
  Money cash_taken;
  Money cash_returned;
  Money expected;            ///< float + cash taken - cash returned - cash paid out
  Money cash_paid_out = {};  ///< for points
  bool operator==(const ShiftView&) const = default;
};

/// The figures that must be equal at both ends (kiosk/run, `report`, GET /v1/status).
struct Totals {
  std::int64_t purchases = 0;
  std::int64_t purchase_minor = 0;
  std::int64_t returns = 0;
  std::int64_t return_minor = 0;  ///< positive
  std::int64_t customers = 0;
  std::int64_t warranties = 0;
  std::int64_t articles = 0;
  Points points_outstanding;  ///< sum over customers
  std::int64_t facts = 0;
  bool operator==(const Totals&) const = default;
};

enum class LinkState { not_enrolled, never_reached, online, offline, refused };

/// What the sync screen and the pill in the header show.
struct SyncState {
  LinkState link = LinkState::not_enrolled;
  std::int64_t waiting = 0;  ///< facts not yet acknowledged
  std::int64_t acknowledged = 0;
  std::int64_t exceptions = 0;  ///< facts the centre took but a person must look at
  std::optional<Instant> last_success;
  std::optional<Instant> next_try;
  std::optional<Instant> oldest_waiting;
  std::string store;  ///< name of the store, when enrolled
  TerminalNumber terminal;
  std::optional<Error> last_error;
  bool operator==(const SyncState&) const = default;
};

}  // namespace keepsake
