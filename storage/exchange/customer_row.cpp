#include "storage/exchange/customer_row.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "storage/book/settings.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

constexpr std::size_t key_bytes = 32;  // with the origin it fits into limits::code_bytes
constexpr std::int64_t points_most = 100'000'000'000;
constexpr std::int32_t noon_minute = 12 * 60;

constexpr std::string_view blanks = " \t\r\n";

bool among(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

Result<std::size_t> RowReader::position(const std::string& title) const {
  const auto at = std::find(titles_.begin(), titles_.end(), title);
  if (at != titles_.end()) return static_cast<std::size_t>(at - titles_.begin());
  std::string known;
  for (const std::string& each : titles_) known += (known.empty() ? "" : ", ") + each;
  return Error{Failure::bad_input, "import.column", "The file has no column " + title,
               csv_->file() + ":1", "Its columns are: " + known.substr(0, 500)};
}

Result<Done> RowReader::bind() {
  std::set<std::size_t> read;
  const auto key = position(map_->key);
  if (!key) return key.error();
  read.insert(key_ = *key);
  for (const MapColumn& column : map_->columns) {
    const auto at = position(column.from);
    if (!at) return at.error();
    Bound bound{&column, *at, {}, {}, {}};
    read.insert(*at);
    for (const auto& [title, place] :
         {std::pair(&column.wording_from, &bound.wording),
          std::pair(&column.language_from, &bound.language), std::pair(&column.on, &bound.on)}) {
      if (title->empty()) continue;
      const auto beside = position(*title);
      if (!beside) return beside.error();
      read.insert(*beside);
      *place = *beside;
    }
    bound_.push_back(bound);
  }
  for (std::size_t i = 0; i < titles_.size(); ++i)
    if (!read.contains(i)) unread_.push_back(titles_[i]);
  return Done{};
}

Result<RowReader> RowReader::create(const CsvReader& csv, const CsvRecord& titles,
                                    const CustomerMap& map, const Settings& settings,
                                    const Clock& clock) {
  RowReader reader(csv, map, settings, clock);
  for (const CsvField& each : titles.fields) {
    std::string title(trimmed(each.text, blanks));
    if (among(reader.titles_, title) && !title.empty())
      return Error{Failure::bad_input, "import.header", "Two columns have the same title",
                   csv.where(each.place, title), "Give each column its own title"};
    reader.titles_.push_back(std::move(title));
  }
  if (auto ok = reader.bind(); !ok) return ok.error();
  return reader;
}

/// The row under way.
class RowReader::Filling {
 public:
  Filling(const RowReader& reader, const CsvRecord& record) : reader_(reader), record_(record) {
    read_.row.line = record.line;
  }

  ReadRow run() {
    if (record_.fields.size() != reader_.titles_.size()) {
      read_.mistakes.push_back(
          {Failure::bad_input, "import.fields",
           "The row has " + std::to_string(record_.fields.size()) + " fields, the first line " +
               std::to_string(reader_.titles_.size()),
           reader_.csv_->where({record_.line, 1}), "Check the separator and the quotes"});
      return std::move(read_);
    }
    read_.row.key = text(reader_.key_);
    if (auto ok = check_text(read_.row.key, key_bytes, Presence::required, ""); !ok)
      wrong(reader_.key_, ok.error());
    for (const Bound& each : reader_.bound_) take(each);
    for (const FieldChange& each : reader_.map_->constant_fields) put_field(each.field, each.value);
    for (const ContactAddition& each : reader_.map_->constant_contacts)
      read_.row.contacts.push_back(each);
    finish_fields();
    if (read_.row.contacts.size() > limits::customer_contacts)
      wrong(reader_.key_, {Failure::limit, "change.limit", "There are too many contacts", "", ""});
    return std::move(read_);
  }

 private:
  std::string text(std::size_t at) const {
    const std::string_view cell = trimmed(record_.fields[at].text, blanks);
    return reader_.map_->apostrophe == Apostrophe::removed ? armed(cell) : std::string(cell);
  }
  void wrong(std::size_t at, Error error) {
    error.where = reader_.csv_->where(record_.fields[at].place, reader_.titles_[at]);
    if (error.remedy.empty()) error.remedy = "Correct the row";
    read_.mistakes.push_back(std::move(error));
  }
  void put_field(const std::string& field, const std::string& value) {
    auto& fields = read_.row.fields;
    const auto there = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldChange& each) { return each.field == field; });
    if (there == fields.end())
      fields.push_back({field, value});
    else if (!value.empty())
      there->value += (there->value.empty() ? "" : " ") + value;
  }

  void take(const Bound& bound) {
    const std::string value = text(bound.at);
    switch (bound.column->target) {
      case Target::field:
        return take_field(bound, value);
      case Target::contact:
        return take_contacts(bound, value);
      case Target::consent:
        return take_consent(bound, value);
      case Target::points:
        return take_points(bound, value);
    }
  }

  std::optional<std::string> iso_date(const Bound& bound, const std::string& value) {
    const auto& format = bound.column->date ? bound.column->date : reader_.map_->dates;
    if (!format) return value;
    const auto date = format->read(value);
    return date ? std::optional(to_iso(*date)) : std::nullopt;
  }

  bool is_date(const std::string& field) const {
    const CustomerField* custom = declared(reader_.settings_->customer_fields, field);
    return field == customer_field::birthday ||
           (custom != nullptr && custom->kind == FieldKind::date);
  }

  void take_field(const Bound& bound, std::string value) {
    const MapColumn& column = *bound.column;
    if (among(column.yes, value)) value = "yes";
    if (among(column.no, value)) value = "no";
    if (!value.empty() && is_date(column.field)) {
      const auto iso = iso_date(bound, value);
      if (!iso)
        return wrong(bound.at,
                     {Failure::bad_input, "date.syntax", "The date does not match the map's format",
                      "", "Correct it, or `dates` of the map"});
      value = *iso;
    }
    put_field(column.field, value);
    last_of_[column.field] = bound.at;
  }

  /// Joined first, checked then: a name may stand in two columns.
  void finish_fields() {
    for (FieldChange& each : read_.row.fields) {
      auto value = field_value(each.field, each.value, reader_.settings_->customer_fields);
      if (value)
        each.value = std::move(*value);
      else
        wrong(last_of_.contains(each.field) ? last_of_[each.field] : reader_.key_, value.error());
    }
  }

  void take_contacts(const Bound& bound, const std::string& cell) {
    const MapColumn& column = *bound.column;
    if (cell.empty()) return;
    if (column.form == CellForm::joined) {
      for (const CellContact& each : split_contacts(cell)) add(bound, each.value, each.usage);
    } else if (column.form == CellForm::separated) {
      for (std::size_t at = 0; at <= cell.size();) {
        const auto end = std::min(cell.find(column.separator, at), cell.size());
        const auto part = trimmed(std::string_view(cell).substr(at, end - at), blanks);
        if (!part.empty()) add(bound, std::string(part), column.usage);
        at = end + 1;
      }
    } else {
      add(bound, cell, column.usage);
    }
  }

  /// Street, postcode and town in columns of their own are one address.
  void add(const Bound& bound, std::string value, const std::string& usage) {
    const MapColumn& column = *bound.column;
    auto& contacts = read_.row.contacts;
    if (column.kind == ContactKind::address && column.form == CellForm::one) {
      for (ContactAddition& each : contacts) {
        if (each.kind != ContactKind::address || each.usage != usage) continue;
        each.value += ", " + value;
        return;
      }
    }
    if (column.kind == ContactKind::phone) {
      auto phone = normalise_phone(value, reader_.map_->calling_code, reader_.map_->trunk_prefix);
      if (!phone) return wrong(bound.at, phone.error());
      value = std::move(*phone);
    }
    auto normal = normalised({{}, {{column.kind, std::move(value), usage}}, {}}, {});
    if (!normal) return wrong(bound.at, normal.error());
    if (std::find(contacts.begin(), contacts.end(), normal->added.front()) == contacts.end())
      contacts.push_back(std::move(normal->added.front()));
  }

  void take_consent(const Bound& bound, const std::string& value) {
    const MapColumn& column = *bound.column;
    if (value.empty()) return;  // nobody was asked
    const bool yes = column.yes.empty() ? value == "yes" : among(column.yes, value);
    const bool no = column.no.empty() ? value == "no" : among(column.no, value);
    if (!yes && !no)
      return wrong(bound.at,
                   {Failure::bad_input, "import.consent", "Neither a yes nor a no for the consent",
                    "", "Correct it, or `yes` and `no` of the map"});
    Consent consent{column.purpose, yes, column.wording, column.language, {}};
    if (bound.wording) consent.wording = text(*bound.wording);
    if (bound.language) consent.language = text(*bound.language);
    for (const auto& [words, at, presence] :
         {std::tuple(&consent.wording, bound.wording.value_or(bound.at), Presence::required),
          std::tuple(&consent.language, bound.language.value_or(bound.at), Presence::optional)})
      if (auto ok = check_text(*words, limits::code_bytes, presence, ""); !ok)
        return wrong(at, ok.error());
    if (bound.on && !text(*bound.on).empty()) {
      const auto iso = iso_date(bound, text(*bound.on));
      const auto date = iso ? parse_date(*iso) : Result<Date>(Error{});
      if (!date)
        return wrong(*bound.on,
                     {Failure::bad_input, "date.syntax", "The date does not match the map's format",
                      "", "Correct it, or `dates` of the map"});
      consent.at =
          reader_.clock_->local({(std::int64_t{to_days(*date)} * 24 * 60 + noon_minute) * 60'000});
    }
    read_.row.consents.push_back(std::move(consent));
  }

  void take_points(const Bound& bound, const std::string& value) {
    if (value.empty()) return;
    const auto points = parse_scaled(value, {2, points_most, "points.syntax", "points.limit"});
    if (!points || *points < 0)
      return wrong(bound.at, {Failure::bad_input, "points.syntax", "Not a number of points", "",
                              "Write it such as 120 or 12.50, not below zero"});
    if (*points > 0) read_.row.points = Points{*points};
  }

  const RowReader& reader_;
  const CsvRecord& record_;
  ReadRow read_;
  std::map<std::string, std::size_t> last_of_;  // the column that a field's value came from last
};

ReadRow RowReader::read(const CsvRecord& record) const { return Filling(*this, record).run(); }

}  // namespace keepsake
