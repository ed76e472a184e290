#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// A serial number as it is compared: letters A-Z and digits, upper case, without spaces, dashes,
/// dots or slashes. Failure::bad_input "serial.length" (3..limits::code_bytes after that) or
/// "serial.character".
Result<std::string> normalise_serial(std::string_view typed);

/// A period in which an item is warranted. `end` is the last covered day.
struct Cover {
  Date start;
  Date end;
  bool operator==(const Cover&) const = default;
};

/// The maker's cover: `months` by calendar from the day of purchase (period.hpp): bought 2025-01-14
/// with 24 months is covered to the end of 2027-01-14. months > 0.
Cover makers_cover(Date bought, int months);

/// ends_soon: at most 30 days left.
enum class CoverState { not_begun, running, ends_soon, ended };
CoverState cover_state(const Cover& cover, Date today);
/// Today counts: 1 on the last day; 0 when it has ended.
int days_left(const Cover& cover, Date today);

/// The item a line started cover for.
struct LineWarranty {
  std::string serial;  ///< normalised
  std::string serial_typed;
  std::string maker;
  Cover cover;
  bool operator==(const LineWarranty&) const = default;
};

/// Warranty registered: one individual item under the maker's cover.
struct WarrantyRegistration {
  std::string article;  ///< Article::code
  std::string article_name;
  std::string maker;
  std::string serial;        ///< normalised
  std::string serial_typed;  ///< as on the item, for certificates
  Cover cover;
  CustomerRef customer;            ///< may be nobody
  std::optional<FactId> purchase;  ///< when it was not part of that purchase's own fact
  std::string staff;               ///< empty: registered by the customer
  LocalTime at;
  bool operator==(const WarrantyRegistration&) const = default;
};
Result<Done> check(const WarrantyRegistration& registration);

struct WarrantySummary {
  FactId id;  ///< the fact that registered it
  std::string article_name;
  std::string category;
  std::string serial_typed;
  Cover cover;
  bool disputed = false;  ///< another registration of the same item came first
  bool operator==(const WarrantySummary&) const = default;
};

}  // namespace keepsake
