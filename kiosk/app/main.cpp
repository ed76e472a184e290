// keepsake-kiosk: the program at the till. What it does is in app.hpp; this file reads the command
// line, opens what the app needs, and closes it in order.

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "kiosk/app/app.hpp"
#include "kiosk/app/log.hpp"
#include "kiosk/app/play.hpp"
#include "kiosk/app/process.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/private_process.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/engine/version.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/locale/catalogue_folder.hpp"

namespace keepsake::app {
namespace {

constexpr int exit_no = 1;
constexpr int exit_usage = 2;
constexpr std::size_t script_bytes = std::size_t{1} << 20U;  // a day takes a few thousand

struct Arguments {
  std::filesystem::path data;
  std::string windowed;
  float px_per_mm = 0;
  std::string language;
  std::string theme = "light";
  std::filesystem::path play;
  std::filesystem::path shots = "shots";
  std::vector<std::string> sets;
  std::filesystem::path locale;
  double seconds = 0;
  bool summary = false;
  bool offline = false;
};

int report(const Error& error, int code) {
  std::cerr << "keepsake-kiosk: " << to_line(error) << "\n";
  return code;
}

Error usage(std::string what, std::string where, std::string remedy) {
  return {Failure::bad_input, "usage", std::move(what), std::move(where), std::move(remedy)};
}

Result<platform::WindowOptions> window_of(const Arguments& arguments, const Settings& settings) {
  platform::WindowOptions options;
  options.title = settings.shop;
  options.px_per_mm =
      arguments.px_per_mm > 0 ? arguments.px_per_mm : static_cast<float>(settings.px_per_mm);
  const char* driver = std::getenv("SDL_VIDEODRIVER");
  options.offscreen = driver != nullptr && std::string_view(driver) == "offscreen";
  if (arguments.windowed.empty()) return options;
  std::istringstream size(arguments.windowed);
  char by = 0;
  if (!(size >> options.width_px >> by >> options.height_px) || by != 'x' || !size.eof() ||
      options.width_px < 320 || options.height_px < 320 || options.width_px > 8192 ||
      options.height_px > 8192)
    return usage("Not a window size", arguments.windowed, "Write it as 1280x800");
  return options;
}

Result<AppOptions> app_of(const Arguments& arguments, const Settings& settings) {
  AppOptions options;
  const std::string tag = !arguments.language.empty()
                              ? arguments.language
                              : std::string(code_of(usual_language(settings.country)));
  const auto language = parse_language(tag);
  if (!language)
    return usage("The screens are not available in this language", tag,
                 "Use en, nb, nl, uk, id or fil");
  options.language = *language;
  options.theme = arguments.theme == "dark" ? flow::Theme::dark : flow::Theme::light;
  options.locale_folder = arguments.locale.empty() ? catalogue_folder() : arguments.locale;
  options.sync = arguments.offline ? SyncRole::off : SyncRole::on;
  return options;
}

Result<PlayValues> values_of(const Arguments& arguments) {
  PlayValues values;
  for (const std::string& set : arguments.sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0)
      return usage("A value is NAME=VALUE", set, "Write --set day=001");
    values[set.substr(0, equals)] = set.substr(equals + 1);
  }
  return values;
}

/// One line of JSON: what the terminal holds now.
Result<Done> print_summary(Book& book) {
  auto reader = book.reader();
  if (!reader.ok()) return reader.error();
  const auto t = (*reader)->totals();
  if (!t.ok()) return t.error();
  std::cout << "{\"purchases\":" << t->purchases << ",\"purchase_minor\":" << t->purchase_minor
            << ",\"returns\":" << t->returns << ",\"return_minor\":" << t->return_minor
            << ",\"customers\":" << t->customers << ",\"warranties\":" << t->warranties
            << ",\"articles\":" << t->articles << ",\"points_outstanding\":\""
            << to_decimal(t->points_outstanding) << "\",\"facts\":" << t->facts << "}\n";
  return Done{};
}

Result<std::vector<PlayCommand>> read_play(const std::filesystem::path& file) {
  const auto script = read_whole(file, script_bytes);
  if (!script) return script.error();
  return parse_play(*script);
}

Result<Done> run(App& app, platform::Window& window, const Arguments& arguments,
                 const std::vector<PlayCommand>& commands, const PlayValues& values) {
  if (!arguments.play.empty()) return play(app, window, commands, values, arguments.shots);
  std::optional<input::Ticks> until;
  if (arguments.seconds > 0)
    until = window.now() + input::Ticks(static_cast<std::int64_t>(arguments.seconds * 1000));
  app.run(until);
  return Done{};
}

int open_and_run(const Arguments& arguments) {
  const auto settings = read_settings(arguments.data);
  if (!settings.ok()) return report(settings.error(), exit_usage);
  const auto window_options = window_of(arguments, *settings);
  if (!window_options.ok()) return report(window_options.error(), exit_usage);
  const auto app_options = app_of(arguments, *settings);
  if (!app_options.ok()) return report(app_options.error(), exit_usage);
  const auto values = values_of(arguments);
  if (!values.ok()) return report(values.error(), exit_usage);
  std::vector<PlayCommand> commands;
  if (!arguments.play.empty()) {
    auto read = read_play(arguments.play);
    if (!read.ok()) return report(read.error(), exit_usage);
    commands = *std::move(read);
  }

  const auto clock = SystemClock::open(settings->time_zone);
  if (!clock.ok()) return report(clock.error(), exit_usage);
  if (const auto log = open_log(arguments.data); !log.ok()) return report(log.error(), exit_no);
  const auto book = Book::open(arguments.data, **clock);
  if (!book.ok()) return report(book.error(), exit_no);
  auto window = platform::Window::open(*window_options);
  if (!window.ok()) return report(window.error(), exit_no);
  const auto app = App::make(**book, **clock, *window, *app_options);
  if (!app.ok()) return report(app.error(), exit_no);
  const StopSignals signals([&] { (*app)->stop(); });
  if (const auto done = run(**app, *window, arguments, commands, *values); !done.ok())
    return report(done.error(), exit_no);
  if (!arguments.summary) return 0;
  if (const auto printed = print_summary(**book); !printed.ok())
    return report(printed.error(), exit_no);
  return 0;
}

int main_of(int argc, char** argv) {
  keep_process_private();
  block_stop_signals();
  Arguments a;
  CLI::App cli("The Keepsake kiosk: till, loyalty and warranties on one touchscreen.");
  cli.add_option("--data", a.data, "the terminal's folder, made by `keepsake init`")
      ->envname("KEEPSAKE_DATA")
      ->required();
  cli.set_version_flag("--version", "keepsake-kiosk " + std::string(version()));
  cli.add_option("--windowed", a.windowed,
                 "a window of this size instead of the full screen: 1280x800");
  cli.add_option("--px-per-mm", a.px_per_mm,
                 "pixels to a millimetre of the display (a bank card is 85.6 mm wide)");
  cli.add_option("--language", a.language, "language of attract: en, nb, nl, uk, id or fil");
  cli.add_option("--theme", a.theme, "light or dark")->check(CLI::IsMember({"light", "dark"}));
  cli.add_option("--play", a.play, "play this script on the screens, then leave");
  cli.add_option("--shots", a.shots, "folder for the play's pictures");
  cli.add_option("--set", a.sets, "a value for the play: NAME=VALUE");
  cli.add_option("--locale", a.locale, "folder of the compiled catalogues");
  cli.add_option("--seconds", a.seconds, "leave after so many seconds");
  cli.add_flag("--summary", a.summary, "at the end, print the terminal's totals as a line of JSON");
  cli.add_flag("--offline", a.offline, "do not talk to head office");
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : exit_usage;
  }
  return open_and_run(a);
}

}  // namespace
}  // namespace keepsake::app

int main(int argc, char** argv) { return keepsake::app::main_of(argc, argv); }
