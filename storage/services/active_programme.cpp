#include "storage/services/active_programme.hpp"

#include "storage/programme/active_programme.hpp"

namespace keepsake {

Result<ActiveProgramme> active_programme(const Book& book, Reader& reader) {
  const auto published = reader.programme();
  if (!published) return published.error();
  const auto enrolment = book.enrolment();
  return in_force(*published, book.settings().currency, enrolment ? enrolment->store : "");
}

}  // namespace keepsake
