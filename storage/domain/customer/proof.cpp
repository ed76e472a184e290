#include "storage/domain/customer/proof.hpp"

namespace keepsake {

bool permits(Proof proof, Deed deed) {
  switch (deed) {
    case Deed::points:
    case Deed::earn:
      return true;
    case Deed::see:
    case Deed::change:
    case Deed::redeem:
      return proof != Proof::number;
  }
  return false;
}

}  // namespace keepsake
