#pragma once
// The line to head office in words and as JSON.

#include <iosfwd>
#include <string_view>

#include "kiosk/cli/json.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake::cli {

std::string_view name_of(LinkState link);
/// By the shop's wall clock; null: never.
Json to_json_moment(const std::optional<Instant>& at, const Clock& clock);
/// Copies at other tills: {"copies": [..], "copies_of_others": [..]}.
Json to_json_mirror(const MirrorState& state, const Clock& clock);
/// The same in words; nothing where there are none.
void print_mirror(std::ostream& out, const MirrorState& state, const Clock& clock);
/// Head office has everything, and what is new there is here.
bool is_complete(const SyncState& state);
/// Why it is not, as far as that is known: what was sent first, then what comes.
const std::optional<Error>& trouble_of(const SyncState& state);
Json to_json_state(const SyncState& state, const Clock& clock);

}  // namespace keepsake::cli
