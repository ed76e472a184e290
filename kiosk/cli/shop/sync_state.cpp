#include "kiosk/cli/shop/sync_state.hpp"

#include <ostream>

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

namespace {

/// As people call it; where head office does not name it any more, by its number.
std::string till_words(std::uint32_t till, TerminalNumber terminal) {
  return till > 0 ? "till " + std::to_string(till) : "terminal " + std::to_string(terminal.value);
}

}  // namespace

Json to_json_mirror(const MirrorState& state, const Clock& clock) {
  Json copies = Json::array(), others = Json::array();
  for (const MirrorCopy& each : state.copies)
    copies.push_back({{"till", each.till},
                      {"terminal", each.terminal.value},
                      {"held", each.held},
                      {"at", to_json_moment(each.at, clock)},
                      {"trouble", each.trouble.empty() ? Json(nullptr) : Json(each.trouble)}});
  for (const KeptForTill& each : state.kept)
    others.push_back({{"till", each.till},
                      {"terminal", each.terminal.value},
                      {"records", each.records},
                      {"refused", each.refused},
                      {"handed_in", each.handed_in}});
  return {{"copies", copies}, {"copies_of_others", others}};
}

void print_mirror(std::ostream& out, const MirrorState& state, const Clock& clock) {
  for (const MirrorCopy& each : state.copies) {
    out << "Copy at " << till_words(each.till, each.terminal) << ": "
        << (each.held > 0 ? "up to record " + grouped(each.held) : std::string("nothing"))
        << ", as of " << to_iso(clock.local(each.at));
    if (!each.trouble.empty()) out << "; not reached since (" << each.trouble << ")";
    out << ".\n";
  }
  for (const KeptForTill& each : state.kept) {
    out << "Kept for " << till_words(each.till, each.terminal)
        << ", not at head office yet: " << grouped(each.records)
        << "; handed in so far: " << grouped(each.handed_in) << ".\n";
    if (each.refused > 0)
      out << "  Head office refuses " << grouped(each.refused)
          << " of them. They stay here and are tried again once a day.\n";
  }
}

bool is_complete(const SyncState& state) {
  return state.waiting == 0 && state.link == LinkState::online && !state.pull_error;
}

const std::optional<Error>& trouble_of(const SyncState& state) {
  return state.last_error ? state.last_error : state.pull_error;
}

Json to_json_state(const SyncState& state, const Clock& clock) {
  const auto& trouble = trouble_of(state);
  return {{"complete", is_complete(state)},
          {"link", name_of(state.link)},
          {"store", state.store},
          {"terminal", state.terminal.value},
          {"waiting", state.waiting},
          {"acknowledged", state.acknowledged},
          {"exceptions", state.exceptions},
          {"last_success", to_json_moment(state.last_success, clock)},
          {"last_error", trouble ? to_json(*trouble) : nullptr}};
}

}  // namespace keepsake::cli
