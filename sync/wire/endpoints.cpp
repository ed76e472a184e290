#include "sync/wire/endpoints.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "storage/domain/values/hex.hpp"

namespace keepsake::sync {

namespace {

constexpr std::string_view lost_mark = "&lost=1";
constexpr std::string_view prefix = "/v1/t/";

std::string path_of(TerminalNumber terminal, Epoch epoch) {
  return std::string(prefix) + std::to_string(terminal.value) + "/" + std::to_string(epoch.value);
}

/// A decimal number without sign or leading zero, at most `most`.
std::optional<std::int64_t> number(std::string_view text, std::int64_t most) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  if (text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

/// Takes the text up to the next slash.
std::string_view take_part(std::string_view& path) {
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::string_view part = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  return part;
}

/// "&reservations={change}"
bool read_known(std::string_view asked, TerminalPath& into) {
  constexpr std::string_view known = "&reservations=";
  if (!asked.starts_with(known)) return false;
  into.reservations = number(asked.substr(known.size()), std::numeric_limits<std::int64_t>::max());
  return into.reservations.has_value();
}

/// "{generation}/{position}" with or without "?wait={seconds}", and with that perhaps what is known of
/// reservations.
bool read_feed(std::string_view rest, TerminalPath& into) {
  constexpr std::string_view wait = "?wait=";
  constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();
  if (const std::size_t query = rest.find('?'); query != std::string_view::npos) {
    const std::string_view asked = rest.substr(query);
    if (!asked.starts_with(wait)) return false;
    const std::size_t more = asked.find('&');
    const auto seconds = number(asked.substr(wait.size(), more - wait.size()), any);
    if (!seconds) return false;
    into.wait = std::min(std::chrono::seconds(*seconds), feed_wait_most);
    if (more != std::string_view::npos && !read_known(asked.substr(more), into)) return false;
    rest = rest.substr(0, query);
  }
  const auto generation = number(take_part(rest), any);
  const auto position = number(rest, any);
  if (!generation || !position) return false;
  into.feed = FeedCursor{*generation, *position};
  into.action = TerminalAction::feed;
  return true;
}

/// "{generation}/{position}?records={version}", and maybe lost_mark.
bool read_snapshot(std::string_view rest, TerminalPath& into) {
  constexpr std::string_view asked = "?records=";
  constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();
  const std::size_t query = std::min(rest.find(asked), rest.size());
  std::string_view version = rest.substr(std::min(query + asked.size(), rest.size()));
  into.lost = version.ends_with(lost_mark);
  if (into.lost) version.remove_suffix(lost_mark.size());
  const auto records = number(version, any);
  rest = rest.substr(0, query);
  const auto generation = number(take_part(rest), any);
  const auto position = number(rest, any);
  if (!records || !generation || !position) return false;
  into.feed = FeedCursor{*generation, *position};
  into.records = *records;
  into.action = TerminalAction::snapshot;
  return true;
}

/// "{id}/{part}"
bool read_snapshot_part(std::string_view rest, TerminalPath& into) {
  if (!read_hex(take_part(rest), into.snapshot.bytes)) return false;
  const auto part = number(rest, std::numeric_limits<std::uint32_t>::max());
  if (!part) return false;
  into.part = static_cast<std::uint32_t>(*part);
  into.action = TerminalAction::snapshot_part;
  return true;
}

}  // namespace

std::string batch_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/batch";
}

std::string opaque_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/opaque";
}

std::string look_up_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/look-up";
}

std::string reservations_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/reservations";
}

std::string neighbours_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/neighbours";
}

std::string hand_in_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/hand-in";
}

std::string renew_path(TerminalNumber terminal, Epoch epoch) {
  return path_of(terminal, epoch) + "/renew";
}

std::string feed_path(TerminalNumber terminal, Epoch epoch, const FeedCursor& cursor,
                      std::chrono::seconds wait, std::optional<std::int64_t> reservations) {
  return path_of(terminal, epoch) + "/feed/" + std::to_string(cursor.generation) + "/" +
         std::to_string(cursor.position) + "?wait=" + std::to_string(wait.count()) +
         (reservations ? "&reservations=" + std::to_string(*reservations) : std::string());
}

std::string snapshot_path(TerminalNumber terminal, Epoch epoch, const FeedCursor& cursor,
                          std::int64_t records, bool lost) {
  return path_of(terminal, epoch) + "/snapshot/" + std::to_string(cursor.generation) + "/" +
         std::to_string(cursor.position) + "?records=" + std::to_string(records) +
         std::string(lost ? lost_mark : "");
}

std::string snapshot_part_path(TerminalNumber terminal, Epoch epoch, const SnapshotId& id,
                               std::uint32_t part) {
  return path_of(terminal, epoch) + "/snapshot-part/" + to_hex(id) + "/" + std::to_string(part);
}

std::optional<TerminalPath> parse_terminal_path(std::string_view path) {
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  const auto terminal = number(take_part(path), TerminalNumber::max);
  const auto epoch = number(take_part(path), 255);
  if (!terminal || !epoch) return std::nullopt;
  TerminalPath found{{static_cast<std::uint32_t>(*terminal)},
                     {static_cast<std::uint8_t>(*epoch)},
                     std::nullopt,
                     {},
                     TerminalAction::batch};
  constexpr std::pair<std::string_view, TerminalAction> actions[] = {
      {"batch", TerminalAction::batch},
      {"opaque", TerminalAction::opaque},
      {"look-up", TerminalAction::look_up},
      {"renew", TerminalAction::renew},
      {"reservations", TerminalAction::reservations},
      {"neighbours", TerminalAction::neighbours},
      {"hand-in", TerminalAction::hand_in}};
  for (const auto& [name, action] : actions) {
    found.action = action;
    if (path == name) return found;
  }
  const std::string_view what = take_part(path);
  if (what == "feed" && read_feed(path, found)) return found;
  if (what == "snapshot" && read_snapshot(path, found)) return found;
  if (what == "snapshot-part" && read_snapshot_part(path, found)) return found;
  return std::nullopt;
}

}  // namespace keepsake::sync
