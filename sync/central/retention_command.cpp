#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/domain/fact.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/publish_run.hpp"
#include "sync/central/publish_scope.hpp"
#include "sync/central/retention.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string store, by;
  bool yes = false;
};

// Counts, never who: this is a shell, and head office needs no names for it.
Json to_json(const StoreRetention& store) {
  return {{"store", store.store},
          {"as_of", to_iso(store.today)},
          {"customers_inactive_months", store.months},
          {"customers", store.due.size()}};
}

void describe(const StoreRetention& store, bool done) {
  std::cout << store.store << ", as of " << to_iso(store.today) << ": " << store.due.size()
            << " customers " << (done ? "erased" : "are due to be erased");
  if (store.months == 0)
    std::cout << "; nobody for being idle: publish settings with customers_inactive_months.\n";
  else
    std::cout << ", idle for " << store.months << " months.\n";
}

Result<Done> publish(const CentreArguments& arguments, const StoreRetention& store,
                     const std::string& by, const Clock& clock) {
  for (const auto& facts : publications_of(store)) {
    const auto number = publish_by_centre(
        arguments, {0, "retention", store.store, by, {}, clock.now(), PublicationState::waiting},
        facts, clock);
    if (!number) return number.error();
  }
  return Done{};
}

Result<std::vector<StoreRetention>> due_in(const CentreArguments& arguments, const Options& options,
                                           const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return records.error();
  const Transaction moment(**records);
  // A name that is none would look like a store where nobody is due.
  if (const auto known = stores_of(**records, options.store); !known) return known.error();
  return find_idle(
      **records,
      options.store.empty() ? std::nullopt : std::optional<std::string_view>(options.store),
      clock.now());
}

int run(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const auto due = due_in(arguments, options, clock);
  if (!due) return fail(due.error());
  Json array = Json::array();
  std::size_t customers = 0;
  for (const StoreRetention& each : *due) {
    customers += each.due.size();
    if (options.yes)
      if (auto done = publish(arguments, each, by_whom(options.by), clock); !done)
        return fail(done.error());
    array.push_back(to_json(each));
    if (!arguments.json) describe(each, options.yes);
  }
  if (arguments.json)
    print({{"done", options.yes}, {"stores", array}});
  else if (customers > 0 && !options.yes)
    std::cout << "Nothing was changed; add --yes to do it.\n";
  return went_well;
}

}  // namespace

void add_retention_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "retention",
      "Counts customers who gave no sign of life in any store for as long as the settings of the\n"
      "store that enrolled them say, and erases them with --yes. Whoever has points, money in the\n"
      "wallet, a debt or running cover stays. The running centre does it once a day, unless its\n"
      "clock has jumped or more than 200 of one store are due: then see it here and say yes.");
  command->add_option("--store", options->store, "Enrolled by this store [all]")->type_name("NAME");
  command->add_flag("--yes", options->yes, "Do it; without, only count");
  command->add_option("--by", options->by, "Who does it, for the trail [shell:USER]")
      ->type_name("NAME");
  on_command(*command, arguments, action, options, run);
}

}  // namespace keepsake::sync::central
