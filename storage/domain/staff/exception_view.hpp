#pragma once
// An exception as lists show it, and what settles it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/staff/settlement.hpp"

namespace keepsake {

/// What it is about, as far as the records tell.
enum class ExceptionSubject { other, purchase, returned, event, customer, warranty };
std::string_view name_of(ExceptionSubject subject);

struct Settlement {
  FactId fact;  ///< ExceptionSettled
  Decision decision = Decision::noted;
  Lacking owed;
  std::string reason;
  std::string staff;  ///< empty: head office
  LocalTime at;
  bool operator==(const Settlement&) const = default;
};

struct ExceptionView {
  ExceptionName name;
  std::string store;    ///< whose managers settle it; at a till empty: its own
  std::string message;  ///< plain English; of several the first
  std::int64_t times = 1;
  LocalTime at;  ///< when the fact happened
  ExceptionSubject subject = ExceptionSubject::other;
  std::string what;             ///< the largest article of a purchase, an item, an event's word
  std::optional<Money> amount;  ///< of the receipt
  CustomerRef customer;         ///< whose it is; nobody where nobody is named
  Lacking lacking;
  CustomerRef owner;  ///< who lacked it; nobody: a gift card, or nothing was lacking
  std::optional<Settlement> settled = {};
  bool operator==(const ExceptionView&) const = default;
};

/// What can be said to it: as its kind says, and a debt only where somebody can owe it.
std::vector<Decision> decisions_for(const ExceptionView& exception);

/// Failure::refused "exception.settled", ::bad_input "exception.decision" (what can be said is in the
/// remedy).
Result<ExceptionSettled> settle(const ExceptionView& exception, Decision decision,
                                std::string_view reason, std::string_view staff, LocalTime at);

/// The one that a person means by what a list printed; its code may be left out where the fact has
/// one alone, and the store where one alone has it. Among those that are open first. Failure::not_found "exception.unknown",
/// ::bad_input "exception.which".
Result<ExceptionView> exception_named(const std::vector<ExceptionView>& open,
                                      const std::vector<ExceptionView>& settled,
                                      std::string_view typed);

}  // namespace keepsake
