#pragma once
// The programme that a book goes by.

#include "storage/book/book.hpp"
#include "storage/domain/loyalty/sale.hpp"

namespace keepsake {

/// The book's newest programme, in its shop and store. Failure as rules_of.
Result<ActiveProgramme> active_programme(const Book& book, Reader& reader);

}  // namespace keepsake
