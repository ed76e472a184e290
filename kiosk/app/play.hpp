#pragma once
// A day at the shop as a script: touches, keys and scans that go through SDL's own event queue, and
// what must be seen after them. One command a line; '#' begins a comment; ${NAME} is replaced by
// the value of NAME.
//
//   tap ID               touch the middle of widget ID, once it is there and enabled
//   tap? ID              the same if ID is on the screen now, else nothing
//   keys ID TEXT         touch the keys of keypad ID: ID.2 ID.4 ...; '.' is the separator
//   type TEXT            the keys of a real keyboard, at a person's pace
//   key NAME             tab back-tab enter escape backspace up down left right
//   scan TEXT            the wedge scanner
//   wait-for ID          until widget ID is there and enabled
//   wait-gone ID         until it is not
//   expect TEXT          until some text on the screen contains TEXT
//   expect-not TEXT      once at rest, no text contains TEXT
//   shot NAME            a picture, NAME.png, once at rest
//   wait SECONDS         let time pass (0.1 to 300)
//   set NAME TEXT        NAME is letters, digits and '-'; values given on the command line win
//
// TEXT is the rest of the line. Every wait ends after 10 s; then the play fails with the line, what
// it wanted and what was on the screen.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/app/app.hpp"

namespace keepsake::app {

struct PlayCommand {
  enum class Verb {
    tap,
    tap_if_there,
    keys,
    type,
    key,
    scan,
    wait_for,
    wait_gone,
    expect,
    expect_not,
    shot,
    wait,
    set
  };
  Verb verb = Verb::tap;
  std::string name;  ///< widget id, key, picture or variable
  std::string text;
  int line = 0;
  bool operator==(const PlayCommand&) const = default;
};

using PlayValues = std::map<std::string, std::string, std::less<>>;

/// Failure::bad_input "play.syntax" with "line N" in `where`; ::limit beyond 10 000 lines.
Result<std::vector<PlayCommand>> parse_play(std::string_view script);
/// Failure::bad_input "play.value" when a name has no value.
Result<std::string> fill_values(std::string_view text, const PlayValues& values);

/// Plays it through `window` into `app`. Failure::refused "play.failed": line, what was wanted,
/// what was seen instead. `shots` is made when a picture is due.
Result<Done> play(App& app, platform::Window& window, const std::vector<PlayCommand>& commands,
                  PlayValues values, const std::filesystem::path& shots);

}  // namespace keepsake::app
