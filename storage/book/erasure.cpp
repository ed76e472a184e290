#include "storage/book/erasure.hpp"

#include "storage/records/core/people.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/customers/files.hpp"
#include "storage/records/customers/obligations.hpp"

namespace keepsake {

std::optional<ErasurePlan> plan_erasure(Database& database, const CustomerRef& customer,
                                        std::string_view reason, std::string_view staff,
                                        LocalTime now, const KeepingTerms& terms) {
  const CustomerRef kept = records::canonical(database, customer);
  if (records::is_erased(database, kept)) return std::nullopt;
  const auto refs = records::references_of(database, kept);
  const Date today = now.date();
  return ErasurePlan{{refs, std::string(reason), std::string(staff), now,
                      restrictions(records::obligations_of(database, kept, today), terms, today)},
                     records::personal_values(database, refs),
                     records::files_of(database, kept)};
}

}  // namespace keepsake
