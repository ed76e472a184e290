#include "storage/book/retention.hpp"

#include <limits>

#include "storage/book/audit.hpp"
#include "storage/book/settings.hpp"
#include "storage/records/customers/erasures.hpp"

namespace keepsake {

std::vector<CustomerRef> RetentionRules::inactive(Database& database, Instant now,
                                                  std::size_t most) const {
  const auto months = static_cast<int>(settings_.retention.customers_inactive_months);
  if (months == 0) return {};
  const Date today = clock_.local(now).date();
  const Instant before{std::int64_t{to_days(add_months(today, -months))} * 86'400'000};
  return records::inactive_since(database, before, today, most);
}

RetentionDue RetentionRules::due(Database& database, Instant now) const {
  return {inactive(database, now, std::numeric_limits<std::size_t>::max()),
          terminal::count_audit_before(database, audit_before(now))};
}

/// Nothing is before the beginning.
Instant RetentionRules::audit_before(Instant now) const {
  const std::int64_t days = settings_.retention.audit_days;
  return days > 0 ? now - std::chrono::days(days)
                  : Instant{std::numeric_limits<std::int64_t>::min()};
}

}  // namespace keepsake
