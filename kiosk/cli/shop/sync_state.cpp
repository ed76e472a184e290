#include "kiosk/cli/shop/sync_state.hpp"

#include "kiosk/cli/program.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {

std::string_view name_of(LinkState link) {
  switch (link) {
    case LinkState::not_enrolled:
      return "not enrolled";
    case LinkState::never_reached:
      return "never reached";
    case LinkState::online:
      return "online";
    case LinkState::offline:
      return "offline";
    case LinkState::refused:
      return "refused";
  }
  return "unknown";
}

Json to_json_moment(const std::optional<Instant>& at, const Clock& clock) {
  return at ? Json(to_iso(clock.local(*at))) : nullptr;
}

Json to_json_state(const SyncState& state, bool complete, const Clock& clock) {
  return {{"complete", complete},
          {"link", name_of(state.link)},
          {"store", state.store},
          {"terminal", state.terminal.value},
          {"waiting", state.waiting},
          {"acknowledged", state.acknowledged},
          {"exceptions", state.exceptions},
          {"last_success", to_json_moment(state.last_success, clock)},
          {"last_error", state.last_error ? to_json(*state.last_error) : nullptr}};
}

}  // namespace keepsake::cli
