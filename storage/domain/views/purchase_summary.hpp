#pragma once
// Purchases as lists show them.

#include <cstdint>
#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

struct PurchaseSummary {
  FactId id;
  LocalTime at;
  Money total;
  std::int64_t pieces = 0;
  std::string first_article;  ///< name of the largest line
  Points points_earned;
  bool operator==(const PurchaseSummary&) const = default;
};

/// A purchase or return that another system numbered.
struct ImportedDocument {
  std::string origin;
  FactId id;
  Money total;
};

}  // namespace keepsake
