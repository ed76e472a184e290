#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/rules_changes.hpp"
#include "storage/exchange/catalogue_changes.hpp"
#include "storage/exchange/catalogue_source.hpp"
#include "storage/exchange/programme_files.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/sales/articles.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/control.hpp"
#include "sync/central/publish_run.hpp"
#include "sync/central/publish_scope.hpp"
#include "sync/central/publish_settings.hpp"
#include "sync/central/publish_staff.hpp"
#include "sync/central/register.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t changes_listed = 20;
constexpr std::size_t publications_listed = 200;

KnownArticles articles_of(Database& records, const std::string& store) {
  return {[&records, store](std::string_view code) -> Result<std::optional<Article>> {
            return records::article_by_code(records, store, code);
          },
          [&records, store](const Gtin& gtin) -> Result<std::optional<Article>> {
            return records::article_by_gtin(records, store, gtin);
          },
          [&records, store](std::string_view code) -> Result<std::optional<Article>> {
            return records::article_by_more_code(records, store, code);
          }};
}

/// What would come of it in one store.
struct StoreChanges {
  std::string store;
  CatalogueChanges catalogue;
};

std::string price_of(const Article& article, Currency currency) {
  return to_decimal(article.price, currency);
}

Json to_json(const StoreChanges& store, Currency currency) {
  Json changes = Json::array();
  for (const ArticleChange& each : store.catalogue.changes) {
    Json change = {{"code", each.after.code},
                   {"name", each.after.name},
                   {"price", price_of(each.after, currency)}};
    if (each.before) change["before"] = price_of(*each.before, currency);
    changes.push_back(std::move(change));
  }
  return {{"store", store.store},
          {"added", store.catalogue.added},
          {"changed", store.catalogue.changed},
          {"unchanged", store.catalogue.unchanged},
          {"changes", changes}};
}

void describe(const StoreChanges& store, Currency currency) {
  std::cout << store.store << ": " << store.catalogue.added << " articles added, "
            << store.catalogue.changed << " changed, " << store.catalogue.unchanged
            << " as they were\n";
  std::size_t listed = 0;
  for (const ArticleChange& each : store.catalogue.changes) {
    if (++listed > changes_listed) {
      std::cout << "  and " << store.catalogue.changes.size() - changes_listed
                << " more; --json lists all\n";
      return;
    }
    std::cout << "  " << each.after.code << "  " << each.after.name << "  ";
    if (each.before && each.before->price != each.after.price)
      std::cout << price_of(*each.before, currency) << " -> ";
    std::cout << price_of(each.after, currency) << " " << currency.code()
              << (each.before ? "\n" : "  new\n");
  }
}

std::vector<Article> all_of(const Catalogue& catalogue) {
  std::vector<Article> articles;
  for (const CatalogueEntry& entry : catalogue.entries) articles.push_back(entry.article);
  return articles;
}

/// What any of the stores, or head office's own list, lacks; in the order of the file.
std::vector<Article> lacking(const Catalogue& catalogue, const std::vector<StoreChanges>& all,
                             const CatalogueChanges& own) {
  std::set<std::string_view> codes;
  for (const StoreChanges& each : all)
    for (const ArticleChange& change : each.catalogue.changes) codes.insert(change.after.code);
  for (const ArticleChange& change : own.changes) codes.insert(change.after.code);
  std::vector<Article> articles;
  for (const CatalogueEntry& entry : catalogue.entries)
    if (codes.contains(entry.article.code)) articles.push_back(entry.article);
  return articles;
}

Result<std::vector<StoreChanges>> changes_in(Database& records, const Scope& scope,
                                             const Catalogue& catalogue,
                                             std::vector<Error>& mistakes) {
  std::vector<StoreChanges> all;
  for (const std::string& store : scope.stores) {
    const KnownArticles known = articles_of(records, store);
    auto taken = taken_codes(known, catalogue);
    if (!taken) return taken.error();
    for (Error& each : *taken) {
      each.what += " in " + store;
      mistakes.push_back(std::move(each));
    }
    auto changes = changes_of(known, catalogue);
    if (!changes) return changes.error();
    all.push_back({store, std::move(*changes)});
  }
  return all;
}

int publish_catalogue(const CentreArguments& arguments, const PublishOptions& options,
                      const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto scope = scope_of(**records, options.store);
  if (!scope) return fail(scope.error());
  const auto currency = currency_for(*scope, options.currency);
  if (!currency) return fail(currency.error());
  std::vector<Error> mistakes;
  const auto catalogue = read_catalogue(options.catalogue, *currency, mistakes);
  if (!mistakes.empty()) return fail(mistakes);
  if (!catalogue) return fail(catalogue.error());
  if (!catalogue->mistakes.empty()) return fail(catalogue->mistakes);
  const auto all = changes_in(**records, *scope, *catalogue, mistakes);
  if (!all) return fail(all.error());
  if (!mistakes.empty()) return fail(mistakes);
  // What is said to every store is said to those that join later, too.
  Result<CatalogueChanges> own = CatalogueChanges{};
  if (options.store.empty()) own = changes_of(articles_of(**records, ""), *catalogue);
  if (!own) return fail(own.error());

  warn(catalogue->warnings);
  Json seen = {{"warnings", central::to_json(catalogue->warnings)}, {"stores", Json::array()}};
  for (const StoreChanges& each : *all) {
    if (arguments.json)
      seen["stores"].push_back(to_json(each, *currency));
    else
      describe(each, *currency);
  }
  const auto facts =
      in_facts(is_for_later(options) ? all_of(*catalogue) : lacking(*catalogue, *all, *own));
  return finish(arguments, options, "catalogue", std::move(seen), facts, !facts.empty(), clock);
}

std::string_view word_of(loyalty::RulesChange::How how) {
  switch (how) {
    case loyalty::RulesChange::How::added:
      return "added";
    case loyalty::RulesChange::How::removed:
      return "removed";
    case loyalty::RulesChange::How::changed:
      break;
  }
  return "changed";
}

/// The rules in force there, and how the new ones differ. false: they are the same.
Result<bool> show_rules(Database& records, const std::string& store, const loyalty::Rules& after,
                        bool as_json, Json& seen) {
  const Programme before = records::newest_programme(records, store);
  const auto rules = rules_of(before);
  if (!rules) return rules.error();
  const auto changes = before.version == 0 ? changes_between(loyalty::Rules{}, after)
                                           : changes_between(*rules, after);
  if (as_json) {
    Json listed = Json::array();
    for (const auto& each : changes)
      listed.push_back({{"how", word_of(each.how)}, {"what", each.what}, {"id", each.id}});
    seen["stores"].push_back({{"store", store}, {"version", before.version}, {"changes", listed}});
    return !changes.empty();
  }
  std::cout << store << ": "
            << (before.version == 0
                    ? std::string("no programme yet")
                    : "version " + std::to_string(before.version) + ", " + before.name)
            << (changes.empty() ? ", as it is\n" : "\n");
  for (const auto& each : changes)
    std::cout << "  " << word_of(each.how) << "  " << each.what << " " << each.id << "\n";
  return !changes.empty();
}

int publish_programme(const CentreArguments& arguments, const PublishOptions& options,
                      const Clock& clock) {
  const auto file = read_programme(options.programme);
  if (!file) return fail(file.error());
  if (!file->mistakes.empty()) return fail(file->mistakes);
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto scope = scope_of(**records, options.store);
  if (!scope) return fail(scope.error());
  if (scope->currency && *scope->currency != file->programme.currency) {
    return fail({Failure::bad_input, "programme.currency",
                 "The programme is in " + std::string(file->programme.currency.code()) +
                     ", the stores in " + std::string(scope->currency->code()),
                 options.programme.front(), "Write the stores' currency, or give --store NAME"});
  }
  warn(file->warnings);
  Json seen = {{"warnings", central::to_json(file->warnings)}, {"stores", Json::array()}};
  bool news = is_for_later(options);
  for (const std::string& store : scope->stores) {
    const auto differs = show_rules(**records, store, file->rules, arguments.json, seen);
    if (!differs) return fail(differs.error());
    news = news || *differs;
  }
  if (options.store.empty()) {
    const Programme own = records::newest_programme(**records, "");
    const auto rules = rules_of(own);
    news = news || own.version == 0 || !rules || !(*rules == file->rules);
  }
  std::vector<Fact> facts;
  if (news) facts.emplace_back(file->programme);
  return finish(arguments, options, "programme", std::move(seen), facts, news, clock);
}

std::string_view word_of(PublicationState state) {
  switch (state) {
    case PublicationState::waiting:
      return "waiting";
    case PublicationState::in_force:
      return "in force";
    case PublicationState::withdrawn:
      break;
  }
  return "withdrawn";
}

int list_publications(const CentreArguments& arguments, const PublishOptions&, const Clock&) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto all = publications(**records, publications_listed);
  Json listed = Json::array();
  for (const Publication& each : all) {
    if (!arguments.json) {
      std::cout << each.number << "  " << each.what << "  "
                << (each.store.empty() ? "every store" : each.store) << "  " << word_of(each.state)
                << "  from " << to_iso(each.at) << "  by " << each.made_by << " at "
                << to_iso(each.made);
      if (each.withdrawn)
        std::cout << ", withdrawn by " << each.withdrawn_by << " at " << to_iso(*each.withdrawn);
      std::cout << "\n";
      continue;
    }
    Json entry = {{"number", each.number},    {"what", each.what},
                  {"store", each.store},      {"state", word_of(each.state)},
                  {"at", to_iso(each.at)},    {"made_by", each.made_by},
                  {"made", to_iso(each.made)}};
    if (each.withdrawn) {
      entry["withdrawn_by"] = each.withdrawn_by;
      entry["withdrawn"] = to_iso(*each.withdrawn);
    }
    listed.push_back(std::move(entry));
  }
  if (arguments.json)
    print({{"publications", listed}});
  else if (all.empty())
    std::cout << "Nothing has been published.\n";
  return went_well;
}

int withdraw(const CentreArguments& arguments, const PublishOptions& options, const Clock& clock) {
  const std::string by = by_whom(options.by);
  const auto gone = by_centre<Done>(
      arguments, clock, [&] { return ask_to_withdraw(arguments.data, options.number, by); },
      [&](Centre& centre) { return centre.publishing().withdraw(options.number, by); });
  if (!gone) return fail(gone.error());
  if (arguments.json)
    print({{"number", options.number}, {"state", word_of(PublicationState::withdrawn)}});
  else
    std::cout << "Withdrawn.\n";
  return went_well;
}

void add_publish_options(CLI::App& command, PublishOptions& options) {
  command.add_option("--store", options.store, "For this store only [every store, and new ones]")
      ->type_name("NAME");
  command
      .add_option("--at", options.at,
                  "In force from then on, such as 2026-12-01T06:00+01:00 [at once]")
      ->type_name("TIME");
  command.add_option("--by", options.by, "Who publishes it, for the trail [shell:USER]")
      ->type_name("NAME");
  command.add_flag("--yes", options.yes, "Do it; without, only show what it would change");
}

}  // namespace

void add_publish_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<PublishOptions>();
  auto* all = app.add_subcommand(
      "publish",
      "Says to the stores what they sell and how they thank; works while the centre runs");
  all->require_subcommand(1);
  auto* catalogue =
      all->add_subcommand("catalogue",
                          "Articles and prices from a CSV file (storage/exchange/CATALOGUE.md). "
                          "Shows what would change\n"
                          "in each store. Articles that the file does not name stay.");
  catalogue->add_option("FILE", options->catalogue.file, "CSV file, plain or packed with xz")
      ->required();
  catalogue->add_option("--map", options->catalogue.map, "Describes another system's columns")
      ->type_name("MAP.toml");
  catalogue->add_option("--encoding", options->catalogue.encoding, "Of the file [utf-8]")
      ->type_name("NAME");
  catalogue->add_option("--currency", options->currency, "Of the prices [the stores']")
      ->type_name("CODE");
  add_publish_options(*catalogue, *options);
  on_command(*catalogue, arguments, action, options, publish_catalogue);
  auto* programme = all->add_subcommand("programme",
                                        "The loyalty rules from a file, or several "
                                        "(storage/programme/PROGRAMME.md). Shows what would\n"
                                        "change in each store.");
  programme->add_option("FILE", options->programme, "Programme file (TOML)")->required();
  add_publish_options(*programme, *options);
  on_command(*programme, arguments, action, options, publish_programme);
  auto* staff = all->add_subcommand(
      "staff",
      "Who works at the tills, from a CSV file (sync/central/CENTRAL.md). Shows what would\n"
      "change in each store. People whom the file does not name stay.");
  staff->add_option("FILE", options->staff, "CSV file: id, name, role, pin")->required();
  staff->add_option("--encoding", options->staff_encoding, "Of the file [utf-8]")
      ->type_name("NAME");
  add_publish_options(*staff, *options);
  on_command(*staff, arguments, action, options, publish_staff);
  auto* settings = all->add_subcommand(
      "settings",
      "Settings of the tills that head office decides, from a file (storage/book/SETTINGS.md). "
      "Shows\n"
      "what would change in each store. What the file does not name each till decides.");
  settings->add_option("FILE", options->settings, "Settings file (TOML)")->required();
  add_publish_options(*settings, *options);
  on_command(*settings, arguments, action, options, publish_settings);
  auto* list = app.add_subcommand("publications",
                                  "Lists what was published, by whom and from when, newest first");
  on_command(*list, arguments, action, options, list_publications);
  auto* back = app.add_subcommand("withdraw",
                                  "Takes back a publication that is not in force yet; works while\n"
                                  "the centre runs");
  back->add_option("NUMBER", options->number, "As `publications` lists it")->required();
  back->add_option("--by", options->by, "Who withdraws it, for the trail [shell:USER]")
      ->type_name("NAME");
  on_command(*back, arguments, action, options, withdraw);
}

}  // namespace keepsake::sync::central
