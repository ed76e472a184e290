#pragma once
// What the retention rules of keepsake.toml ask for. Functions throw DatabaseError.

#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Clock;
class Database;
struct Settings;

struct RetentionDue {
  std::vector<CustomerRef> customers;
  std::int64_t audit = 0;  ///< entries of the trail
};

/// The shop's rules and the clock of its days; both outlive it.
class RetentionRules {
 public:
  RetentionRules(const Settings& settings, const Clock& clock)
      : settings_(settings), clock_(clock) {}

  /// Customers without a sign of life for as long as the rules say, oldest first.
  std::vector<CustomerRef> inactive(Database& database, Instant now, std::size_t most) const;
  /// All that they ask for by now.
  RetentionDue due(Database& database, Instant now) const;
  /// Audit entries before it go; the beginning of time where they are kept for ever.
  Instant audit_before(Instant now) const;

 private:
  const Settings& settings_;
  const Clock& clock_;
};

}  // namespace keepsake
