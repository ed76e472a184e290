#pragma once
// What the cells of a catalogue say of an article's cover. CATALOGUE.md tells it.

#include <string>
#include <string_view>

#include "storage/domain/warranty/cover.hpp"

namespace keepsake {

/// As written; empty: nothing is said.
struct CoverCells {
  std::string cover_months;
  std::string cover;
  std::string cover_usage;
  std::string covered;
  std::string cover_starts;
  std::string serialised;
  std::string serial_rule;
};

/// Failure::bad_input "cover.months", "cover.period", "cover.twice" (two columns say two things),
/// "cover.usage", "cover.start", "cover.serialised" or "serial.rule", Failure::limit "cover.limit" or "text.length";
/// `where` is the column.
Result<CoverTerms> cover_terms(const CoverCells& cells);

}  // namespace keepsake
