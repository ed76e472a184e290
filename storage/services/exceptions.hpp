#pragma once
// What waits for the store's manager, and how it is settled.

#include <string_view>

#include "storage/domain/staff/settlement.hpp"

namespace keepsake {

class Book;

/// More are named by what comes after them.
inline constexpr std::size_t exceptions_listed = 500;

/// For the store; head office hears of it. `by`: an id of staff. Failure::refused
/// "exception.settled", ::not_found "exception.unknown", ::bad_input "exception.decision".
Result<FactId> settle_exception(Book& book, const ExceptionName& name, Decision decision,
                                std::string_view reason, std::string_view by, LocalTime at);

}  // namespace keepsake
