#include "storage/domain/staff/exception_view.hpp"

#include <algorithm>

namespace keepsake {

std::string_view name_of(ExceptionSubject subject) {
  switch (subject) {
    case ExceptionSubject::purchase:
      return "purchase";
    case ExceptionSubject::returned:
      return "return";
    case ExceptionSubject::event:
      return "loyalty event";
    case ExceptionSubject::customer:
      return "customer";
    case ExceptionSubject::warranty:
      return "warranty";
    case ExceptionSubject::other:
      break;
  }
  return "other";
}

std::vector<Decision> decisions_for(const ExceptionView& exception) {
  const auto all = kind_of_exception(exception.name.code).decisions;
  std::vector<Decision> fitting(all.begin(), all.end());
  const bool can_owe = !exception.owner.nobody() && is_something(exception.lacking);
  if (!can_owe) std::erase(fitting, Decision::debt);
  return fitting;
}

Result<ExceptionSettled> settle(const ExceptionView& exception, Decision decision,
                                std::string_view reason, std::string_view staff, LocalTime at) {
  if (exception.settled)
    return Error{Failure::refused, "exception.settled", "This is settled already",
                 to_text(exception.name), "Nothing to do."};
  const auto fitting = decisions_for(exception);
  if (std::ranges::find(fitting, decision) == fitting.end()) {
    std::string names;
    for (const Decision each : fitting)
      names.append(names.empty() ? "" : " or ").append(name_of(each));
    return Error{Failure::bad_input, "exception.decision", "That cannot be said to this exception",
                 std::string(name_of(decision)), "Use " + names};
  }
  ExceptionSettled settled{exception.name,      decision,           {}, {},
                           std::string(reason), std::string(staff), at};
  settled.customer = exception.owner;
  if (decision == Decision::debt) settled.owed = exception.lacking;
  return settled;
}

namespace {

/// nullptr: none. Failure::bad_input "exception.which".
Result<const ExceptionView*> find_named(const std::vector<ExceptionView>& all,
                                        std::string_view typed) {
  const ExceptionView* found = nullptr;
  for (const ExceptionView& each : all) {
    const std::string name = to_text(each.name);
    if (typed != name && typed != std::string_view(name).substr(0, name.find('/'))) continue;
    if (found != nullptr)
      return Error{Failure::bad_input, "exception.which", "Several exceptions have this name",
                   std::string(typed),
                   found->name == each.name ? "Name the store with --store"
                                            : "Add its code: " + to_text(found->name)};
    found = &each;
  }
  return found;
}

}  // namespace

Result<ExceptionView> exception_named(const std::vector<ExceptionView>& open,
                                      const std::vector<ExceptionView>& settled,
                                      std::string_view typed) {
  for (const auto* all : {&open, &settled}) {
    const auto found = find_named(*all, typed);
    if (!found) return found.error();
    if (*found != nullptr) return **found;
  }
  return Error{Failure::not_found, "exception.unknown", "There is no such exception",
               std::string(typed), "Copy its name from the list of exceptions"};
}

}  // namespace keepsake
