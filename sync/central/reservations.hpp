#pragma once
// Sets parts of what customers have aside for terminals: holds, for what is about to be spent, and
// leases, for what is spent without a line. What is set aside is given to nobody else.

#include <optional>
#include <variant>

#include "storage/book/offline_terms.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/central/lease_kind.hpp"
#include "sync/central/reservation_log.hpp"
#include "sync/serving/refusal.hpp"
#include "sync/wire/reservations.hpp"

namespace keepsake {
class Clock;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

struct Terminal;

/// What a terminal spent of its leases may come so much later than they end; then the rest is anybody's
/// again.
inline constexpr std::chrono::hours lease_grace{24};
/// Tills of stores that had to do with the customer in this time get some.
inline constexpr std::chrono::days lease_visits{90};

/// A counted fact of this store made more or less of something: its leases are to be looked at. In the
/// transaction that counted it.
void note_moved(Database& database, LeaseKinds kinds, const Fact& fact, std::string_view store);

/// How leases are given is for the owner to say, to all stores (OfflineTerms; publish settings). One caller
/// at a time, the one that owns the writing connection.
class Reservations {
 public:
  Reservations(Database& writer, const Vault& vault, const Clock& clock,
               LeaseKinds kinds = lease_kinds())
      : database_(writer), vault_(vault), clock_(clock), kinds_(kinds) {}

  struct Answered {
    SignedReservationAnswer answer;
    Stores news;  ///< whose tills have something to give back
  };
  /// Takes back, holds, and says what changed. The same request again changes nothing. Refusals: 403
  /// and 410 as check_standing().
  std::variant<Answered, Refusal> answer(TerminalNumber number, Epoch epoch,
                                         const ReservationRequest& request);

  struct Shared {
    Stores news;        ///< whose tills have new leases, or are to give some back
    bool more = false;  ///< call again
  };
  /// Looks at the leases of some of what has moved, and once a day of what holds were of that came to
  /// nothing. Failure as the database's.
  Result<Shared> share_out(std::size_t most = 20);

 private:
  void follow_terms();
  const LeaseKind* kind_of(const Resource& resource) const;
  void give_to_lease(const KeptReservation& hold, std::int64_t quantity);
  void take_back(const Terminal& terminal, const GivenBack& back, ReservationNews& news);
  void hold(const Terminal& terminal, const WantedHold& wanted, const std::vector<LeaseUsed>& told,
            ReservationAnswer& answer, Stores& news);
  enum class Recall : unsigned char { for_hold, to_share };
  void recall(KeptReservation kept, Recall why, Stores& news);
  /// Makes the terminal's leases good for longer. false: they had ended, and are no more.
  bool prolong(const Terminal& terminal);
  void add_changes(const Terminal& terminal, std::int64_t known, ReservationAnswer& answer);
  struct Shares {
    std::int64_t total = 0;   ///< what there is
    std::int64_t taken = 0;   ///< of it, by anybody
    std::int64_t most = 0;    ///< of it, for leases
    std::int64_t leased = 0;  ///< of that, by now
    std::int64_t each = 0;    ///< of a till
    std::int64_t step = 1;
    std::int64_t free() const;  ///< for a lease that is given now; a multiple of the step
    void take(std::int64_t quantity) {
      taken += quantity;
      leased += quantity;
    }
  };
  Shares divide(const LeaseKind& kind, const Resource& resource,
                const std::vector<KeptReservation>& rows, const std::vector<Terminal>& tills) const;
  // false: nothing has changed.
  bool grant(const Terminal& till, const Resource& resource, Shares& shares);
  bool refill(KeptReservation lease, Shares& shares);
  void share_out_one(const Resource& due, Stores& news);
  std::vector<Terminal> tills_for(const LeaseKind& kind, const Resource& resource);
  std::int64_t set_aside(const KeptReservation& kept) const;

  Database& database_;
  const Vault& vault_;
  const Clock& clock_;
  const LeaseKinds kinds_;
  std::string said_;               ///< by head office to all stores, as of the transaction at hand
  OfflineTerms terms_;             ///< of that
  OfflineTerms shared_by_;         ///< when leases were last looked at: others are for all of them
  std::optional<Instant> looked_;  ///< at holds that came to nothing
};

}  // namespace keepsake::sync::central
