#include "storage/programme/active_programme.hpp"

#include "storage/programme/programme_file.hpp"

namespace keepsake {

Result<ActiveProgramme> in_force(const Programme& published, Currency shop, std::string store) {
  auto rules = rules_of(published);
  if (!rules) return rules.error();
  if (published.version == 0) rules->currency = shop;
  return ActiveProgramme{published, std::move(*rules), std::move(store)};
}

Result<ActiveProgrammes::Rules> ActiveProgrammes::of(const Programme& published,
                                                     const std::string& store) {
  // Versions are never reused, but a centre's first one may take the place of none.
  if (kept_ && kept_->programme == published && kept_->store == store) return kept_;
  auto fresh = in_force(published, shop_, store);
  if (!fresh) return fresh.error();
  kept_ = std::make_shared<const ActiveProgramme>(std::move(*fresh));
  return kept_;
}

}  // namespace keepsake
