#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {
class Clock;
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

class Publishing;

/// Deals the codes of lists out to the tills of a store, so that no two hand out the same one without a
/// line. What a till has is its own for good: nobody can know whether it has handed it out. One caller
/// at a time, the one that owns the writing connection.
class CodeDealing {
 public:
  /// A till that is offline lasts with so many; one that has less than half of its share gets more.
  static constexpr std::int64_t share_most = 200;

  CodeDealing(Database& writer, Publishing& publishing, const Clock& clock)
      : database_(writer), publishing_(publishing), clock_(clock) {}

  /// Publishes what tills of this store are to get and brings nothing into force by itself. false:
  /// nothing. Failure as the database's.
  Result<bool> deal(const std::string& store);

 private:
  /// What a store's programme hands out of lists: read once for each version.
  struct HandedOut {
    std::int32_t version = 0;
    std::vector<std::string> rewards;
  };
  const std::vector<std::string>& handed_out_in(const std::string& store);

  std::map<std::string, HandedOut> handed_out_;
  Database& database_;
  Publishing& publishing_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central
