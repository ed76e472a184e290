#include "kiosk/app/play.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <spdlog/spdlog.h>
#include <system_error>

#include "storage/domain/values/utf8.hpp"

namespace keepsake::app {
namespace {

using namespace std::chrono_literals;
using Verb = PlayCommand::Verb;

constexpr input::Ticks patience = 10s;
constexpr input::Ticks typing_pace = 45ms;  // above Scanner::gap: a person

struct NamedKey {
  std::string_view name;
  std::uint16_t usage;  // USB HID usage tables 1.4, page 7
  bool shift;
};
constexpr std::array<NamedKey, 10> named_keys = {{
    {"enter", 0x28, false},
    {"escape", 0x29, false},
    {"backspace", 0x2A, false},
    {"tab", 0x2B, false},
    {"back-tab", 0x2B, true},
    {"right", 0x4F, false},
    {"left", 0x50, false},
    {"down", 0x51, false},
    {"up", 0x52, false},
    {"space", 0x2C, false},
}};

/// One code point at a time, as a keyboard gives them.
std::vector<std::string> letters_of(std::string_view text) {
  std::vector<std::string> letters;
  while (!text.empty()) {
    letters.emplace_back(first_code_points(text, 1));
    text.remove_prefix(letters.back().size());
  }
  return letters;
}

class Player {
 public:
  Player(App& app, platform::Window& window, PlayValues values, const std::filesystem::path& shots)
      : app_(app), window_(window), values_(std::move(values)), shots_(shots), given_(values_) {}

  Result<Done> perform(const PlayCommand& command);

 private:
  /// Runs the loop until `done`, or patience is over.
  template <class Condition>
  bool until(const Condition& done) {
    const input::Ticks end = window_.now() + patience;
    while (!done()) {
      if (app_.stopped() || window_.now() >= end) return false;
      app_.turn(std::min(end, window_.now() + 50ms));
    }
    return true;
  }
  void rest() {
    until([&] { return app_.at_rest(); });
  }
  const ui::ProbeWidget* live(std::string_view id) const {
    const ui::ProbeWidget* widget = app_.probe().find(id);
    const bool alive =
        widget != nullptr && widget->enabled && widget->layer == app_.probe().top_layer();
    return alive ? widget : nullptr;
  }

  Error failed(const PlayCommand& command, const std::string& wanted) const;
  Result<Done> tap(const PlayCommand& command, const std::string& id);
  Result<Done> keys(const PlayCommand& command);
  Result<Done> type(const std::string& text);
  Result<Done> key(const PlayCommand& command);
  Result<Done> shot(const PlayCommand& command, const std::string& name);
  Result<Done> wait(const PlayCommand& command);

  App& app_;
  platform::Window& window_;
  PlayValues values_;
  const std::filesystem::path shots_;
  const PlayValues given_;
};

/// The widgets and words of the frame, so that the reader of the failure need not run it again.
Error Player::failed(const PlayCommand& command, const std::string& wanted) const {
  std::string seen = "On the screen:";
  for (const ui::ProbeText& text : app_.probe().texts())
    seen += " \"" + std::string(text.text) + "\"";
  seen += ". To touch:";
  for (const ui::ProbeWidget& widget : app_.probe().widgets())
    seen += " " + std::string(widget.id) + (widget.enabled ? "" : "(dead)");
  return {Failure::refused, "play.failed",
          "Line " + std::to_string(command.line) + " wanted " + wanted,
          "line " + std::to_string(command.line), seen};
}

Result<Done> Player::tap(const PlayCommand& command, const std::string& id) {
  rest();
  // A person first sees it.
  if (!until([&] { return live(id) != nullptr && app_.is_ripe(id); }))
    return failed(command, "to touch " + id);
  const ui::Rect rect = live(id)->rect;
  window_.push_touch(input::PointerPhase::press, rect.centre_x(), rect.centre_y());
  app_.turn(window_.now());
  window_.push_touch(input::PointerPhase::release, rect.centre_x(), rect.centre_y());
  app_.turn(window_.now());
  rest();
  return Done{};
}

Result<Done> Player::keys(const PlayCommand& command) {
  const auto text = fill_values(command.text, values_);
  if (!text.ok()) return text.error();
  for (const std::string& letter : letters_of(*text)) {
    const std::string key = letter == "." ? ".sep" : "." + letter;
    if (auto ok = tap(command, command.name + key); !ok.ok()) return ok;
  }
  return Done{};
}

Result<Done> Player::type(const std::string& text) {
  rest();
  for (const std::string& letter : letters_of(text)) {
    window_.push_text(letter);
    app_.run(window_.now() + typing_pace);
  }
  rest();
  return Done{};
}

Result<Done> Player::key(const PlayCommand& command) {
  for (const NamedKey& named : named_keys) {
    if (named.name != command.name) continue;
    rest();
    window_.push_key(named.usage, named.shift);
    app_.run(window_.now() + typing_pace);
    rest();
    return Done{};
  }
  return failed(command, "a key named " + command.name);
}

Result<Done> Player::shot(const PlayCommand& command, const std::string& name) {
  rest();
  std::error_code ec;
  std::filesystem::create_directories(shots_, ec);
  if (ec) return failed(command, "the folder " + shots_.string());
  return platform::write_png(app_.picture(), shots_ / (name + ".png"));
}

Result<Done> Player::wait(const PlayCommand& command) {
  double seconds = 0;
  const char* end = command.name.data() + command.name.size();
  const auto parsed = std::from_chars(command.name.data(), end, seconds);
  if (parsed.ec != std::errc() || parsed.ptr != end || seconds < 0.1 || seconds > 300)
    return failed(command, "0.1 to 300 seconds");
  app_.run(window_.now() + input::Ticks(static_cast<std::int64_t>(seconds * 1000)));
  return Done{};
}

Result<Done> Player::perform(const PlayCommand& command) {
  const auto name = fill_values(command.name, values_);
  if (!name.ok()) return name.error();
  const auto text = fill_values(command.text, values_);
  if (!text.ok()) return text.error();
  const auto sees = [&] { return app_.probe().sees(*text); };
  switch (command.verb) {
    case Verb::tap:
      return tap(command, *name);
    case Verb::tap_if_there:
      rest();
      return live(*name) != nullptr ? tap(command, *name) : Result<Done>(Done{});
    case Verb::keys:
      return keys(command);
    case Verb::type:
      return type(*text);
    case Verb::key:
      return key(command);
    case Verb::scan:
      rest();
      window_.push_scan(*text);
      app_.run(window_.now() + 200ms);
      rest();
      return Done{};
    case Verb::wait_for:
      if (until([&] { return live(*name) != nullptr; })) return Done{};
      return failed(command, "to see " + *name);
    case Verb::wait_gone:
      if (until([&] { return app_.probe().find(*name) == nullptr; })) return Done{};
      return failed(command, *name + " to go");
    case Verb::expect:
      if (until(sees)) return Done{};
      return failed(command, "to read \"" + *text + "\"");
    case Verb::expect_not:
      rest();
      if (!sees()) return Done{};
      return failed(command, "not to read \"" + *text + "\"");
    case Verb::shot:
      return shot(command, *name);
    case Verb::wait:
      return wait(command);
    case Verb::set:
      if (!given_.contains(*name)) values_[*name] = *text;
      return Done{};
  }
  return Done{};
}

}  // namespace

Result<Done> play(App& app, platform::Window& window, const std::vector<PlayCommand>& commands,
                  PlayValues values, const std::filesystem::path& shots) {
  Player player(app, window, std::move(values), shots);
  for (const PlayCommand& command : commands) {
    if (auto done = player.perform(command); !done.ok()) return done;
    if (app.stopped())
      return Error{Failure::refused, "play.stopped", "The kiosk was closed while the script ran",
                   "line " + std::to_string(command.line), "Run it again"};
  }
  return Done{};
}

}  // namespace keepsake::app
