#pragma once
// What terminals may spend without a line, one kind of it: how much there is, and whose tills want
// some. A new kind is a LeaseKind, a line in lease_kinds() and nothing elsewhere. Functions run inside
// the caller's transaction and throw DatabaseError.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/sale/reservation.hpp"

namespace keepsake {
class Database;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

class LeaseKind {
 public:
  virtual ~LeaseKind() = default;
  virtual std::string_view name() const = 0;  ///< Resource::kind
  /// What of this kind a counted fact of this store may have made more or less.
  virtual std::vector<Resource> moved_by(Database& database, const Fact& fact,
                                         std::string_view store) const = 0;
  /// So much of it may be spent now; a day more or less is the tills' to judge, by their own calendar.
  virtual std::int64_t spendable(Database& database, const Resource& resource,
                                 Instant now) const = 0;
  /// Every name that it has, the present one first; as records::names_of().
  virtual std::vector<Resource> names(Database& database, const Resource& resource) const;
  /// Stores that had to do with it since then, the latest first: their tills know it.
  virtual std::vector<std::string> stores(Database& database, const Resource& resource,
                                          Instant since) const = 0;
  /// The one terminal that has it, all of it; nullopt: it is shared, as LeaseRules say.
  virtual std::optional<TerminalNumber> only_for(const Resource& resource) const;
  /// What a terminal of the store has whatever moved: looked at when its leases are made longer.
  virtual std::vector<Resource> of_terminal(Database& database, TerminalNumber terminal,
                                            std::string_view store) const;
  /// The smallest lease, of which every lease is a multiple; > 0.
  virtual std::int64_t step(const Resource& resource) const = 0;
};

using LeaseKinds = std::span<const LeaseKind* const>;
/// Points, wallets, gift cards, and the risk budget of each till.
LeaseKinds lease_kinds();

}  // namespace keepsake::sync::central
