#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/sales/article_requests.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/publish_run.hpp"
#include "sync/central/publish_scope.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t requests_listed = 500;

struct RequestOptions {
  std::int64_t number = 0;
  std::string store, reason, by;
  std::string matter, answer;  ///< of `allow`
  bool all = false;
};

std::string_view word_of(RequestState state) {
  switch (state) {
    case RequestState::waiting:
      return "waiting";
    case RequestState::accepted:
      return "accepted";
    case RequestState::refused:
      return "refused";
    case RequestState::overtaken:
      return "overtaken";
    case RequestState::settled:
      break;
  }
  return "its own word";
}

/// "129.00 NOK"; where nothing tells the store's currency, minor units.
std::string price_of(UnitPrice price, const std::optional<Currency>& currency) {
  if (!currency) return std::to_string(price.milli_minor / 1000) + " minor units";
  return to_decimal(price, *currency) + " " + std::string(currency->code());
}

Json to_json(const ArticleRequest& request, const std::optional<Currency>& currency) {
  Json entry = {{"number", request.number},
                {"store", request.store},
                {"what", request.former ? "price" : "new article"},
                {"code", request.code},
                {"name", request.name},
                {"price", price_of(request.price, currency)}};
  if (request.former) entry["former"] = price_of(*request.former, currency);
  entry["state"] = word_of(request.state);
  entry["by"] = request.staff;
  entry["at"] = to_iso(request.at.at);
  if (!request.reason.empty()) entry["reason"] = request.reason;
  return entry;
}

void describe(const ArticleRequest& request, const std::optional<Currency>& currency) {
  std::cout << request.number << "  " << request.store << "  " << request.code << "  "
            << request.name << "  ";
  if (request.former)
    std::cout << price_of(*request.former, currency) << " -> ";
  else
    std::cout << "new, ";
  std::cout << price_of(request.price, currency) << "  by " << request.staff << " at "
            << to_iso(request.at.at) << "  " << word_of(request.state)
            << (request.reason.empty() ? "" : ": " + request.reason) << "\n";
}

int list_requests(const CentreArguments& arguments, const RequestOptions& options, const Clock&) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  // A name that is none would look like a store that asks for nothing.
  if (const auto known = stores_of(**records, options.store); !known) return fail(known.error());
  std::optional<std::string_view> store;
  if (!options.store.empty()) store = options.store;
  const auto wanted = options.all ? records::Wanted::all : records::Wanted::waiting;
  std::map<std::string, std::optional<Currency>> currencies;
  Json listed = Json::array();
  const auto all = records::article_requests(**records, store, wanted, requests_listed);
  for (const ArticleRequest& each : all) {
    const auto [currency, fresh] = currencies.try_emplace(each.store);
    if (fresh) currency->second = records::currency(**records, each.store);
    if (arguments.json)
      listed.push_back(to_json(each, currency->second));
    else
      describe(each, currency->second);
  }
  if (arguments.json)
    print({{"requests", listed}});
  else if (all.empty())
    std::cout << (options.all ? "No store has asked for anything.\n" : "Nothing waits.\n");
  return went_well;
}

/// As a publication, so that the trail tells who said it and when.
Result<std::int64_t> say(const CentreArguments& arguments, const std::string& what,
                         const std::string& store, decltype(CatalogueRequest::step) step,
                         const std::string& by, const Clock& clock) {
  Publication publication;
  publication.what = what;
  publication.store = store;
  publication.made_by = by_whom(by);
  publication.at = clock.now();
  return publish_by_centre(arguments, publication,
                           {CatalogueRequest{std::move(step), {}, {clock.now(), 0}}}, clock);
}

/// The request that can be answered. Failure::not_found "request.unknown", ::refused
/// "request.answered".
Result<ArticleRequest> waiting_request(Database& records, std::int64_t number) {
  auto request = records::article_request(records, number);
  if (!request)
    return Error{Failure::not_found, "request.unknown", "There is no such request",
                 std::to_string(number), "`keepsake-central requests` lists them"};
  if (request->state != RequestState::waiting)
    return Error{Failure::refused, "request.answered",
                 "It does not wait any more: " + std::string(word_of(request->state)),
                 std::to_string(number), "Publish what shall hold instead"};
  return *std::move(request);
}

int answer(const CentreArguments& arguments, const RequestOptions& options, Ruling ruling,
           const Clock& clock) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto request = waiting_request(**records, options.number);
  if (!request) return fail(request.error());
  const bool accepted = ruling == Ruling::accepted;
  const auto said =
      say(arguments,
          (accepted ? "accepted request " : "refused request ") + std::to_string(options.number),
          request->store, RequestAnswer{request->fact, ruling, options.reason}, options.by, clock);
  if (!said) return fail(said.error());
  if (arguments.json) {
    print({{"number", options.number},
           {"store", request->store},
           {"state", accepted ? "accepted" : "refused"}});
    return went_well;
  }
  const auto currency = records::currency(**records, request->store);
  if (accepted)
    std::cout << "Accepted: " << request->name << " stays at " << price_of(request->price, currency)
              << " in " << request->store << ".\n";
  else if (request->former)
    std::cout << "Refused: " << request->name << " costs " << price_of(*request->former, currency)
              << " in " << request->store
              << " again, unless somebody there changed it once more; tills hear of it when they "
                 "are next on line.\n";
  else
    std::cout << "Refused: " << request->store << " does not sell " << request->name
              << " any more; tills hear of it when they are next on line.\n";
  return went_well;
}

int accept(const CentreArguments& arguments, const RequestOptions& options, const Clock& clock) {
  return answer(arguments, options, Ruling::accepted, clock);
}

int refuse(const CentreArguments& arguments, const RequestOptions& options, const Clock& clock) {
  return answer(arguments, options, Ruling::refused, clock);
}

std::string_view yes_or_no(bool given) { return given ? "yes" : "no"; }

Json to_json(const std::string& store, const Allowance& allowance) {
  return {{"store", store}, {"prices", allowance.prices}, {"articles", allowance.new_articles}};
}

int show_allowance(const CentreArguments& arguments, const RequestOptions& options) {
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto stores = stores_of(**records, options.store);
  if (!stores) return fail(stores.error());
  Json listed = Json::array();
  for (const std::string& store : *stores) {
    const Allowance allowance = records::allowance(**records, store);
    listed.push_back(to_json(store, allowance));
    if (!arguments.json)
      std::cout << store << ": prices " << yes_or_no(allowance.prices) << ", new articles "
                << yes_or_no(allowance.new_articles) << "\n";
  }
  if (arguments.json) print({{"stores", listed}});
  return went_well;
}

int allow(const CentreArguments& arguments, const RequestOptions& options, const Clock& clock) {
  if (options.matter.empty()) return show_allowance(arguments, options);
  if (options.answer.empty())
    return fail({Failure::bad_input, "usage.answer", "Nothing is said of it", options.matter,
                 "Add yes or no"});
  const Permission permission{options.matter == "prices" ? Matter::prices : Matter::new_articles,
                              options.answer == "yes"};
  const auto said = say(arguments, "allow " + options.matter + " " + options.answer, options.store,
                        permission, options.by, clock);
  if (!said) return fail(said.error());
  return show_allowance(arguments, options);
}

void add_by(CLI::App& command, RequestOptions& options) {
  command.add_option("--by", options.by, "Who does it, for the trail [shell:USER]")
      ->type_name("NAME");
}

}  // namespace

void add_request_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<RequestOptions>();
  auto* list = app.add_subcommand(
      "requests",
      "Lists what managers changed at tills and nobody has answered yet: prices and new articles,\n"
      "newest first.");
  list->add_option("--store", options->store, "Of this store only [all]")->type_name("NAME");
  list->add_flag("--all", options->all, "Also those that were answered");
  on_command(*list, arguments, action, options, list_requests);
  auto* yes = app.add_subcommand(
      "accept",
      "Leaves a store the price or the article that it asked for; works while the centre\n"
      "runs");
  yes->add_option("NUMBER", options->number, "As `requests` lists it")->required();
  add_by(*yes, *options);
  on_command(*yes, arguments, action, options, accept);
  auto* no = app.add_subcommand(
      "refuse",
      "Puts back what was in force in the store before it asked; works while the centre runs");
  no->add_option("NUMBER", options->number, "As `requests` lists it")->required();
  no->add_option("--reason", options->reason, "Why, for the manager at the till")
      ->required()
      ->type_name("TEXT");
  add_by(*no, *options);
  on_command(*no, arguments, action, options, refuse);
  auto* rule = app.add_subcommand(
      "allow",
      "What managers may change by themselves: `allow prices no` keeps prices to head office, in\n"
      "every store or in one; `allow` alone shows it. At first everything is allowed.");
  rule->add_option("WHAT", options->matter, "prices, or articles (new ones)")
      ->check(CLI::IsMember({"prices", "articles"}));
  rule->add_option("ANSWER", options->answer, "yes or no")->check(CLI::IsMember({"yes", "no"}));
  rule->add_option("--store", options->store, "In this store only [every store, and new ones]")
      ->type_name("NAME");
  add_by(*rule, *options);
  on_command(*rule, arguments, action, options, allow);
}

}  // namespace keepsake::sync::central
