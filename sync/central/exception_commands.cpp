#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/domain/fact.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/reports/exceptions.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/exceptions.hpp"
#include "sync/central/publish_run.hpp"
#include "sync/central/publish_scope.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t exceptions_listed = 1000;

struct Options {
  std::string store, which, decision, reason, by;
  bool settled = false;
};

std::optional<std::string_view> store_in(const Options& options) {
  if (options.store.empty()) return std::nullopt;
  return options.store;
}

Result<std::vector<ExceptionView>> read(Database& records, const Options& options, bool settled) {
  // A name that is none would look like a store in which nothing happened.
  if (const auto known = stores_of(records, options.store); !known) return known.error();
  try {
    const Transaction moment(records);
    return settled ? records::settled_exceptions(records, store_in(options), exceptions_listed)
                   : open_exceptions(records, store_in(options), exceptions_listed);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Json to_json(const Lacking& lacking) {
  return std::visit(
      Overloaded{[](std::monostate) { return Json(); },
                 [](Points points) {
                   return Json{{"points", to_decimal(points)}};
                 },
                 [](Money money) {
                   return Json{{"value", to_decimal(money)}, {"currency", money.currency.code()}};
                 }},
      lacking);
}

Json to_json(const Settlement& settlement) {
  Json entry = {{"decision", name_of(settlement.decision)},
                {"by", settlement.staff.empty() ? "head office" : settlement.staff},
                {"at", to_iso(settlement.at.at)},
                {"reason", settlement.reason}};
  if (is_something(settlement.owed)) entry["owed"] = to_json(settlement.owed);
  return entry;
}

Json to_json(const ExceptionView& exception) {
  const ExceptionKind& kind = kind_of_exception(exception.name.code);
  Json entry = {{"store", exception.store},
                {"name", to_text(exception.name)},
                {"terminal", exception.name.fact.terminal().value},
                {"code", exception.name.code},
                {"meaning", kind.meaning},
                {"remedy", kind.remedy},
                {"message", exception.message},
                {"times", exception.times},
                {"at", to_iso(exception.at.at)},
                {"about", name_of(exception.subject)}};
  if (exception.amount)
    entry["amount"] =
        to_decimal(*exception.amount) + " " + std::string(exception.amount->currency.code());
  if (is_something(exception.lacking)) entry["lacking"] = to_json(exception.lacking);
  if (exception.settled) {
    entry["settled"] = to_json(*exception.settled);
    return entry;
  }
  entry["decisions"] = Json::array();
  for (const Decision each : decisions_for(exception)) entry["decisions"].push_back(name_of(each));
  return entry;
}

// Names no person and no goods: who was there is the store's to look up.
void describe(const ExceptionView& exception) {
  const ExceptionKind& kind = kind_of_exception(exception.name.code);
  std::cout << exception.store << "  " << to_text(exception.name) << "  " << kind.meaning;
  if (exception.times > 1) std::cout << " (" << exception.times << " times)";
  std::cout << "\n    ";
  if (exception.subject != ExceptionSubject::other) std::cout << name_of(exception.subject) << " ";
  std::cout << "of " << to_iso(exception.at.at);
  if (exception.amount)
    std::cout << ", " << to_decimal(*exception.amount) << " " << exception.amount->currency.code();
  if (is_something(exception.lacking)) std::cout << ", short by " << to_text(exception.lacking);
  std::cout << "\n    ";
  if (const auto& settled = exception.settled) {
    std::cout << name_of(settled->decision);
    if (is_something(settled->owed)) std::cout << " of " << to_text(settled->owed);
    std::cout << ", by " << (settled->staff.empty() ? "head office" : settled->staff) << " at "
              << to_iso(settled->at.at) << (settled->reason.empty() ? "" : ": " + settled->reason)
              << "\n";
    return;
  }
  if (!exception.message.empty() && exception.subject == ExceptionSubject::other)
    std::cout << exception.message << "\n    ";
  std::cout << kind.remedy << ". Settle as:";
  for (const Decision each : decisions_for(exception)) std::cout << " " << name_of(each);
  std::cout << "\n";
}

int list(const CentreArguments& arguments, const Options& options, const Clock&) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto found = read(**records, options, options.settled);
  if (!found) return fail(found.error());
  if (arguments.json) {
    Json listed = Json::array();
    for (const ExceptionView& each : *found) listed.push_back(to_json(each));
    print({{"exceptions", listed}});
    return went_well;
  }
  for (const ExceptionView& each : *found) describe(each);
  if (found->empty())
    std::cout << (options.settled ? "Nothing was settled yet.\n" : "Nothing to settle.\n");
  else if (found->size() == exceptions_listed)
    std::cout << "The newest " << exceptions_listed << "; there may be older ones.\n";
  return went_well;
}

/// As it stands now: a till may have been faster.
Result<Settlement> settlement_of(Database& records, const ExceptionView& exception) {
  Options of_store;
  of_store.store = exception.store;
  const auto settled = read(records, of_store, true);
  if (!settled) return settled.error();
  const auto found = std::ranges::find(*settled, exception.name, &ExceptionView::name);
  if (found != settled->end()) return *found->settled;
  return Error{Failure::unavailable, "exception.waits", "It is said, and not in force yet",
               to_text(exception.name), "See keepsake-central publications"};
}

int settle_one(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto open = read(**records, options, false);
  if (!open) return fail(open.error());
  const auto settled = read(**records, options, true);
  if (!settled) return fail(settled.error());
  const auto meant = exception_named(*open, *settled, options.which);
  if (!meant) return fail(meant.error());
  const auto decision = parse_decision(options.decision);
  if (!decision) return fail(decision.error());
  const auto fact = settle(*meant, *decision, options.reason, {}, {clock.now(), 0});
  if (!fact) return fail(fact.error());
  Publication publication;
  publication.what = "settled " + to_text(meant->name) + " as " + options.decision;
  publication.store = meant->store;
  publication.made_by = by_whom(options.by);
  publication.at = clock.now();
  if (const auto said = publish_by_centre(arguments, publication, {*fact}, clock); !said)
    return fail(said.error());
  const auto stands = settlement_of(**records, *meant);
  if (!stands) return fail(stands.error());
  if (*stands != Settlement{stands->fact, fact->decision, fact->owed, fact->reason, {}, fact->at})
    return fail({Failure::refused, "exception.settled", "Somebody else has just settled it",
                 to_text(meant->name), "See keepsake-central exceptions --settled"});
  if (arguments.json) {
    print(
        {{"store", meant->store}, {"name", to_text(meant->name)}, {"decision", options.decision}});
    return went_well;
  }
  std::cout << to_text(meant->name) << " is settled: " << options.decision;
  if (is_something(fact->owed)) std::cout << " of " << to_text(fact->owed);
  std::cout << ". The tills of " << meant->store << " hear of it when they are next on line.\n";
  return went_well;
}

}  // namespace

void add_exception_commands(CLI::App& app, const CentreArguments& arguments,
                            CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* all = app.add_subcommand(
      "exceptions",
      "Lists what contradicted what else was known and nobody has settled yet, newest first.");
  all->add_option("--store", options->store, "Of this store only [all]")->type_name("NAME");
  all->add_flag("--settled", options->settled, "What was settled, by whom and when");
  on_command(*all, arguments, action, options, list);
  auto* one = app.add_subcommand(
      "settle",
      "Says what follows from an exception; gone from the store's tills, too. Works while the\n"
      "centre runs. It cannot be taken back.");
  one->add_option("NAME", options->which, "As `exceptions` lists it")->required();
  one->add_option("--as", options->decision,
                  "absorb: the shop bears it; debt: the customer owes it; noted: seen")
      ->required()
      ->check(CLI::IsMember({"absorb", "debt", "noted"}));
  one->add_option("--reason", options->reason, "Why, for the manager at the till")
      ->type_name("TEXT");
  one->add_option("--store", options->store, "Where two stores have one of this name")
      ->type_name("NAME");
  one->add_option("--by", options->by, "Who does it, for the trail [shell:USER]")
      ->type_name("NAME");
  on_command(*one, arguments, action, options, settle_one);
}

}  // namespace keepsake::sync::central
