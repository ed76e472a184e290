#include "storage/services/active_programme.hpp"

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/programme/active_programme.hpp"

namespace keepsake {

namespace {

std::string store_of(const Book& book) {
  const auto enrolment = book.enrolment();
  return enrolment ? enrolment->store : std::string();
}

}  // namespace

Result<ActiveProgramme> active_programme(const Book& book, Reader& reader) {
  const auto published = reader.programme();
  if (!published) return published.error();
  return active_programme(*published, book.settings().currency, store_of(book));
}

CurrentProgramme::CurrentProgramme(const Book& book, std::function<void(const Shared&)> changed)
    : book_(book), changed_(std::move(changed)) {}

Result<CurrentProgramme::Shared> CurrentProgramme::get(Reader& reader) {
  // Read, kept and told in one go: who read before another was published must not put the older one
  // back, nor tell of it last.
  const std::lock_guard lock(mutex_);
  const auto published = reader.programme();
  if (!published) return published.error();
  std::string store = store_of(book_);
  // Versions are never reused, but a centre's first one may take the place of none.
  if (kept_ && kept_->programme == *published && kept_->store == store) return kept_;
  auto made = active_programme(*published, book_.settings().currency, std::move(store));
  if (!made) return made.error();
  const bool first = kept_ == nullptr;
  kept_ = std::make_shared<const ActiveProgramme>(std::move(*made));
  if (!first && changed_) changed_(kept_);
  return kept_;
}

}  // namespace keepsake
