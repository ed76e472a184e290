#include "storage/exchange/customer_map.hpp"

#include <algorithm>
#include <toml++/toml.h>

#include "storage/book/settings.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/bytes.hpp"
#include "storage/exchange/map_reader.hpp"

namespace keepsake {
namespace {

constexpr std::string_view fixed_fields[] = {
    customer_field::name,     customer_field::birthday,       customer_field::gender,
    customer_field::postcode, customer_field::household,      customer_field::language,
    customer_field::channel,  customer_field::do_not_contact, customer_field::heard_from};
constexpr std::string_view consent_target = "consent.";
constexpr const char* targets =
    "Use name, birthday, gender, postcode, household, language, channel, do_not_contact, "
    "heard_from, custom.KEY, phone, email, card, key-fob, address, label, consent.membership, "
    "consent.marketing, consent.sharing, points, points_until, member_since, spend, level or "
    "country";

class Reading {
 public:
  Reading(const Settings& settings, Mistakes& mistakes)
      : mistakes_(mistakes), settings_(settings) {}
  CustomerMap run(const toml::table& root) {
    read(root);
    return std::move(map_);
  }

 private:
  void read(const toml::table& root);
  void read_rules(TableReader& reader);
  void read_column(const toml::table& table);
  void read_consent(TableReader& reader, MapColumn& column);
  void read_constants(const toml::table& table);
  std::optional<DateFormat> date(TableReader& reader, std::string_view key);
  std::string optional_text(TableReader& reader, std::string_view key, std::size_t most) {
    return reader.text(key, Need::optional, most).value_or("");
  }

  Mistakes& mistakes_;
  const Settings& settings_;
  CustomerMap map_;
};

std::optional<DateFormat> Reading::date(TableReader& reader, std::string_view key) {
  const auto pattern = reader.text(key, Need::optional, limits::code_bytes);
  if (!pattern) return std::nullopt;
  auto format = DateFormat::parse(*pattern);
  if (format) return *format;
  reader.add_error(key, format.error().code, format.error().what, format.error().remedy);
  return std::nullopt;
}

void Reading::read_rules(TableReader& reader) {
  const std::string duplicates = optional_text(reader, "duplicates", limits::code_bytes);
  if (duplicates == "update")
    map_.duplicates = OnDuplicate::update;
  else if (duplicates == "add")
    map_.duplicates = OnDuplicate::add;
  else if (!duplicates.empty() && duplicates != "skip")
    reader.tell_choice("duplicates", duplicates, {"skip", "update", "add"}, "skip, update, add");
  if (reader.flag("defused").value_or(false)) map_.apostrophe = Apostrophe::removed;
}

void Reading::read(const toml::table& root) {
  TableReader reader(root, "", settings_.currency, mistakes_);
  map_.origin = reader.text("origin", Need::required, limits::code_bytes / 2).value_or("");
  map_.key = tidied(reader.text("key", Need::required, title_bytes).value_or(""));
  map_.separator = read_sign(reader, "separator", cell_separators, ',');
  read_encoding(reader, map_.encoding);
  read_rules(reader);
  map_.calling_code =
      reader.text("calling_code", Need::optional, 8).value_or(settings_.calling_code);
  optional_text(reader, "trunk_prefix", 8);  // of earlier maps: the numbering plans know it
  map_.country = country_named(optional_text(reader, "country", limits::name_bytes));
  if (map_.country.empty() && reader.has("country"))
    reader.add_error("country", "map.value", "Unknown country", "Write two letters such as NO");
  if (map_.country.empty())
    map_.country = settings_.country;
  else if (!reader.has("calling_code"))
    map_.calling_code.clear();
  map_.continues = reader.flag("continues").value_or(false);
  map_.dates = date(reader, "dates");
  for (const toml::table* each : read_columns(reader)) read_column(*each);
  if (const toml::table* constants = reader.table("constants")) read_constants(*constants);
  reader.finish();
}

void Reading::read_consent(TableReader& reader, MapColumn& column) {
  column.wording = optional_text(reader, "wording", limits::code_bytes);
  column.wording_from = optional_text(reader, "wording_from", title_bytes);
  column.language = optional_text(reader, "language", limits::code_bytes);
  column.language_from = optional_text(reader, "language_from", title_bytes);
  column.on = optional_text(reader, "on", title_bytes);
  if (column.wording.empty() && column.wording_from.empty())
    reader.add_error("wording", "map.missing", "The version of the consent text is missing",
                     "Add wording = \"marketing-1\", the version of the text, or wording_from");
}

void Reading::read_column(const toml::table& table) {
  TableReader reader(table, "column", settings_.currency, mistakes_);
  const auto from = reader.text("from", Need::required, title_bytes);
  const auto to = reader.text("to", Need::required, limits::code_bytes);
  if (!from || !to) return;
  auto column = target_named(*to, settings_.customer_fields);
  if (!column) {
    reader.add_error("to", "map.target", "Unknown target", targets);
    return;
  }
  column->from = tidied(*from);
  column->optional = reader.flag("optional").value_or(false);
  column->date = date(reader, "date");
  if (column->target == Target::contact) {
    column->usage = optional_text(reader, "usage", limits::code_bytes);
    if (reader.has("split")) column->form = CellForm::separated;
    column->separator = read_sign(reader, "split", cell_separators, '|');
  }
  if (reader.has("yes")) column->yes = reader.texts("yes");
  if (reader.has("no")) column->no = reader.texts("no");
  if (column->target == Target::consent) read_consent(reader, *column);
  reader.finish();
  map_.columns.push_back(std::move(*column));
}

void Reading::read_constants(const toml::table& table) {
  TableReader reader(table, "constants", settings_.currency, mistakes_);
  for (const auto& [key, node] : table) {
    const auto value = reader.text(key.str(), Need::required, limits::text_bytes);
    const auto column = target_named(key.str(), settings_.customer_fields);
    if (!value) continue;
    const bool fills =
        column && (column->target == Target::field || column->target == Target::contact);
    if (!fills) {
      reader.add_error(key.str(), "map.target", "A constant can only fill a field or a contact",
                       targets);
    } else if (column->target == Target::contact) {
      map_.constant_contacts.push_back({column->kind, *value, ""});
    } else if (const auto kept = field_value(column->field, *value, settings_.customer_fields)) {
      map_.constant_fields.push_back({column->field, *kept});
    } else {
      reader.add_error(key.str(), kept.error().code, kept.error().what, kept.error().remedy);
    }
  }
}

}  // namespace

std::optional<MapColumn> target_named(std::string_view to,
                                      const std::vector<CustomerField>& declared_fields) {
  MapColumn column;
  if (std::find(std::begin(fixed_fields), std::end(fixed_fields), to) != std::end(fixed_fields) ||
      declared(declared_fields, to) != nullptr) {
    column.field = to;
    return column;
  }
  for (const auto& [name, target] :
       {std::pair("points", Target::points), std::pair("points_until", Target::points_until),
        std::pair("member_since", Target::member_since), std::pair("spend", Target::spend),
        std::pair("level", Target::level), std::pair("country", Target::country)}) {
    if (to != name) continue;
    column.target = target;
    return column;
  }
  if (const auto kind = parse_contact_kind(to)) {
    column.target = Target::contact;
    column.kind = *kind;
    return column;
  }
  if (!to.starts_with(consent_target)) return std::nullopt;
  const auto purpose = parse_consent_purpose(to.substr(consent_target.size()));
  if (!purpose) return std::nullopt;
  column.target = Target::consent;
  column.purpose = *purpose;
  return column;
}

MapFile read_customer_map(const std::filesystem::path& file, const Settings& settings) {
  const auto text = read_text(file, map_bytes);
  if (!text) return {{}, {text.error()}};
  MapFile read;
  read.mistakes = read_map(*text, file.string(), [&](const toml::table& root, Mistakes& mistakes) {
    read.map = Reading(settings, mistakes).run(root);
  });
  return read;
}

CustomerMap own_map(const std::vector<std::string>& titles, const Settings& settings) {
  CustomerMap map;
  map.source = Source::own;
  map.origin = "keepsake";
  map.key = own_key;
  map.apostrophe = Apostrophe::removed;
  map.calling_code = settings.calling_code;
  map.country = settings.country;
  for (const std::string& title : titles) {
    auto column = target_named(title, settings.customer_fields);
    const bool value =
        column && (column->target == Target::field || column->target == Target::contact ||
                   column->target == Target::consent);
    if (!value) continue;  // figures are none
    column->from = title;
    if (column->target == Target::contact) column->form = CellForm::joined;
    if (column->target == Target::consent) {
      column->wording_from = title + ".wording";
      column->language_from = title + ".language";
      column->on = title + ".on";
    }
    map.columns.push_back(std::move(*column));
  }
  return map;
}

}  // namespace keepsake
