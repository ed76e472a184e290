#include "storage/book/retention.hpp"

#include <limits>

#include "storage/book/audit.hpp"
#include "storage/book/file_store.hpp"
#include "storage/book/look_log.hpp"
#include "storage/book/settings.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/customers/files.hpp"

namespace keepsake {

/// Nothing: nobody is erased here for being idle.
std::optional<RetentionRules::Bound> RetentionRules::bound(Instant now) const {
  const auto months = static_cast<int>(settings_.retention.customers_inactive_months);
  if (months == 0 || has_centre_) return std::nullopt;
  const Date today = clock_.local(now).date();
  return Bound{Instant{std::int64_t{to_days(add_months(today, -months))} * 86'400'000}, today};
}

std::vector<CustomerRef> RetentionRules::inactive(Database& database, Instant now,
                                                  std::size_t most) const {
  const auto bound = this->bound(now);
  if (!bound) return {};
  return records::idle_customers(database, bound->before, bound->today, most);
}

Result<Done> RetentionRules::drop_old(const std::filesystem::path& folder, Database& database,
                                      Instant now, RetentionDone& done) const {
  done.files_removed = file_store::sweep(folder, [&](const CustomerRef& owner, const Hash& hash) {
    return records::has_file(database, owner, hash);
  });
  // What is old there goes with it.
  auto taken = look_log::take_in(folder, database);
  if (taken) done.audit_removed = terminal::drop_audit_before(database, audit_before(now));
  return taken;
}

bool RetentionRules::is_inactive(Database& database, const CustomerRef& kept, Instant now) const {
  const auto bound = this->bound(now);
  return bound && records::is_idle(database, kept, bound->before, bound->today);
}

RetentionDue RetentionRules::due(Database& database, Instant now) const {
  return {inactive(database, now, std::numeric_limits<std::size_t>::max()), has_centre_,
          terminal::count_audit_before(database, audit_before(now))};
}

/// Nothing is before the beginning.
Instant RetentionRules::audit_before(Instant now) const {
  const std::int64_t days = settings_.retention.audit_days;
  return days > 0 ? now - std::chrono::days(days)
                  : Instant{std::numeric_limits<std::int64_t>::min()};
}

}  // namespace keepsake
