#include "sync/central/publish_settings.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "storage/book/chain_settings.hpp"
#include "storage/domain/chain_settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/publish_run.hpp"
#include "sync/central/publish_scope.hpp"
#include "sync/central/register.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

Result<std::string> text_of(const std::string& file) {
  auto text = read_whole(file, limits::settings_bytes);
  if (text && !is_utf8(*text))
    return Error{Failure::bad_input, "settings.utf8", "The settings file is not UTF-8", file,
                 "Save it as UTF-8"};
  if (text || text.error().kind != Failure::limit) return text;
  return Error{Failure::limit, "settings.size", "The settings file is too large", file,
               "It has a few dozen lines; remove the rest."};
}

struct Difference {
  const ChainSetting* setting = nullptr;
  std::optional<std::string> before, after;  ///< nothing: it is not said
};

std::optional<std::string> said(const ChainWord& word, const ChainSetting& setting) {
  if (!word.names(setting.key)) return std::nullopt;
  return setting.words(word.values);
}

/// Leases are shared by tills of several stores, so no store has rules of its own.
std::vector<Error> of_one_store(const ChainWord& word, const std::string& file) {
  std::vector<Error> mistakes;
  for (const std::string_view key :
       {"offline.lease_percent", "offline.lease_hours", "offline.lease_stores"})
    if (word.names(key))
      mistakes.push_back({Failure::refused, "settings.all-stores",
                          std::string(key) + " is the same for all stores", file,
                          "Leave it out here, and publish it without --store"});
  return mistakes;
}

/// What customers may get in all before head office hears of it.
struct WorstLoss {
  std::int64_t tills = 0;
  RiskBudget budget;
  bool none() const { return budget == RiskBudget{}; }
};

WorstLoss worst_loss(Database& records, const std::vector<std::string>& stores,
                     const RiskBudget& each, Instant now) {
  WorstLoss loss{0, each};
  for (const std::string& store : stores)
    loss.tills += static_cast<std::int64_t>(tills_at_work(records, store, now).size());
  loss.budget.points.hundredths *= loss.tills;
  for (Money& money : loss.budget.money) money.minor *= loss.tills;
  return loss;
}

void describe(const WorstLoss& loss) {
  if (loss.none()) return;
  std::cout
      << "Without a line, " << loss.tills << (loss.tills == 1 ? " till" : " tills together")
      << " may let customers spend " << keepsake::words_of(loss.budget)
      << " that may turn out not to be theirs.\nThat is the most that can be lost before head "
         "office hears of it.\n";
}

Json to_json(const WorstLoss& loss) {
  return {{"tills", loss.tills},
          {"most", loss.none() ? Json(nullptr) : Json(keepsake::words_of(loss.budget))}};
}

std::vector<Difference> differences(const ChainWord& before, const ChainWord& after) {
  std::vector<Difference> found;
  for (const ChainSetting& each : chain_settings()) {
    const bool same =
        before.names(each.key) == after.names(each.key) && each.same(before.values, after.values);
    if (!same) found.push_back({&each, said(before, each), said(after, each)});
  }
  return found;
}

/// Whoever agreed to a text must be able to read it for ever.
std::vector<Error> texts_gone(const ChainWord& before, const ChainWord& after,
                              const std::string& file) {
  std::vector<Error> mistakes;
  for (const ConsentText& seen : before.values.consent_texts) {
    const auto* kept = text_of_version(after.values.consent_texts, seen.purpose, seen.version);
    if (kept == nullptr || kept->text != seen.text)
      mistakes.push_back({Failure::refused, "settings.consent-seen",
                          "The text " + seen.version +
                              (kept ? " has other words now" : " is not there any more") +
                              "; people may have agreed to it",
                          file, "Leave it as it was, and write the new text below it"});
  }
  return mistakes;
}

std::string words_of(const ChainSetting& setting, const std::optional<std::string>& value) {
  if (value) return *value;
  return setting.of_office_alone ? setting.words({}) : "each till decides";
}

Json to_json(const std::string& store, const std::vector<Difference>& changes) {
  Json listed = Json::array();
  for (const Difference& each : changes) {
    Json change = {{"key", each.setting->key}, {"before", nullptr}, {"after", nullptr}};
    if (each.before) change["before"] = *each.before;
    if (each.after) change["after"] = *each.after;
    listed.push_back(std::move(change));
  }
  return {{"store", store}, {"changes", listed}};
}

void describe(const std::string& store, const std::vector<Difference>& changes) {
  std::cout << store << ":" << (changes.empty() ? " as it is\n" : "\n");
  for (const Difference& each : changes) {
    std::cout << "  " << each.setting->key << "  ";
    if (each.before == each.after)  // the words are short; what they stand for is another
      std::cout << words_of(*each.setting, each.after) << ", changed\n";
    else
      std::cout << words_of(*each.setting, each.before) << " -> "
                << words_of(*each.setting, each.after) << "\n";
  }
}

}  // namespace

int publish_settings(const CentreArguments& arguments, const PublishOptions& options,
                     const Clock& clock) {
  const auto text = text_of(options.settings);
  if (!text) return fail(text.error());
  const auto mistakes = chain_settings_mistakes(*text, options.settings);
  if (!mistakes.empty()) return fail(mistakes);
  const ChainWord after = chain_word(*text);
  if (const auto wrong = of_one_store(after, options.settings);
      !options.store.empty() && !wrong.empty())
    return fail(wrong);
  const auto records = open_records(arguments.data);
  if (!records) return fail(records.error());
  const auto stores = stores_of(**records, options.store);
  if (!stores) return fail(stores.error());
  Json seen = {{"stores", Json::array()}};
  bool news = is_for_later(options);
  const auto look_at = [&](const std::string& store) {
    auto changes = differences(chain_word(records::chain_settings(**records, store)), after);
    news = news || !changes.empty();
    return changes;
  };
  for (const std::string& store : *stores) {
    const ChainWord before = chain_word(records::chain_settings(**records, store));
    if (const auto gone = texts_gone(before, after, options.settings); !gone.empty())
      return fail(gone);
  }
  for (const std::string& store : *stores) {
    const auto changes = look_at(store);
    if (arguments.json)
      seen["stores"].push_back(to_json(store, changes));
    else
      describe(store, changes);
  }
  const WorstLoss loss = worst_loss(**records, *stores, after.values.offline.risk, clock.now());
  if (arguments.json)
    seen["risk"] = to_json(loss);
  else
    describe(loss);
  // What is said to every store is said to those that join later, too.
  if (options.store.empty()) static_cast<void>(look_at({}));
  return finish(arguments, options, "settings", std::move(seen), {ChainSettings{*text}}, news,
                clock);
}

}  // namespace keepsake::sync::central
