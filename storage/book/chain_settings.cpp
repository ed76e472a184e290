#include "storage/book/chain_settings.hpp"

#include <algorithm>

#include "storage/book/settings_parts.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/toml/table_reader.hpp"

namespace keepsake {

namespace {

ChainPart part_of(Settings& settings) {
  return {settings.retention, settings.stored_value, settings.customer_fields,
          settings.consent_texts, settings.statutory_covers};
}

std::string words_of(const GiftCardForm& form) {
  std::string words = form.prefix.empty() ? "no prefix" : "prefix " + form.prefix;
  if (form.length > 0) words += ", length " + std::to_string(form.length);
  return words + (form.check == GiftCardForm::Check::luhn ? ", luhn" : ", no check digit");
}

template <class Range, class Name>
std::string listed(const Range& range, Name name) {
  std::string words;
  for (const auto& each : range) words += (words.empty() ? "" : ", ") + std::string(name(each));
  return words.empty() ? "none" : words;
}

/// Head office's first; as many as there may be.
void put_fields(const Settings& from, Settings& into) {
  std::vector<CustomerField> fields = from.customer_fields;
  for (CustomerField& each : into.customer_fields)
    if (fields.size() < limits::customer_fields &&
        std::ranges::find(fields, each.key, &CustomerField::key) == fields.end())
      fields.push_back(std::move(each));
  into.customer_fields = std::move(fields);
}

/// Head office's last, because the last of a purpose is the one that is shown; whoever agreed to a text
/// of the till's own can still read it.
void put_texts(const Settings& from, Settings& into) {
  std::erase_if(into.consent_texts, [&](const ConsentText& each) {
    return text_of_version(from.consent_texts, each.purpose, each.version) != nullptr;
  });
  into.consent_texts.insert(into.consent_texts.end(), from.consent_texts.begin(),
                            from.consent_texts.end());
}

/// Head office's word for a country, and a till's own for the others.
void put_covers(const Settings& from, Settings& into) {
  std::vector<StatutoryCover> covers = from.statutory_covers;
  for (StatutoryCover& each : into.statutory_covers)
    if (covers.size() < limits::statutory_covers &&
        std::ranges::find(covers, each.country, &StatutoryCover::country) == covers.end())
      covers.push_back(std::move(each));
  into.statutory_covers = std::move(covers);
}

/// `Get` gives the number in settings.
template <class Get>
ChainSetting number(std::string_view key, Get, bool of_office_alone = false) {
  return {key,
          [](const Settings& one, const Settings& other) { return Get{}(one) == Get{}(other); },
          [](const Settings& from, Settings& into) { Get{}(into) = Get{}(from); },
          [](const Settings& of) { return std::to_string(Get{}(of)); }, of_office_alone};
}

const ChainSetting all[] = {
    number(
        "gift_card_months", [](auto& of) -> auto& { return of.stored_value.gift_card_months; }),
    number(
        "wallet_months", [](auto& of) -> auto& { return of.stored_value.wallet_months; }),
    {"gift_card_number",
     [](const Settings& one, const Settings& other) {
       return one.stored_value.form == other.stored_value.form;
     },
     [](const Settings& from, Settings& into) { into.stored_value.form = from.stored_value.form; },
     [](const Settings& of) { return words_of(of.stored_value.form); }},
    number(
        "retention.customers_inactive_months",
        [](auto& of) -> auto& { return of.retention.customers_inactive_months; }),
    number(
        "retention.audit_days", [](auto& of) -> auto& { return of.retention.audit_days; }),
    number(
        "retention.return_days",
        [](auto& of) -> auto& { return of.retention.keeping.return_days; }),
    number(
        "retention.bookkeeping_years",
        [](auto& of) -> auto& { return of.retention.keeping.bookkeeping_years; }),
    number(
        "offline.lease_percent", [](auto& of) -> auto& { return of.offline.lease_percent; }, true),
    number(
        "offline.lease_hours", [](auto& of) -> auto& { return of.offline.lease_hours; }, true),
    number(
        "offline.lease_stores", [](auto& of) -> auto& { return of.offline.lease_stores; }, true),
    {"offline.risk",
     [](const Settings& one, const Settings& other) {
       return one.offline.risk == other.offline.risk;
     },
     [](const Settings& from, Settings& into) { into.offline.risk = from.offline.risk; },
     [](const Settings& of) { return words_of(of.offline.risk); }, true},
    number(
        "customers.idle_days", [](auto& of) -> auto& { return of.dormancy.idle_days; }, true),
    number(
        "customers.looked_up_days", [](auto& of) -> auto& { return of.dormancy.looked_up_days; },
        true),
    number(
        "customers.most", [](auto& of) -> auto& { return of.dormancy.most; }, true),
    {"customer_field",
     [](const Settings& one, const Settings& other) {
       return one.customer_fields == other.customer_fields;
     },
     put_fields,
     [](const Settings& of) {
       return listed(of.customer_fields, [](const CustomerField& each) { return each.key; });
     }},
    {"statutory_cover",
     [](const Settings& one, const Settings& other) {
       return one.statutory_covers == other.statutory_covers;
     },
     put_covers,
     [](const Settings& of) {
       return listed(of.statutory_covers, [](const StatutoryCover& each) {
         return each.country + ' ' + to_text(each.period);
       });
     }},
    {"consent",
     [](const Settings& one, const Settings& other) {
       return one.consent_texts == other.consent_texts;
     },
     put_texts,
     [](const Settings& of) {
       return listed(of.consent_texts, [](const ConsentText& each) { return each.version; });
     }},
};

/// Of keepsake.toml, and of each till's own.
constexpr std::string_view own_keys[] = {
    "shop",      "currency", "time_zone",      "calling_code", "country",         "cash_step_minor",
    "px_per_mm", "printer",  "scanner_layout", "paper_mm",     "printer_columns", "receipt_lines"};

std::string_view table_of(std::string_view key) { return key.substr(0, key.find('.')); }

bool is_there(const toml::table& root, std::string_view key) {
  return static_cast<bool>(root.at_path(key));
}

/// One key of the file, with what is below it. Nothing of it counts where any of it cannot be read.
void read_one(const toml::table& root, std::string_view top, ChainWord& word) {
  const toml::node* node = root.get(top);
  if (node == nullptr) return;
  toml::table alone;
  node->visit([&](const auto& each) { alone.insert(top, each); });
  Mistakes mistakes(std::string(), "settings");
  TableReader reader(alone, {}, {}, mistakes);
  Settings values;
  read_chain_part(reader, part_of(values));
  read_offline(reader, values.offline);
  read_dormancy(reader, values.dormancy);
  if (!mistakes.none()) return;
  for (const ChainSetting& each : all) {
    if (table_of(each.key) != top || !is_there(root, each.key)) continue;
    each.put(values, word.values);
    word.named.push_back(&each);
  }
}

}  // namespace

std::string words_of(const RiskBudget& risk) {
  std::vector<std::string> parts;
  if (risk.points.hundredths > 0) parts.push_back(to_decimal(risk.points) + " points");
  for (const Money& each : risk.money)
    parts.push_back(to_decimal(each) + " " + std::string(each.currency.code()));
  return listed(parts, std::identity());
}

std::span<const ChainSetting> chain_settings() { return all; }

bool ChainWord::names(std::string_view key) const {
  return std::ranges::any_of(named, [&](const ChainSetting* each) { return each->key == key; });
}

std::vector<Error> chain_settings_mistakes(std::string_view text, const std::string& file) {
  Mistakes mistakes(file, "settings");
  try {
    const toml::table root = toml::parse(text);
    TableReader reader(root, {}, {}, mistakes);
    for (const std::string_view key : own_keys)
      if (reader.has(key)) {
        static_cast<void>(reader.node(key));  // it is known, and wrong here alone
        reader.add_error(key, "settings.own", "Each till has its own",
                         "Leave it out; it is set in the till's keepsake.toml");
      }
    Settings values;
    read_chain_part(reader, part_of(values));
    read_offline(reader, values.offline);
    read_dormancy(reader, values.dormancy);
    reader.finish();
  } catch (const toml::parse_error& error) {
    mistakes.add_error(place_of(error.source()), {}, "settings.syntax",
                       "The settings file is not TOML: " + std::string(error.description()),
                       "Correct the line.");
  }
  return std::move(mistakes).in_order();
}

ChainWord chain_word(std::string_view text) {
  ChainWord word;
  try {
    const toml::table root = toml::parse(text);
    std::string_view last;
    for (const ChainSetting& each : all) {
      if (table_of(each.key) == last) continue;
      last = table_of(each.key);
      read_one(root, last, word);
    }
  } catch (const toml::parse_error&) {
    return {};  // head office published what it could read; nothing else can be made of it
  }
  return word;
}

Settings with_word(Settings own, const ChainWord& word) {
  for (const ChainSetting* each : word.named) each->put(word.values, own);
  return own;
}

CurrentSettings::CurrentSettings(Settings own) : own_(std::move(own)) {
  all_.push_back(std::make_unique<const Settings>(own_));
  current_ = all_.back().get();
}

void CurrentSettings::refresh(const std::string& text) {
  if (text == text_) return;
  text_ = text;
  Settings next = with_word(own_, chain_word(text));
  if (next == *current_) return;
  all_.push_back(std::make_unique<const Settings>(std::move(next)));
  current_ = all_.back().get();
}

}  // namespace keepsake
