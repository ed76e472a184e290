#pragma once
// How customers' values stand in the cells of a CSV file. CUSTOMERS.md tells it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/profile.hpp"

namespace keepsake {

/// A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage
/// return) gets an apostrophe in front; so does one that already looks defused, so that armed()
/// gives exactly what went in (OWASP, "CSV Injection").
std::string defused(std::string_view text);
std::string armed(std::string_view cell);

/// Several contacts of one kind: "+4791234417 (home) | +4792233445". | ( ) and \ of a value are
/// written with a \ before them.
std::string join_contacts(const std::vector<Contact>& contacts, ContactKind kind);
struct CellContact {
  std::string value, usage;
  bool operator==(const CellContact&) const = default;
};
/// Blanks around are dropped, and empty values.
std::vector<CellContact> split_contacts(std::string_view cell);

/// "DD.MM.YYYY" and its like: each of DD, MM and YYYY once; letters elsewhere are themselves. D and
/// M take one or two digits.
class DateFormat {
 public:
  static Result<DateFormat> parse(std::string_view pattern);  ///< "date.format"
  std::optional<Date> read(std::string_view text) const;

 private:
  explicit DateFormat(std::string pattern) : pattern_(std::move(pattern)) {}
  std::string pattern_;  // each part as one letter: D, M, Y
};

}  // namespace keepsake
