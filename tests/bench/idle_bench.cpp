// What the kiosk costs while nobody is there, and how soon it is there: wake-ups a second and
// processor time over --seconds (60), and the time from opening the book to the first usable frame.
// The bare limit is a loop that does nothing but wait for the same minute's change of the clock on
// the screen.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

#include "kiosk/app/app.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/system_clock.hpp"

using namespace keepsake;
using SteadyClock = std::chrono::steady_clock;

namespace {

/// Times that any thread of the process slept and was woken.
long sleeps() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return use.ru_nvcsw;
}

double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

double since(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

template <class T>
T must(Result<T> result) {
  if (result.ok()) return *std::move(result);
  std::fprintf(stderr, "idle_bench: %s\n", to_line(result.error()).c_str());
  std::exit(1);
}

int seconds_of(int argc, char** argv) {
  for (int i = 1; i + 1 < argc; ++i)
    if (std::strcmp(argv[i], "--seconds") == 0) return std::max(1, std::atoi(argv[i + 1]));
  return 60;
}

/// The shop's folder, gone afterwards.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("keepsake-idle-" + std::to_string(::getpid()));
  ~Folder() {
    std::error_code ec;
    std::filesystem::remove_all(path, ec);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const int seconds = seconds_of(argc, argv);
  const Folder folder;
  const auto clock = must(SystemClock::open("Europe/Oslo"));
  Settings settings;
  settings.currency = must(Currency::parse("NOK"));
  must(Book::create(folder.path, settings, *clock)).reset();

  const auto begin = SteadyClock::now();
  const auto book = must(Book::open(folder.path, *clock));
  platform::WindowOptions window_options;
  window_options.width_px = 1280;
  window_options.height_px = 800;
  window_options.offscreen = std::getenv("DISPLAY") == nullptr;
  platform::Window window = must(platform::Window::open(window_options));
  app::AppOptions options;
  options.locale_folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
  const auto app = must(app::App::make(*book, *clock, window, options));
  while (app->counters().frames == 0) app->turn(window.now());
  std::printf("cold start to first usable frame: %.0f ms\n", since(begin) * 1000);

  while (!app->at_rest()) app->turn(window.now() + std::chrono::milliseconds(20));
  const app::Counters before = app->counters();
  const double cpu = cpu_seconds();
  const long slept = sleeps();
  app->run(window.now() + std::chrono::seconds(seconds));
  const app::Counters after = app->counters();
  const double wakeups = static_cast<double>(after.wakeups - before.wakeups) / seconds;
  std::printf(
      "idle over %d s: the loop %.2f wake-ups a second (limit 2), all threads %.2f, %llu frames\n",
      seconds, wakeups, static_cast<double>(sleeps() - slept) / seconds,
      static_cast<unsigned long long>(after.frames - before.frames));
  std::printf("processor while idle: %.3f %%\n", (cpu_seconds() - cpu) * 100 / seconds);
  const double bare = std::max(1.0, seconds / 60.0) / seconds;
  std::printf(
      "bare: a loop that waits for the clock's minute: %.3f wake-ups a second; ratio %.1f\n", bare,
      wakeups / bare);
  return wakeups <= 2 ? 0 : 1;
}
