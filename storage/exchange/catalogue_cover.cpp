#include "storage/exchange/catalogue_cover.hpp"

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

Error in_column(Error error, const char* column) {
  error.where = column;
  return error;
}

Error no_months() {
  return {Failure::bad_input, "cover.months", "Not a number of months", "cover_months",
          "Write a whole number such as 24"};
}

Result<Period> period_of(const CoverCells& cells) {
  Period months;
  if (!cells.cover_months.empty()) {
    if (!is_all_digits(cells.cover_months)) return no_months();
    const auto read = parse_period(cells.cover_months);
    if (!read) return in_column(read.error(), "cover_months");
    months = *read;
  }
  if (cells.cover.empty()) return months;
  const auto period = parse_period(cells.cover);
  if (!period) return in_column(period.error(), "cover");
  if (!cells.cover_months.empty() && *period != months)
    return Error{Failure::bad_input, "cover.twice", "cover and cover_months say two things",
                 "cover", "Leave cover_months out"};
  return period;
}

/// A rule says that there are serial numbers.
Result<bool> serialised(const std::string& cell, const CoverTerms& terms) {
  if (cell.empty()) return terms_of(terms.period).serialised || !terms.serials.none();
  if (cell == "yes" || cell == "no") return cell == "yes";
  return Error{Failure::bad_input, "cover.serialised", "Neither yes nor no", "serialised",
               "Write yes where each piece has a serial number, else no"};
}

}  // namespace

Result<CoverTerms> cover_terms(const CoverCells& cells) {
  const auto period = period_of(cells);
  if (!period) return period.error();
  CoverTerms terms;
  terms.period = *period;
  terms.covered = cells.covered;
  if (!cells.cover_usage.empty()) {
    const auto usage = parse_usage(cells.cover_usage);
    if (!usage) return in_column(usage.error(), "cover_usage");
    terms.usage = *usage;
  }
  if (!cells.cover_starts.empty()) {
    const auto starts = cover_start_named(cells.cover_starts);
    if (!starts)
      return Error{Failure::bad_input, "cover.start", "A cover begins with no such day",
                   "cover_starts", "Write purchase, delivery, installation or activation"};
    terms.starts = *starts;
  }
  const auto rule = parse_serial_rule(cells.serial_rule);
  if (!rule) return in_column(rule.error(), "serial_rule");
  terms.serials = *rule;
  const auto numbered = serialised(cells.serialised, terms);
  if (!numbered) return numbered.error();
  terms.serialised = *numbered;
  if (auto ok = check(terms); !ok) return ok.error();
  return terms;
}

}  // namespace keepsake
