#pragma once
// What the retention rules of keepsake.toml ask for. Functions throw DatabaseError.

#include <filesystem>
#include <optional>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Clock;
class Database;
struct Settings;

struct RetentionDue {
  std::vector<CustomerRef> customers;  ///< none where head office erases them
  bool by_head_office = false;
  std::int64_t audit = 0;  ///< entries of the trail
};

struct RetentionDone {
  std::int64_t customers_erased = 0;
  std::int64_t customers_waiting = 0;  ///< more than erased_unasked were due: none was erased
  std::int64_t audit_removed = 0;
  std::int64_t files_removed = 0;  ///< that no fact names, or not any more
  bool operator==(const RetentionDone&) const = default;
};

/// The shop's rules and the clock of its days; both outlive it.
class RetentionRules {
 public:
  /// `has_centre`: head office erases idle customers, because it knows more of them than a till does.
  RetentionRules(const Settings& settings, const Clock& clock, bool has_centre)
      : settings_(settings), clock_(clock), has_centre_(has_centre) {}

  /// Customers without a sign of life for as long as the rules say, oldest first.
  std::vector<CustomerRef> inactive(Database& database, Instant now, std::size_t most) const;
  /// Whether this one is among them.
  bool is_inactive(Database& database, const CustomerRef& kept, Instant now) const;
  /// All that they ask for by now.
  RetentionDue due(Database& database, Instant now) const;
  /// What they let go of but customers: entries of the trail, and files that no fact names (any more).
  Result<Done> drop_old(const std::filesystem::path& folder, Database& database, Instant now,
                        RetentionDone& done) const;
  /// Audit entries before it go; the beginning of time where they are kept for ever.
  Instant audit_before(Instant now) const;

 private:
  struct Bound {
    Instant before;
    Date today;
  };
  std::optional<Bound> bound(Instant now) const;

  const Settings& settings_;
  const Clock& clock_;
  const bool has_centre_;
};

}  // namespace keepsake
