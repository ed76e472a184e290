#pragma once
// What a published programme means for a shop, and a place to keep it: reading the text takes
// longer than using it, and a version never changes its meaning.

#include <memory>
#include <optional>

#include "storage/domain/loyalty/sale.hpp"

namespace keepsake {

/// In the shop's currency where nothing is published. `store`: by which rules tell stores apart.
/// Failure as rules_of.
Result<ActiveProgramme> in_force(const Programme& published, Currency shop, std::string store);

/// The newest version that was asked for, kept. For one thread.
class ActiveProgrammes {
 public:
  using Rules = std::shared_ptr<const ActiveProgramme>;

  explicit ActiveProgrammes(Currency shop) : shop_(shop) {}
  /// Failure as rules_of; the next question tries again.
  Result<Rules> of(const Programme& published, const std::string& store);

 private:
  Currency shop_;
  Rules kept_;
};

}  // namespace keepsake
