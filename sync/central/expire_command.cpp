#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/domain/fact.hpp"
#include "storage/domain/values/points.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/expiries.hpp"
#include "sync/central/publish_run.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string store, by;
  bool yes = false;
};

struct Sums {
  Points points;
  Money cards, wallets;
};

Sums sums_of(const PointsExpired& due) {
  Sums sums{{}, {0, due.currency}, {0, due.currency}};
  for (const LotExpiry& each : due.lots) sums.points.hundredths += each.points.hundredths;
  for (const CardExpiry& each : due.cards) sums.cards.minor += each.amount.minor;
  for (const WalletExpiry& each : due.wallets) sums.wallets.minor += each.amount.minor;
  return sums;
}

Json to_json(const StoreExpiry& expiry) {
  const Sums sums = sums_of(expiry.due);
  return {{"store", expiry.store},
          {"as_of", to_iso(expiry.due.as_of)},
          {"lots", expiry.due.lots.size()},
          {"points", to_decimal(sums.points)},
          {"gift_cards", expiry.due.cards.size()},
          {"value", to_decimal(sums.cards)},
          {"wallets", expiry.due.wallets.size()},
          {"wallet_value", to_decimal(sums.wallets)}};
}

void describe(const StoreExpiry& expiry, bool done) {
  const Sums sums = sums_of(expiry.due);
  std::cout << expiry.store << ", as of " << to_iso(expiry.due.as_of) << ": "
            << expiry.due.lots.size() << " lots " << (done ? "expired" : "are due to expire")
            << " with " << to_decimal(sums.points) << " points, " << expiry.due.cards.size()
            << " gift cards with " << to_decimal(sums.cards) << ", " << expiry.due.wallets.size()
            << " wallets with " << to_decimal(sums.wallets) << ".\n";
}

Result<std::int64_t> publish(const CentreArguments& arguments, const StoreExpiry& expiry,
                             const std::string& by, const Clock& clock) {
  return publish_by_centre(
      arguments, {0, "expiry", expiry.store, by, {}, clock.now(), PublicationState::waiting},
      facts_of(expiry), clock);
}

Result<std::vector<StoreExpiry>> due_in(const CentreArguments& arguments, const Options& options,
                                        const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return records.error();
  const Transaction moment(**records);
  return find_expiry(
      **records,
      options.store.empty() ? std::nullopt : std::optional<std::string_view>(options.store),
      clock.now());
}

int expire(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const auto due = due_in(arguments, options, clock);
  if (!due) return fail(due.error());
  Json array = Json::array();
  for (const StoreExpiry& each : *due) {
    if (options.yes)
      if (auto number = publish(arguments, each, by_whom(options.by), clock); !number)
        return fail(number.error());
    array.push_back(to_json(each));
    if (!arguments.json) describe(each, options.yes);
  }
  if (arguments.json)
    print({{"done", options.yes}, {"stores", array}});
  else if (due->empty())
    std::cout << "Nothing is past its last day.\n";
  else if (!options.yes)
    std::cout << "Nothing was changed; add --yes to do it.\n";
  return went_well;
}

}  // namespace

void add_expire_command(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "expire",
      "Lists points, gift cards and wallets past their last day, by each store's own day and\n"
      "programme, and lets them expire with --yes. The running centre does it every hour by "
      "itself,\nunless its clock has jumped: then see what is due here and say yes.");
  command->add_option("--store", options->store, "Of one store [all]")->type_name("NAME");
  command->add_flag("--yes", options->yes, "Do it; without, only list");
  command->add_option("--by", options->by, "Who does it, for the trail [shell:USER]")
      ->type_name("NAME");
  on_command(*command, arguments, action, options, expire);
}

}  // namespace keepsake::sync::central
