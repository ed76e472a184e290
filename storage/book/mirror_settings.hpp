#pragma once

#include <optional>

#include "storage/domain/values/address.hpp"

namespace keepsake {

/// Copies of what head office has not acknowledged, at other tills of the store (sync/mirror).
struct MirrorSettings {
  std::optional<Address> listen;  ///< where others may leave theirs; nothing: nowhere
  bool send = true;               ///< own ones to those that listen
  bool operator==(const MirrorSettings&) const = default;
};

}  // namespace keepsake
