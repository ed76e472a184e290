#include "storage/services/exceptions.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/staff/exception_view.hpp"

namespace keepsake {

namespace {

const ExceptionView* find_in(const std::vector<ExceptionView>& all, const ExceptionName& name) {
  const auto found = std::ranges::find(all, name, &ExceptionView::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Result<FactId> settle_exception(Book& book, const ExceptionName& name, Decision decision,
                                std::string_view reason, std::string_view by, LocalTime at) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  const auto open = (*reader)->open_exceptions(exceptions_listed);
  if (!open) return open.error();
  const auto* exception = find_in(*open, name);
  const auto settled = exception != nullptr
                           ? Result<std::vector<ExceptionView>>(std::vector<ExceptionView>())
                           : (*reader)->settled_exceptions(exceptions_listed);
  if (!settled) return settled.error();
  if (exception == nullptr) exception = find_in(*settled, name);
  if (exception == nullptr)
    return Error{Failure::not_found, "exception.unknown", "There is no such exception",
                 to_text(name), "Copy its name from the list of exceptions"};
  const auto fact = settle(*exception, decision, reason, by, at);
  if (!fact) return fact.error();
  return book.record(*fact);
}

}  // namespace keepsake
