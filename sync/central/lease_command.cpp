#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/centre.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/reservation_log.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string store;
};

/// In points, or in the currency's own units.
std::string amount_of(const LeaseSum& sum) {
  const auto currency = Currency::parse(sum.unit);
  return currency ? to_decimal(Money{sum.left, *currency}) + " " + sum.unit
                  : to_decimal(Points{sum.left});
}

int leases(const CentreArguments& arguments, const Options& options, const Clock&) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto sums = lease_sums(**records, options.store);
  if (arguments.json) {
    Json array = Json::array();
    for (const LeaseSum& each : sums)
      array.push_back({{"store", each.store},
                       {"terminal", each.terminal.value},
                       {"till", each.till},
                       {"kind", each.kind},
                       {"unit", each.unit},
                       {"leases", each.leases},
                       {"left", amount_of(each)},
                       {"until", to_iso(each.until)}});
    print({{"leases", array}});
    return went_well;
  }
  if (sums.empty()) std::cout << "Nothing is leased to any till.\n";
  for (const LeaseSum& each : sums)
    std::cout << each.store << ", till " << each.till << " (terminal " << each.terminal.value
              << "), " << each.kind << ": " << each.leases
              << (each.leases == 1 ? " lease, " : " leases, ") << amount_of(each)
              << " left, good until " << to_iso(each.until) << ".\n";
  return went_well;
}

}  // namespace

void add_lease_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "leases",
      "Lists what tills may spend without a line: how many leases each has, and what is left of\n"
      "them. They go on as long as the till is reached, and end a day after it was last, or when "
      "the\n"
      "settings say ([offline]). risk: what a till may let customers spend without any lease.");
  command->add_option("--store", options->store, "Of one store [all]")->type_name("NAME");
  on_command(*command, arguments, action, options, leases);
}

}  // namespace keepsake::sync::central
