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

std::vector<IssuedLot> issued_lots(const std::vector<loyalty::NewLot>& lots) {
  std::vector<IssuedLot> issued;
  issued.reserve(lots.size());
  for (const loyalty::NewLot& lot : lots) issued.push_back({lot.points, lot.expires});
  return issued;
}

}  // namespace keepsake
