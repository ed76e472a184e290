#include "kiosk/cli/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <ostream>
#include <utility>

#include "kiosk/control/running_book.hpp"
#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/engine/version.hpp"

namespace keepsake::cli {

OpenBook::OpenBook(std::unique_ptr<Clock> its_clock, std::unique_ptr<Book> opened)
    : clock(std::move(its_clock)), book(std::move(opened)) {}
OpenBook::OpenBook(OpenBook&&) noexcept = default;
OpenBook& OpenBook::operator=(OpenBook&&) noexcept = default;
OpenBook::~OpenBook() = default;

Json to_json(const Error& error) {
  return {
      {"code", error.code}, {"what", error.what}, {"where", error.where}, {"remedy", error.remedy}};
}

void Program::describe(CLI::App& app) {
  app.description(
      "Keepsake: loyalty and warranty at the shop till. This program sets up, feeds, checks and "
      "reports\n"
      "one terminal's data folder.");
  app.footer(
      "Every command works while the kiosk is open, but for enrol, rebuild, restore and sync "
      "--daemon.\nExit codes: 0: done, or the answer is yes; 1: the answer is no (a check failed, "
      "head office "
      "refused,\nsomething could not be sent); 2: usage error, invalid input, or "
      "failure.\n`keepsake COMMAND --help` explains each command, kiosk/cli/JSON.md the forms of "
      "--json.");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--data", data_, "Data folder of the terminal")
      ->type_name("DIR")
      ->envname("KEEPSAKE_DATA");
  app.set_version_flag("--version", "keepsake " + std::string(version()));
  app.add_flag("--json", json_, "Answer with one JSON object on standard output, errors included");
}

namespace {

// CLI11 would only say that a command is missing; the word that is none deserves naming.
Error usage(const std::vector<std::string>& args, CLI::App& app, const CLI::ParseError& wrong) {
  Error error{Failure::bad_input, "usage", wrong.what(), "command line",
              "`keepsake --help` lists the commands, `keepsake COMMAND --help` explains one"};
  std::ranges::replace(error.what, '\n', ' ');
  CLI::App* parent = &app;
  for (std::size_t i = 0; i < args.size() && parent->get_require_subcommand_min() > 0; ++i) {
    if (args[i].starts_with('-') || (i > 0 && args[i - 1] == "--data")) continue;
    const auto commands =
        parent->get_subcommands([&](CLI::App* command) { return command->check_name(args[i]); });
    if (commands.empty()) {
      error.what = "Unknown command " + args[i];
      break;
    }
    parent = commands.front();
  }
  return error;
}

}  // namespace

int Program::run(const std::vector<std::string>& args, AddCommands add_commands) {
  // Known before parsing, so that usage errors come in the form that was asked for.
  json_ = std::ranges::find(args, "--json") != args.end();
  CLI::App app("", "keepsake");
  describe(app);
  Command all(app);
  add_commands(all, *this);
  std::vector<std::string> reversed(args.rbegin(), args.rend());  // as CLI11 takes them
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::Success& told) {  // help, the version
    app.exit(told, streams_.out, streams_.err);
    return static_cast<int>(Exit::ok);
  } catch (const CLI::ParseError& wrong) {
    return static_cast<int>(fail(usage(args, app, wrong)));
  }
  try {
    return static_cast<int>(action_());
  } catch (const std::exception& defect) {
    return static_cast<int>(
        fail({Failure::internal, "internal", std::string("A defect of Keepsake: ") + defect.what(),
              "", "Report it; what was recorded is safe"}));
  }
}

Result<std::filesystem::path> Program::data_folder() const {
  if (data_.empty()) {
    return Error{Failure::bad_input, "data.unnamed", "No data folder is given", "command line",
                 "Add --data DIR or set KEEPSAKE_DATA"};
  }
  return std::filesystem::path(data_);
}

Result<OpenBook> Program::open_with(const Opening& opening) const {
  const auto folder = data_folder();
  if (!folder) return folder.error();
  const auto settings = read_settings(*folder);
  if (!settings) return settings.error();
  auto clock = SystemClock::open(settings->time_zone);
  if (!clock) return clock.error();
  auto book = opening(*folder, **clock);
  if (!book) return book.error();
  return OpenBook{std::move(*clock), std::move(*book)};
}

Result<OpenBook> Program::open_book() const {
  auto open = open_book_alone();
  if (open || open.error().code != "book.locked") return open;
  auto running = open_with([this](const std::filesystem::path& folder, const Clock& clock) {
    return control::open_running(folder, clock, [this] {
      streams_.err << "keepsake: The kiosk is in the middle of a sale; this is recorded when the "
                      "sale ends.\n"
                   << std::flush;
    });
  });
  // Then no kiosk holds it, but a command.
  if (!running && running.error().code == "control.none") return open;
  return running;
}

Result<OpenBook> Program::open_book_alone() const {
  return open_with([](const std::filesystem::path& folder, const Clock& clock) {
    return Book::open(folder, clock);
  });
}

Result<OpenBook> Program::open_book_to_read() const {
  auto open = open_with(&Book::open_to_read);
  if (open || open.error().code != "schema.older") return open;
  if (auto up_to_date = open_book_alone(); !up_to_date) return up_to_date;
  return open_with(&Book::open_to_read);
}

void Program::print(const Json& answer) { out() << answer.dump(2) << '\n'; }

Exit Program::fail(const Error& error, Exit exit) {
  // Asking for somebody or something that is not there is answered with no, by every command.
  if (error.code == "customer.unknown" || error.code == "gift-card.unknown") exit = Exit::no;
  // Whoever corrects keepsake.toml wants to hear of every mistake in it, not of the first.
  if (error.code == "settings.value") {
    if (const auto all = settings_mistakes(data_); !all.empty()) return fail(all, exit);
  }
  return fail(std::span(&error, 1), exit);
}

Exit Program::fail(const Error& error, Failure no) {
  return fail(error, error.kind == no ? Exit::no : Exit::bad);
}

Exit Program::fail(std::span<const Error> errors, Exit exit) {
  if (json()) {
    auto all = Json::array();
    for (const auto& error : errors) all.push_back(to_json(error));
    print({{"error", all.front()}, {"errors", all}});
    return exit;
  }
  for (const auto& error : errors) {
    std::string line = to_line(error);
    std::ranges::replace(line, '\n', ' ');
    err() << "keepsake: " << line << '\n';
  }
  return exit;
}

}  // namespace keepsake::cli
