#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/domain/warranty/cover.hpp"

namespace keepsake {

/// The item a line started cover for.
struct LineWarranty {
  std::string serial;  ///< normalised; empty: the item has none and is known by its receipt line
  std::string serial_typed;
  std::string maker;
  Covers covers;
  bool unfit =
      false;  ///< it breaks its article's SerialRule; a manager saw that it stands so on the item
  bool operator==(const LineWarranty&) const = default;
};

/// Failure::bad_input as normalise_serial() and check(Covers), "serial.form", Failure::limit.
Result<Done> check(const LineWarranty& warranty);

/// Warranty registered: one individual item under cover.
struct WarrantyRegistration {
  std::string article;  ///< Article::code
  std::string article_name;
  std::string maker;
  std::string serial;        ///< normalised
  std::string serial_typed;  ///< as on the item, for certificates
  Covers covers;
  CustomerRef customer;            ///< may be nobody
  std::optional<FactId> purchase;  ///< when it was not part of that purchase's own fact
  std::string staff;               ///< empty: registered by the customer
  LocalTime at;
  bool unfit = false;  ///< as LineWarranty::unfit
  bool operator==(const WarrantyRegistration&) const = default;
};
Result<Done> check(const WarrantyRegistration& registration);

/// Cover begun: an item's cover counts from another day than that of the purchase, by its article's
/// rule. The last word about an item stands.
struct CoverBegun {
  FactId registration;     ///< the purchase, or the registration by itself
  std::int32_t line = -1;  ///< of the purchase; -1: it registered by itself
  CoverStart event = CoverStart::delivery;
  Covers covers;         ///< all of them, as they are from now on
  CustomerRef customer;  ///< whose it is; may be nobody
  std::string staff;
  LocalTime at;
  bool operator==(const CoverBegun&) const = default;
};
/// Failure::bad_input "cover.start", or as check(Covers).
Result<Done> check(const CoverBegun& begun);

struct WarrantySummary {
  FactId id;  ///< the fact that registered it
  std::string article_name;
  std::string category;
  std::string serial_typed;
  Cover cover;             ///< the span of all
  bool disputed = false;   ///< another registration of the same item came first
  std::int32_t line = -1;  ///< of the fact; -1: it registered by itself
  bool operator==(const WarrantySummary&) const = default;
};

}  // namespace keepsake
