#include "storage/domain/customer/dormancy.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"

namespace keepsake {

namespace {

Error wrong(std::string what) {
  return {Failure::bad_input, "dormancy.customers", std::move(what), {}, {}};
}

}  // namespace

Result<Done> check(const DormancyChange& change) {
  if (change.customers.empty()) return wrong("Nobody is named");
  if (change.customers.size() > limits::dormant_customers)
    return wrong("Too many are named at once");
  auto customers = change.customers;
  std::ranges::sort(customers);
  if (customers.front().nobody()) return wrong("Somebody is named who is nobody");
  if (std::ranges::adjacent_find(customers) != customers.end())
    return wrong("Somebody is named twice");
  return Done{};
}

bool is_idle_at_store(const SeenAtStore& seen, const DormancyTerms& terms, Instant now) {
  if (terms.idle_days == 0) return false;
  std::int64_t days = terms.idle_days;
  if (seen.only_looked_up && terms.looked_up_days > 0) days = std::min(days, terms.looked_up_days);
  return now - seen.last >= std::chrono::days(days);
}

bool may_give_way(const SeenAtStore& seen, Instant now) {
  return now - seen.last >= gives_way_after;
}

}  // namespace keepsake
