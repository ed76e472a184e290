#include "storage/domain/feed_base.hpp"

#include "storage/domain/values/hex.hpp"

namespace keepsake {

std::string to_hex(const SnapshotId& id) { return hex_of(id.bytes); }

}  // namespace keepsake
