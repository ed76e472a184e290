// The `keepsake-central` program: head office's end of sync.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "storage/engine/durable_file.hpp"
#include "storage/engine/private_process.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/engine/version.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/control.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/server.hpp"
#include "sync/central/status.hpp"

namespace {

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;

struct Arguments : CentreArguments {
  std::string store;
  std::string by;
  std::string backup_file;
};

int serve(const Arguments& arguments, const Clock& clock) {
  const auto address = parse_address(arguments.listen);
  if (!address) return fail(address.error());
  const auto log = spdlog::stderr_logger_mt("central");
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  log->flush_on(spdlog::level::info);
  // Before any thread starts, so that none of them takes the signal with its default action.
  boost::asio::io_context waiting;
  boost::asio::signal_set signals(waiting, SIGTERM, SIGINT);
  std::signal(SIGPIPE, SIG_IGN);
  auto centre = Centre::open(arguments.data, names_of(arguments), clock);
  if (!centre) return fail(centre.error());
  auto router = Router::open(**centre, clock, log);
  if (!router) return fail(router.error());
  ServerOptions options;
  options.address = *address;
  auto server = Server::start(**centre, **router, options);
  if (!server) return fail(server.error());
  log->info("listening on {}:{}", address->host, (*server)->port());
  signals.async_wait([&](const boost::system::error_code&, int) {});
  waiting.run();
  log->info("stopping");
  (*server)->stop();
  log->info("stopped");
  return 0;
}

int enrol_code(const Arguments& arguments, const Clock& clock) {
  const std::string by = by_whom(arguments.by);
  const auto code = by_centre<std::string>(
      arguments, clock, [&] { return ask_for_code(arguments.data, arguments.store, by); },
      [&](Centre& centre) { return centre.enrolment().new_code(arguments.store, by); });
  if (!code) return fail(code.error());
  if (arguments.json) {
    std::cout << nlohmann::json{{"code", *code}, {"minutes", Enrolments::code_ms / 60'000}}.dump()
              << "\n";
  } else {
    std::cout << *code << "\n";
    if (::isatty(STDOUT_FILENO) != 0)
      std::cerr << "Valid for 15 minutes, for one terminal of " << arguments.store << ".\n";
  }
  return 0;
}

int judge_again(const Arguments& arguments, const Clock& clock) {
  const auto judged = by_centre<Rejudged>(
      arguments, clock, [&] { return ask_to_judge_again(arguments.data); },
      [](Centre& centre) { return centre.ingest().judge_again(); });
  if (!judged) return fail(judged.error());
  const Rejudged& all = *judged;
  if (arguments.json)
    std::cout << nlohmann::json{{"looked_at", all.looked_at}, {"applied", all.applied}}.dump()
              << "\n";
  else
    std::cout << "Judged " << all.looked_at << " facts that were set aside; " << all.applied
              << " are counted now.\n";
  return 0;
}

int report(const Arguments& arguments, const Clock& clock) {
  auto reader = open_records(arguments.data);
  if (!reader) return fail(reader.error());
  const auto status = read_status(**reader, std::nullopt, clock.now());
  if (!status) return fail(status.error());
  std::cout << (arguments.json ? to_report_json(*status) + "\n" : to_report_text(*status));
  return 0;
}

int backup(const Arguments& arguments) {
  auto reader = open_records(arguments.data);
  if (!reader) return fail(reader.error());
  const std::filesystem::path file = arguments.backup_file;
  if (const auto ok = check_new(file); !ok) return fail(ok.error());
  if (const auto copied = sqlite::backup(**reader, file, {}); !copied) return fail(copied.error());
  // What is restored goes on with another order of facts: positions are given twice.
  if (const auto ok = forget_generation(file); !ok) return fail(ok.error());
  const auto bytes = std::filesystem::file_size(file);
  if (arguments.json)
    std::cout << nlohmann::json{{"file", arguments.backup_file}, {"bytes", bytes}}.dump() << "\n";
  else
    std::cout << "Wrote " << arguments.backup_file << " (" << bytes << " bytes).\n";
  return 0;
}

constexpr const char* report_help =
    "Prints what every store has, while the centre runs or not.\n"
    "--json prints {\"version\", \"stores\": [{\"store\", \"currency\", \"totals\", "
    "\"terminals\"}]}:\n"
    "  totals: purchases, purchase_minor, returns, return_minor (positive), sales, "
    "sales_minor, loads, loads_minor,\n"
    "          loads_returned_minor (gift cards and wallets paid in), customers, "
    "warranties,\n"
    "          articles, points_outstanding_hundredths, facts. Amounts are minor units of "
    "`currency`\n"
    "          (\"\" until the first sale or programme). The same keys as `keepsake report "
    "--json`.\n"
    "          A store that took several currencies stands there once for each: first its own, "
    "with everything,\n"
    "          then only what was sold and returned in the others.\n"
    "  terminals: terminal (number), epoch, acked (facts held), last_seen_ms (UTC milliseconds),\n"
    "          exceptions (that nobody has settled).";

/// Those that have files of their own.
void add_further_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  for (const auto add : {add_publish_commands, add_request_commands, add_exception_commands,
                         add_terminal_commands, add_expire_command, add_lease_command,
                         add_retention_command, add_clock_command, add_carry_commands})
    add(app, arguments, action);
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app(
      "Keepsake's centre: takes the facts of every store's terminals over HTTPS.\n"
      "  keepsake-central --data DIR --listen ADDR:PORT     serve until SIGTERM or Ctrl-C\n"
      "The first start makes the folder, its certificate authority, keys and database. A terminal "
      "is\n"
      "let in with a code from `enrol-code`; after that only certificates count. The files of DIR "
      "are\n"
      "told in sync/central/CENTRAL.md.\n"
      "Exit: 0 done, 1 the answer is no, 2 usage, bad input, or it could not be done.",
      "keepsake-central");
  app.fallthrough();
  app.add_option("--data", arguments.data, "Data folder of the centre")->envname("KEEPSAKE_DATA");
  app.set_version_flag("--version", "keepsake-central " + std::string(version()));
  app.add_option("--listen", arguments.listen,
                 "Address and port, such as 0.0.0.0:8443 or [::1]:8443; port 0: any free one");
  app.add_option(
      "--name", arguments.names,
      "A host name or address by which terminals reach this centre, for its certificate\n"
      "(localhost, the machine's name and the address of --listen are in it anyway)");
  app.add_flag("--json", arguments.json, "Machine-readable answers");
  app.require_subcommand(0, 1);
  auto* code = app.add_subcommand(
      "enrol-code",
      "Prints a code with which one terminal can join a store within 15 minutes; works while the\n"
      "centre runs. A store that is not known yet is created, unless another has the same words.");
  code->add_option("--store", arguments.store, "The store's name")->required();
  code->add_option("--by", arguments.by, "Who lets the terminal in, for the trail [shell:USER]")
      ->type_name("NAME");
  const auto* figures = app.add_subcommand("report", report_help);
  const auto* judging = app.add_subcommand(
      "judge-again",
      "Looks again at every fact that is kept and not counted (fact.quarantined,\n"
      "fact.unknown-type); works while the centre runs. A new version does it at its first start.");
  auto* copy = app.add_subcommand(
      "backup",
      "Copies the database, consistently, while the centre runs. Copy vault.db, ca.key and ca.pem\n"
      "beside it: without them the copy is of little use.");
  copy->add_option("FILE", arguments.backup_file, "The copy")->required();
  CommandAction action;
  add_further_commands(app, arguments, action);
  const auto* about = app.add_subcommand("version", "Prints the version.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : could_not;
  }
  if (about->parsed()) {
    std::cout << (arguments.json ? nlohmann::json{{"version", version()}}.dump()
                                 : "keepsake-central " + std::string(version()))
              << "\n";
    return 0;
  }
  if (arguments.data.empty())
    return fail({Failure::bad_input, "usage.data", "No data folder is given", "command line",
                 "Add --data DIR or set KEEPSAKE_DATA"});
  if (copy->parsed()) return backup(arguments);
  const auto clock = SystemClock::open("UTC");
  if (!clock) return fail(clock.error());
  if (figures->parsed()) return report(arguments, **clock);
  if (code->parsed()) return enrol_code(arguments, **clock);
  if (action) return action(**clock);
  if (judging->parsed()) return judge_again(arguments, **clock);
  if (arguments.listen.empty())
    return fail({Failure::bad_input, "usage.listen", "No address to listen on is given",
                 "command line", "Give --listen ADDR:PORT"});
  return serve(arguments, **clock);
}

}  // namespace

int main(int argc, char** argv) {
  keep_process_private();
  try {
    return run(argc, argv);
  } catch (const std::exception& fault) {
    std::cerr << "keepsake-central: a defect: " << fault.what() << "\n";
    return could_not;
  }
}
