#include "storage/book/settings_parts.hpp"

#include <algorithm>
#include <map>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {

namespace {

constexpr std::size_t list_max = 100;
constexpr std::size_t field_key_bytes = 32;
constexpr std::int64_t number_max = 1'000'000'000;

/// [key]: a text for each language, and "default" for every other.
std::optional<LocalizedText> read_wording(TableReader& reader, std::string_view key,
                                          std::size_t most) {
  const toml::table* table = reader.table(key);
  if (table == nullptr) return std::nullopt;
  TableReader languages(*table, reader.dotted(key), {}, reader.mistakes());
  LocalizedText words;
  for (const auto& [language, node] : *table) {
    auto said = languages.text(language.str(), Need::optional, some_text(most));
    if (!said) continue;
    if (language.str() == "default")
      words.usual = std::move(*said);
    else if (is_language(language.str()))
      words.translated.emplace(language.str(), std::move(*said));
    else
      languages.add_error(language.str(), wrong_setting, "This is no language",
                          "Write it as BCP 47 has it, such as nb, or default");
  }
  return words;
}

/// [[key]]: tables, each read by `read(reader)`.
template <class Read>
void read_each(TableReader& reader, std::string_view key, std::size_t most, const Read& read) {
  const auto tables = reader.tables(key);
  if (tables.size() > most)
    reader.add_error(key, wrong_setting, "There are too many of these",
                     "Write at most " + std::to_string(most));
  for (const toml::table* table : tables) {
    TableReader one(*table, std::string(key), {}, reader.mistakes());
    read(one);
    one.finish();
  }
}

std::optional<FieldKind> kind_named(std::string_view name) {
  static const std::map<std::string_view, FieldKind> kinds{{"text", FieldKind::text},
                                                           {"number", FieldKind::number},
                                                           {"date", FieldKind::date},
                                                           {"choice", FieldKind::choice},
                                                           {"yes_no", FieldKind::yes_no}};
  const auto found = kinds.find(name);
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= field_key_bytes &&
         std::ranges::all_of(key, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

/// Whole numbers in the file, thousandths in the rule.
std::optional<std::int64_t> read_bound(TableReader& reader, std::string_view key) {
  const auto value = reader.whole(key, Need::optional, -number_max, number_max);
  return value ? std::optional(*value * 1000) : std::nullopt;
}

void read_kind(TableReader& reader, CustomerField& field) {
  const auto kind = reader.text("type", Need::optional, any_text(limits::name_bytes));
  if (!kind) return;
  if (const auto known = kind_named(*kind))
    field.kind = *known;
  else
    reader.add_error("type", wrong_setting, "There is no such type of field",
                     "Write text, number, date, choice or yes_no");
}

void read_viewer(TableReader& reader, CustomerField& field) {
  const auto seen_by = reader.text("seen_by", Need::optional, any_text(limits::name_bytes));
  if (!seen_by) return;
  if (*seen_by == "managers")
    field.seen_by = SeenBy::managers;
  else if (*seen_by != "everyone")
    reader.add_error("seen_by", wrong_setting, "There is no such viewer",
                     "Write everyone or managers");
}

CustomerField field_of(TableReader& reader) {
  CustomerField field;
  auto length = static_cast<std::int64_t>(field.max_length);
  const auto key = reader.text("key", Need::required, any_text(limits::name_bytes));
  if (key && !is_key(*key))
    reader.add_error("key", wrong_setting, "This is no key",
                     "Write up to 32 small letters, digits and _");
  field.key = key.value_or("");
  if (const auto label = read_wording(reader, "label", limits::name_bytes)) field.label = *label;
  read_kind(reader, field);
  take(reader.whole("max_length", Need::optional, 1, static_cast<std::int64_t>(limits::text_bytes)),
       length);
  field.least = read_bound(reader, "least");
  field.most = read_bound(reader, "most");
  read_list(reader, "choices", list_max, field.choices);
  read_viewer(reader, field);
  field.ask_at_joining = reader.flag("ask_at_joining").value_or(false);
  field.searchable = reader.flag("searchable").value_or(false);
  if (field.searchable && field.seen_by == SeenBy::managers)
    reader.add_error("searchable", wrong_setting, "Whoever searches would see what is for managers",
                     "Leave it out, or let everyone see the field");
  field.max_length = static_cast<std::size_t>(length);
  if (field.kind == FieldKind::choice && field.choices.empty())
    reader.add_error("choices", wrong_setting, "A choice has nothing to choose from",
                     "Give it at least one value");
  return field;
}

void read_fields(TableReader& reader, std::vector<CustomerField>& fields) {
  read_each(reader, "customer_field", limits::customer_fields, [&](TableReader& each) {
    CustomerField field = field_of(each);
    if (std::ranges::find(fields, field.key, &CustomerField::key) != fields.end())
      each.add_error("key", wrong_setting, "Another field has this key",
                     "Give each field a key of its own");
    fields.push_back(std::move(field));
  });
}

void read_consents(TableReader& reader, std::vector<ConsentText>& texts) {
  read_each(reader, "consent", limits::consent_texts, [&](TableReader& each) {
    ConsentText text;
    const auto purpose = each.text("purpose", Need::required, any_text(limits::name_bytes));
    take(each.text("version", Need::optional, any_text(limits::name_bytes)), text.version);
    if (const auto words = read_wording(each, "text", limits::text_bytes)) text.text = *words;
    if (const auto known = parse_consent_purpose(purpose.value_or("")))
      text.purpose = *known;
    else if (purpose)
      each.add_error("purpose", wrong_setting, "There is no such consent",
                     "Write membership, marketing or sharing");
    auto with_it = texts;
    with_it.push_back(std::move(text));
    if (const auto ok = check(with_it); ok)
      texts = std::move(with_it);
    else
      each.add_error("version", wrong_setting, ok.error().what, ok.error().remedy);
  });
}

void read_covers(TableReader& reader, std::vector<StatutoryCover>& covers) {
  read_each(reader, "statutory_cover", limits::statutory_covers, [&](TableReader& each) {
    StatutoryCover cover;
    take(each.text("country", Need::required, any_text(limits::name_bytes)), cover.country);
    if (cover.country.size() != 2 || !std::ranges::all_of(cover.country, is_upper<char>))
      each.add_error("country", wrong_setting, "This is no country",
                     "Write two capital letters, such as NO");
    const auto text = each.text("period", Need::required, any_text(limits::name_bytes));
    const auto period = parse_period(text.value_or(""));
    if (period && !period->none())
      cover.period = *period;
    else if (text)
      each.add_error("period", wrong_setting, "Not a period", "Write such as 5 years");
    if (const auto words = read_wording(each, "covered", limits::name_bytes))
      cover.covered = *words;
    if (std::ranges::find(covers, cover.country, &StatutoryCover::country) != covers.end())
      each.add_error("country", wrong_setting, "This country has a cover already",
                     "Write each country once");
    covers.push_back(std::move(cover));
  });
}

void read_retention(TableReader& reader, Retention& into) {
  const toml::table* table = reader.table("retention");
  if (table == nullptr) return;
  TableReader retention(*table, "retention", {}, reader.mistakes());
  take(retention.whole("customers_inactive_months", Need::optional, 0, 1200),
       into.customers_inactive_months);
  take(retention.whole("audit_days", Need::optional, 0, 36'500), into.audit_days);
  take(retention.whole("return_days", Need::optional, 0, 3650), into.keeping.return_days);
  take(retention.whole("bookkeeping_years", Need::optional, 0, 100),
       into.keeping.bookkeeping_years);
  retention.finish();
}

/// Keys are currencies, and `points`.
void read_risk(TableReader& offline, const toml::table& table, RiskBudget& into) {
  TableReader risk(table, "offline.risk", {}, offline.mistakes());
  if (const auto points = risk.points("points", Need::optional)) into.points = *points;
  for (const auto& [key, value] : table) {
    const auto currency = Currency::parse(key.str());
    if (!currency) continue;  // finish() tells it
    TableReader money(table, "offline.risk", *currency, offline.mistakes());
    static_cast<void>(risk.node(key.str()));
    if (const auto minor = money.money(key.str(), Need::optional))
      into.money.push_back({*minor, *currency});
  }
  risk.finish();
}

void read_gift_cards(TableReader& reader, GiftCardForm& into) {
  const toml::table* table = reader.table("gift_card_number");
  if (table == nullptr) return;
  TableReader form(*table, "gift_card_number", {}, reader.mistakes());
  take(form.text("prefix", Need::optional, any_text(20)), into.prefix);
  take(form.whole("length", Need::optional, 6, 40), into.length);
  std::string check = "none";
  take(form.text("check", Need::optional, any_text(limits::code_bytes)), check);
  if (check != "none" && check != "luhn")
    form.add_error("check", wrong_setting, "Unknown check digit", "Write \"luhn\" or \"none\"");
  into.check = check == "luhn" ? GiftCardForm::Check::luhn : GiftCardForm::Check::none;
  if (const auto name = card_name(into.prefix + "000000"); !name || *name != into.prefix + "000000")
    form.add_error("prefix", wrong_setting, "A prefix is of capital letters and digits",
                   "Write such as \"GC\"");
  form.finish();
}

}  // namespace

void read_offline(TableReader& reader, OfflineTerms& into) {
  const toml::table* table = reader.table("offline");
  if (table == nullptr) return;
  TableReader offline(*table, "offline", {}, reader.mistakes());
  take(offline.whole("lease_percent", Need::optional, 0, 100), into.lease_percent);
  take(offline.whole("lease_hours", Need::optional, 24, 720), into.lease_hours);
  take(offline.whole("lease_stores", Need::optional, 1, 20), into.lease_stores);
  if (const toml::table* risk = offline.table("risk")) read_risk(offline, *risk, into.risk);
  offline.finish();
}

void read_dormancy(TableReader& reader, DormancyTerms& into) {
  const toml::table* table = reader.table("customers");
  if (table == nullptr) return;
  TableReader customers(*table, "customers", {}, reader.mistakes());
  take(customers.whole("idle_days", Need::optional, 0, 36'500), into.idle_days);
  take(customers.whole("looked_up_days", Need::optional, 0, 36'500), into.looked_up_days);
  take(customers.whole("most", Need::optional, 100, 100'000'000), into.most);
  customers.finish();
}

void read_list(TableReader& reader, std::string_view key, std::size_t most,
               std::vector<std::string>& into) {
  const toml::node* node = reader.node(key);
  if (node == nullptr) return;
  const toml::array* values = node->as_array();
  bool texts = values != nullptr && values->size() <= most;
  for (std::size_t i = 0; texts && i < values->size(); ++i) {
    const auto value = values->get(i)->value_exact<std::string>();
    const std::string text = value ? tidied(*value) : std::string();
    texts = check_text(text, limits::name_bytes, Presence::required, {}).ok();
    if (texts) into.push_back(text);
  }
  if (!texts)
    reader.add_error(key, wrong_setting, "This is no list of short texts",
                     "Write up to " + std::to_string(most) + " of them: [\"one\", \"two\"]");
}

void read_chain_part(TableReader& reader, const ChainPart& into) {
  take(reader.whole("gift_card_months", Need::optional, 0, limits::stored_value_months),
       into.stored_value.gift_card_months);
  take(reader.whole("wallet_months", Need::optional, 0, limits::stored_value_months),
       into.stored_value.wallet_months);
  read_retention(reader, into.retention);
  read_gift_cards(reader, into.stored_value.form);
  read_fields(reader, into.customer_fields);
  read_consents(reader, into.consent_texts);
  read_covers(reader, into.statutory_covers);
}

}  // namespace keepsake
