#pragma once
// The line to head office in words and as JSON.

#include <string_view>

#include "kiosk/cli/json.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake::cli {

std::string_view name_of(LinkState link);
/// By the shop's wall clock; null: never.
Json to_json_moment(const std::optional<Instant>& at, const Clock& clock);
/// `complete`: head office has everything.
Json to_json_state(const SyncState& state, bool complete, const Clock& clock);

}  // namespace keepsake::cli
