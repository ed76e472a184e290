#include "storage/exchange/customer_row.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "storage/book/settings.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/loyalty/rounding.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

// Only a hash of it is kept; other systems name people by UUIDs, e-mails and whole names.
constexpr std::size_t key_bytes = 512;
constexpr std::size_t whole_digits_most = 9;
constexpr std::int64_t billionths = 1'000'000'000;
constexpr std::int64_t billionths_in_hundredth = billionths / 100;
constexpr std::size_t fraction_digits = 9;
constexpr std::int32_t noon_minute = 12 * 60;

bool among(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// "1284.333333" and "1284,33" in billionths. A comma before three digits could be either kind:
/// nullopt, as for what is no number.
std::optional<std::int64_t> billionths_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto at = std::min(text.find_first_of(".,"), text.size());
  const std::string_view whole = text.substr(0, at);
  const std::string_view fraction = at < text.size() ? text.substr(at + 1) : std::string_view{};
  const bool ambiguous = at < text.size() && text[at] == ',' && fraction.size() == 3;
  if (whole.empty() || whole.size() > whole_digits_most || ambiguous || !is_all_digits(whole) ||
      !is_all_digits(fraction))
    return std::nullopt;
  std::string digits(whole);
  digits.append(fraction.substr(0, fraction_digits));
  digits.append(fraction_digits - std::min(fraction.size(), fraction_digits), '0');
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return negative ? -value : value;
}

/// "kr 1,284.50" without what stands around the figure, and without the signs between thousands
/// where both kinds of signs are there.
std::string plain_amount(std::string_view text) {
  std::string kept;
  for (const char c : text)
    if (is_digit(c) || c == '.' || c == ',' || c == '-') kept += c;
  const auto last = kept.find_last_of(".,");
  if (last == std::string::npos) return kept;
  const char decimal = kept[last];
  const char other = decimal == '.' ? ',' : '.';
  if (kept.find(other) != std::string::npos) std::erase(kept, other);
  return kept;
}

}  // namespace

Result<std::size_t> RowReader::position(const std::string& title) const {
  const auto at = std::find(titles_.begin(), titles_.end(), tidied(title));
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
    if (!at && column.optional) continue;
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
    std::string title = tidied(each.text);
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
    if (read_.row.key.empty()) read_.kind = without_key();
    if (read_.kind == ReadRow::Kind::blank) return std::move(read_);
    if (read_.kind == ReadRow::Kind::continued) {
      for (const Bound& each : reader_.bound_)
        if (each.column->target == Target::contact) take(each);
      return std::move(read_);
    }
    if (auto ok = check_text(read_.row.key, key_bytes, Presence::required, ""); !ok)
      wrong(reader_.key_, ok.error());
    for (const Bound& each : reader_.bound_)
      if (each.column->target == Target::country) take(each);  // phones are read by it
    for (const Bound& each : reader_.bound_)
      if (each.column->target != Target::country) take(each);
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
    const std::string cell = tidied(record_.fields[at].text);
    if (reader_.map_->apostrophe == Apostrophe::kept) return cell;
    // Others put one before long numbers, too, so that no spreadsheet rounds them; ours does not.
    const bool number = reader_.map_->source == Source::other && cell.size() > 1 &&
                        cell.front() == '\'' && is_digit(cell[1]);
    return number ? cell.substr(1) : tidied(armed(cell));
  }
  /// Other systems write further tags of a customer below them, with all else empty. More than tags
  /// could be somebody else whose key is missing, unless the map says that it is not.
  ReadRow::Kind without_key() const {
    bool more = false;
    for (const Bound& each : reader_.bound_) {
      if (text(each.at).empty()) continue;
      const MapColumn& column = *each.column;
      const bool adds = column.target == Target::contact &&
                        (reader_.map_->continues || column.kind == ContactKind::label);
      if (!adds) return ReadRow::Kind::customer;
      more = true;
    }
    return more ? ReadRow::Kind::continued : ReadRow::Kind::blank;
  }
  void wrong(std::size_t at, Error error) {
    error.where = reader_.csv_->where(record_.fields[at].place, reader_.titles_[at]);
    if (error.remedy.empty()) error.remedy = "Correct the row";
    read_.mistakes.push_back(std::move(error));
  }
  void warn(std::size_t at, Error error) {
    error.where = reader_.csv_->where(record_.fields[at].place, reader_.titles_[at]);
    if (error.remedy.empty()) error.remedy = "Correct the row, and import it again";
    read_.warnings.push_back(std::move(error));
  }
  /// One odd value costs that value, never the person.
  void left_out(std::size_t at, Error error) {
    error.what += "; the value was left out";
    warn(at, std::move(error));
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
      case Target::points_until:
        return take_points_until(bound, value);
      case Target::member_since:
        return take_member_since(bound, value);
      case Target::spend:
        return take_spend(bound, value);
      case Target::level:
        read_.row.level = value;
        return;
      case Target::country:
        return take_country(bound, value);
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
    std::ranges::replace(value, '\n', ' ');
    if (among(column.yes, value)) value = "yes";
    if (among(column.no, value)) value = "no";
    if (!value.empty() && is_date(column.field)) {
      const auto iso = iso_date(bound, value);
      if (!iso) return left_out(bound.at, no_date());
      value = *iso;
    }
    put_field(column.field, value);
    last_of_[column.field] = bound.at;
  }

  static Error no_date() {
    return {Failure::bad_input, "date.syntax", "The date does not match the map's format", "",
            "Correct it, or `dates` of the map"};
  }

  Result<std::string> kept(const FieldChange& change) const {
    auto value = field_value(change.field, change.value, reader_.settings_->customer_fields);
    if (value && change.field == customer_field::birthday)
      if (auto ok = check_born_by(reader_.clock_->local_now().date(), *value); !ok)
        return ok.error();
    return value;
  }

  /// Joined first, checked then: a name may stand in two columns.
  void finish_fields() {
    std::erase_if(read_.row.fields, [&](FieldChange& each) {
      auto value = kept(each);
      if (value)
        each.value = std::move(*value);
      else
        left_out(last_of_.contains(each.field) ? last_of_[each.field] : reader_.key_,
                 value.error());
      return !value.ok();
    });
  }

  void take_contacts(const Bound& bound, const std::string& cell) {
    const MapColumn& column = *bound.column;
    if (cell.empty()) return;
    if (column.form == CellForm::joined) {
      for (const CellContact& each : split_contacts(cell)) add(bound, each.value, each.usage);
    } else if (column.form == CellForm::separated) {
      for (std::size_t at = 0; at <= cell.size();) {
        const auto end = std::min(cell.find(column.separator, at), cell.size());
        std::string part = tidied(std::string_view(cell).substr(at, end - at));
        if (!part.empty()) add(bound, std::move(part), column.usage);
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
      auto phone = country_.empty()
                       ? normalise_phone(value, reader_.map_->calling_code, reader_.map_->country)
                       : normalise_phone(value, "", country_);
      if (!phone) return left_out(bound.at, phone.error());
      value = std::move(*phone);
    }
    auto normal = normalised({{}, {{column.kind, std::move(value), usage}}, {}}, {});
    if (!normal) return left_out(bound.at, normal.error());
    if (std::find(contacts.begin(), contacts.end(), normal->added.front()) == contacts.end())
      contacts.push_back(std::move(normal->added.front()));
  }

  void take_consent(const Bound& bound, const std::string& value) {
    const MapColumn& column = *bound.column;
    if (value.empty()) return;  // nobody was asked
    const bool yes = column.yes.empty() ? value == "yes" : among(column.yes, value);
    const bool no = column.no.empty() ? value == "no" : among(column.no, value);
    if (!yes && !no)
      return left_out(
          bound.at, {Failure::bad_input, "import.consent", "Neither a yes nor a no for the consent",
                     "", "Correct it, or `yes` and `no` of the map"});
    Consent consent{column.purpose, yes, column.wording, column.language, {}};
    if (bound.wording) consent.wording = text(*bound.wording);
    if (bound.language) consent.language = text(*bound.language);
    for (const auto& [words, at, presence] :
         {std::tuple(&consent.wording, bound.wording.value_or(bound.at), Presence::required),
          std::tuple(&consent.language, bound.language.value_or(bound.at), Presence::optional)})
      if (auto ok = check_text(*words, limits::code_bytes, presence, ""); !ok)
        return left_out(at, ok.error());
    if (bound.on && !text(*bound.on).empty()) {
      const auto iso = iso_date(bound, text(*bound.on));
      const auto date = iso ? parse_date(*iso) : Result<Date>(Error{});
      if (!date) return left_out(*bound.on, no_date());
      consent.at =
          reader_.clock_->local({(std::int64_t{to_days(*date)} * 24 * 60 + noon_minute) * 60'000});
    }
    read_.row.consents.push_back(std::move(consent));
  }

  void take_points(const Bound& bound, const std::string& value) {
    if (value.empty()) return;
    const auto points = billionths_of(value);
    if (!points)
      return left_out(bound.at, {Failure::bad_input, "points.syntax", "Not a number of points", "",
                                 "Write it such as 120 or 12.50"});
    if (*points < 0)
      return left_out(bound.at, {Failure::bad_input, "points.negative", "Points below zero", "",
                                 "Settle it by hand, if the customer owes points"});
    const std::int64_t step = loyalty::quantum(reader_.points_decimals_) * billionths_in_hundredth;
    const std::int64_t rounded = (*points + step / 2) / step * step;
    if (rounded != *points)
      warn(bound.at, {Failure::bad_input, "points.rounded",
                      "The points were rounded to the decimals of the programme", "",
                      "Nothing, if that will do"});
    if (rounded > 0) read_.row.points = Points{rounded / billionths_in_hundredth};
  }

  void take_points_until(const Bound& bound, const std::string& value) {
    if (value.empty()) return;
    const auto iso = iso_date(bound, value);
    const auto date = iso ? parse_date(*iso) : Result<Date>(Error{});
    if (!date) return left_out(bound.at, no_date());
    read_.row.points_until = *date;
  }

  void take_member_since(const Bound& bound, const std::string& value) {
    if (value.empty()) return;
    // A time of day behind the day says no more than is asked for.
    const auto iso = iso_date(bound, value.substr(0, value.find_first_of(" T,")));
    const auto date = iso ? parse_date(*iso) : Result<Date>(Error{});
    if (!date) return left_out(bound.at, no_date());
    if (*date > reader_.clock_->local_now().date() || *date < std::chrono::year(1900) / 1 / 1)
      return left_out(bound.at, {Failure::bad_input, "date.range",
                                 "Nobody is a member since that day", "", "Correct it"});
    read_.row.member_since = *date;
  }

  void take_spend(const Bound& bound, const std::string& value) {
    if (value.empty()) return;
    const auto spend = billionths_of(plain_amount(value));
    if (!spend || *spend < 0)
      return left_out(bound.at, {Failure::bad_input, "money.syntax", "Not an amount of money", "",
                                 "Write it such as 1284.50"});
    std::int64_t unit = billionths;
    for (int n = 0; n < reader_.settings_->currency.exponent(); ++n) unit /= 10;
    read_.row.spend_minor = (*spend + unit / 2) / unit;
  }

  void take_country(const Bound& bound, const std::string& value) {
    if (value.empty()) return;
    country_ = country_named(value);
    if (country_.empty())
      left_out(bound.at, {Failure::bad_input, "import.country", "Unknown country", "",
                          "Write its name, or two letters such as NO"});
  }

  const RowReader& reader_;
  const CsvRecord& record_;
  ReadRow read_;
  std::string country_;                         // of the row's phones; empty: the map's
  std::map<std::string, std::size_t> last_of_;  // the column that a field's value came from last
};

ReadRow RowReader::read(const CsvRecord& record) const { return Filling(*this, record).run(); }

}  // namespace keepsake
