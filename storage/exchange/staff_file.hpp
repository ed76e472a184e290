#pragma once
// A file of staff: CSV with commas, semicolons or tabs. The first line names the columns, in any order
// and in capitals or not:
//
//   id     short and permanent, such as marit; recorded with every sale
//   name   shown on screens and receipts
//   role   cashier, manager, or none: does not work here any more; empty: cashier
//   pin    4 to 8 digits; empty, or without the column: the PIN stays as it is
//
// Other columns are passed over. The file holds PINs in clear: it is destroyed once it is published.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

struct StaffRow {
  StaffMember member;
  StaffRole role = StaffRole::cashier;
  std::optional<std::string> pin;
  std::string where;  ///< FILE:LINE
};

struct StaffFile {
  std::vector<StaffRow> rows;   ///< in the order of the file, each id once
  std::vector<Error> mistakes;  ///< each with its line and column
};

/// `encoding`: as encoding_named() gives it. Failure as open_bytes() and CsvReader::next(); ::bad_input "staff.columns", "staff.none"; ::limit
/// "staff.limit" beyond limits::staff.
Result<StaffFile> read_staff_file(const std::string& file, const std::string& encoding);

}  // namespace keepsake
