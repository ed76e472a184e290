#include "storage/domain/loyalty/issued_lots.hpp"

namespace keepsake {

Result<std::vector<LotPoints>> lot_points(const std::vector<loyalty::LotUse>& uses) {
  std::vector<LotPoints> lots;
  for (const loyalty::LotUse& use : uses) {
    auto id = parse_lot_id(use.lot);
    if (!id) return id.error();
    lots.push_back({*id, use.points});
  }
  return lots;
}

}  // namespace keepsake
