#include "storage/programme/active_programme.hpp"

#include "storage/programme/programme_file.hpp"

namespace keepsake {

Result<ActiveProgramme> active_programme(const Programme& published, Currency shop,
                                         std::string store) {
  auto rules = rules_of(published);
  if (!rules) return rules.error();
  if (published.version == 0) rules->currency = shop;
  return ActiveProgramme{published, std::move(*rules), std::move(store)};
}

}  // namespace keepsake
