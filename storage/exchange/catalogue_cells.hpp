#pragma once
// How articles' values stand in the cells of files, ours and other systems'. CATALOGUE.md tells it.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/sale/gtin.hpp"

namespace keepsake {

/// Several codes in one cell, with a blank, comma, semicolon or bar between; hyphens in a code do
/// not count. One code that is printed in groups ("7 038010 000010") is one.
std::vector<std::string> codes_in(std::string_view cell);

/// What one cell of another system says of labels.
struct LabelCodes {
  std::vector<std::string> numbers;  ///< as codes_in(); for gtin_of() to judge
  std::vector<std::string> worded;   ///< with letters and digits, as written: "ABC-1234", "AB 12"
};
/// A blank parts codes where a GTIN stands at one side of it; else it belongs to the code.
LabelCodes label_codes_in(std::string_view cell);

/// What a label has printed, and what spreadsheets make of it: ".0" behind, zeros in front lost (the
/// check digit tells), an apostrophe. Failure::bad_input "gtin.rounded" for 7.03801E+12, which
/// nobody can undo, and as Gtin::from_label().
Result<Gtin> gtin_of(std::string_view code);

/// "$1,240.50", "kr 49,90" with `decimal` ',' and "49.90 NOK" as parse_unit_price() takes it.
/// Failure::bad_input "price.decimal" where the other sign cannot part thousands: "49,90" with '.'.
Result<std::string> price_text(std::string_view cell, char decimal);

/// "25%", "VAT 12,5 %" and "25": the one percentage in it. Empty: there is none, or more.
std::string percent_text(std::string_view cell);

}  // namespace keepsake
