#pragma once

#include "storage/domain/feed.hpp"
#include "sync/central/register.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Vault;
}

namespace keepsake::sync::central {

/// For this terminal alone.
SignedFeedPage sign_page(const Vault& vault, const Terminal& terminal, const FeedPage& page);

}  // namespace keepsake::sync::central
