#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/engine/database.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/control.hpp"
#include "sync/central/hand_in.hpp"
#include "sync/central/look_ups.hpp"
#include "sync/central/register.hpp"
#include "sync/central/terminal_trail.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t trail_listed = 200;
constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;

struct Options {
  std::uint32_t number = 0;  ///< 0: every terminal
  std::string reason, by;
};

std::string_view state_of(const Terminal& terminal, const std::optional<Instant>& end,
                          Instant now) {
  if (terminal.is_revoked()) return "revoked";
  if (terminal.forked) return "forked";
  if (end && *end <= now) return "expired";
  return "enrolled";
}

Json to_json(const Terminal& terminal, const std::optional<Instant>& end, Instant now) {
  return {{"terminal", terminal.number.value},
          {"epoch", terminal.epoch.value},
          {"store", terminal.store},
          {"till", terminal.till},
          {"device", terminal.device},
          {"state", state_of(terminal, end, now)},
          {"acked", terminal.cursor},
          {"last_seen", to_iso(Instant{terminal.last_seen_ms})},
          {"certificate_ends", end ? Json(to_iso(*end)) : Json(nullptr)}};
}

Json to_json(const TrailEntry& entry) {
  return {{"at", to_iso(entry.made)},
          {"what", entry.what},
          {"epoch", entry.epoch.value},
          {"by", entry.made_by},
          {"reason", entry.reason}};
}

void describe(const Terminal& terminal, const std::optional<Instant>& end, Instant now) {
  std::cout << terminal.number.value << "  epoch " << static_cast<int>(terminal.epoch.value) << "  "
            << terminal.store << ", till " << terminal.till << "  " << state_of(terminal, end, now)
            << "  seen " << to_iso(Instant{terminal.last_seen_ms}) << "  certificate until "
            << (end ? to_iso(*end) : std::string("?"))
            << (terminal.device.empty() ? "" : "  " + terminal.device) << "\n";
}

void describe(const TrailEntry& entry) {
  std::cout << "  " << to_iso(entry.made) << "  " << entry.what << "  epoch "
            << static_cast<int>(entry.epoch.value)
            << (entry.made_by.empty() ? "" : "  by " + entry.made_by)
            << (entry.reason.empty() ? "" : ": " + entry.reason) << "\n";
}

Json to_json(const HandedInCount& handed_in) {
  return {{"epoch", handed_in.epoch.value},
          {"by", handed_in.by.value},
          {"batches", handed_in.batches},
          {"facts", handed_in.facts},
          {"last", to_iso(handed_in.last)}};
}

void describe(const HandedInCount& handed_in) {
  std::cout << "  " << to_iso(handed_in.last) << "  handed in by terminal " << handed_in.by.value
            << "  epoch " << static_cast<int>(handed_in.epoch.value)
            << "  batches: " << handed_in.batches << ", records that were new: " << handed_in.facts
            << "\n";
}

Json to_json(const LookUpCount& looked_up) {
  return {{"asked", looked_up.asked}, {"found", looked_up.found}};
}

void describe(const LookUpCount& looked_up) {
  std::cout << "  looked up in the last day: " << looked_up.asked << ", found " << looked_up.found
            << "\n";
}

std::vector<Terminal> listed(Database& records, std::uint32_t number) {
  if (number != 0) {
    const auto one = find_terminal(records, TerminalNumber{number});
    return one ? std::vector{*one} : std::vector<Terminal>{};
  }
  std::vector<Terminal> all;
  for (const std::string& store : stores(records))
    for (Terminal& each : terminals_of(records, store)) all.push_back(std::move(each));
  return all;
}

int list_terminals(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const Instant now = clock.now();
  const bool one = options.number != 0;
  const auto all = listed(**records, options.number);
  if (one && all.empty())
    return fail({Failure::not_found, "terminal.unknown", "There is no such terminal",
                 std::to_string(options.number), "`keepsake-central terminals` lists them"});
  Json array = Json::array();
  for (const Terminal& each : all) {
    const auto end = certificate_end(**records, each.number, each.epoch);
    Json entry = to_json(each, end, now);
    if (!arguments.json) describe(each, end, now);
    if (one) {
      entry["trail"] = Json::array();
      for (const TrailEntry& step : trail_of(**records, each.number, trail_listed)) {
        entry["trail"].push_back(to_json(step));
        if (!arguments.json) describe(step);
      }
      entry["handed_in"] = Json::array();
      for (const HandedInCount& day : handed_in_of(**records, each.number, trail_listed)) {
        entry["handed_in"].push_back(to_json(day));
        if (!arguments.json) describe(day);
      }
      const auto looked_up = count_look_ups(**records, each.number, Instant{now.ms - day_ms});
      entry["looked_up_in_a_day"] = to_json(looked_up);
      if (!arguments.json) describe(looked_up);
    }
    array.push_back(std::move(entry));
  }
  if (arguments.json)
    print({{"terminals", array}});
  else if (all.empty())
    std::cout << "No terminal has been enrolled.\n";
  return went_well;
}

int revoke(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const TerminalNumber number{options.number};
  const std::string by = by_whom(options.by);
  const auto revoked = by_centre<Terminal>(
      arguments, clock, [&] { return ask_to_revoke(arguments.data, number, options.reason, by); },
      [&](Centre& centre) { return centre.revocations().revoke(number, options.reason, by); });
  if (!revoked) return fail(revoked.error());
  if (arguments.json) {
    print({{"terminal", number.value},
           {"epoch", revoked->epoch.value},
           {"store", revoked->store},
           {"state", "revoked"}});
  } else {
    std::cout << "Terminal " << number.value << " of store " << revoked->store
              << " is revoked: nothing it sends is taken, and it gets nothing.\n"
                 "Codes of this store that nobody had used yet are void. To let the terminal in "
                 "again, make a new code with\n`keepsake-central enrol-code`: whoever has it can "
                 "enrol, so give it to nobody but the shop.\n";
  }
  return went_well;
}

}  // namespace

void add_terminal_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* list = app.add_subcommand("terminals",
                                  "Lists the terminals: number, epoch, store, state (enrolled, "
                                  "revoked, forked, expired), when\n"
                                  "each was last seen and when its certificate ends; with NUMBER "
                                  "one of them, who let it in\n"
                                  "or shut it out, when and why, what other tills of its store "
                                  "handed in of it, and how many customers\n"
                                  "of other stores it looked up.");
  list->add_option("NUMBER", options->number, "Of one terminal [all]");
  on_command(*list, arguments, action, options, list_terminals);
  auto* out = app.add_subcommand(
      "revoke",
      "Shuts a terminal out, for example a stolen one: from now on it is refused, also on\n"
      "connections that are open. It keeps selling, and says so. A new enrolment code lets it in\n"
      "again under its next epoch. Works while the centre runs.");
  out->add_option("TERMINAL", options->number, "As `terminals` lists it")->required();
  out->add_option("--reason", options->reason, "Why, for the trail")->required()->type_name("TEXT");
  out->add_option("--by", options->by, "Who does it, for the trail [shell:USER]")
      ->type_name("NAME");
  on_command(*out, arguments, action, options, revoke);
}

}  // namespace keepsake::sync::central
