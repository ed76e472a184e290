#pragma once
// What `keepsake quote` is asked, as JSON; kiosk/cli/QUOTE.md is the format on one page.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/returns.hpp"

namespace keepsake::cli {

/// A value and every mistake in what it was read from; only valid without mistakes.
template <class T>
struct ReadJson {
  T value;
  std::vector<Error> mistakes;
};

struct MemberQuestion {
  loyalty::Member member;
  std::optional<Date> as_of;  ///< the day of what was earned today; none: that of the quote
};

struct ReturnQuestion {
  loyalty::PurchaseLedger ledger;
  std::vector<loyalty::LineQuantity> before;
  std::vector<loyalty::LineQuantity> now;
};

/// `file` is the name that errors show. Unknown keys are mistakes, so that a typing error changes
/// no figure silently.
ReadJson<loyalty::Basket> read_basket(std::string_view text, const std::string& file,
                                      Currency currency);
ReadJson<MemberQuestion> read_member(std::string_view text, const std::string& file,
                                     Currency currency);
ReadJson<ReturnQuestion> read_return(std::string_view text, const std::string& file,
                                     Currency currency);

/// "2026-11-21T15:02:07+01:00", seconds optional, or "Z". Failure::bad_input "time.syntax".
Result<LocalTime> parse_local_time(std::string_view iso);

}  // namespace keepsake::cli
