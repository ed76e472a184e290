#include <algorithm>
#include <array>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/programme/read_parts.hpp"

namespace keepsake {
namespace {

constexpr std::array<std::string_view, 7> days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::uint8_t read_weekdays(TableReader& reader) {
  unsigned bits = 0;
  for (const std::string& word : reader.texts("weekdays")) {
    const auto* day = std::ranges::find(days, word);
    if (day == days.end()) {
      reader.tell_choice("weekdays", word, {days.begin(), days.end()},
                         "mon, tue, wed, thu, fri, sat, sun");
    } else {
      bits |= 1U << (day - days.begin());
    }
  }
  return static_cast<std::uint8_t>(bits);
}

// "HH:MM" to minutes of the day, or -1.
int minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  for (const std::size_t i : {0U, 1U, 3U, 4U}) {
    if (!is_digit(text[i])) return -1;
  }
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  return minute > 59 || hour > 24 || (hour == 24 && minute > 0) ? -1 : hour * 60 + minute;
}

std::optional<loyalty::Hours> read_hours(TableReader& reader) {
  const auto text = reader.text("hours", Need::optional, 16);
  if (!text) return std::nullopt;
  const std::string_view span = *text;
  const int from = span.size() == 11 && span[5] == '-' ? minutes(span.substr(0, 5)) : -1;
  const int until = span.size() == 11 ? minutes(span.substr(6)) : -1;
  if (from >= 0 && until >= 0 && from != until && from < 1440) return loyalty::Hours{from, until};
  reader.add_error("hours", "programme.hours", "Not a time span",
                   "Write it such as \"16:00-18:00\"");
  return std::nullopt;
}

std::vector<TenderKind> read_tenders(TableReader& reader) {
  std::vector<TenderKind> kinds;
  std::vector<std::string_view> known;
  for (const auto& each : loyalty::words_for<TenderKind>()) known.push_back(each.word);
  for (const std::string& word : reader.texts("tenders")) {
    const auto kind = loyalty::from_name<TenderKind>(word);
    if (kind) {
      kinds.push_back(*kind);
    } else {
      reader.tell_choice("tenders", word, known, loyalty::names_of<TenderKind>());
    }
  }
  return kinds;
}

void refuse_both(TableReader& reader, std::string_view key, const std::vector<std::string>& in,
                 const std::vector<std::string>& out) {
  for (const std::string& word : in) {
    if (std::ranges::find(out, word) != out.end())
      reader.add_error(key, "programme.contradiction", "This is also in the list of exclusions",
                       "Keep it in one of the two lists");
  }
}

}  // namespace

loyalty::LineFilter read_line_filter(TableReader& reader) {
  loyalty::LineFilter lines;
  lines.articles = reader.texts("articles");
  lines.categories = reader.texts("categories");
  lines.labels = reader.texts("labels");
  lines.brands = reader.texts("brands");
  lines.not_articles = reader.texts("not_articles");
  lines.not_categories = reader.texts("not_categories");
  lines.not_labels = reader.texts("not_labels");
  lines.not_brands = reader.texts("not_brands");
  refuse_both(reader, "brands", lines.brands, lines.not_brands);
  refuse_both(reader, "articles", lines.articles, lines.not_articles);
  refuse_both(reader, "categories", lines.categories, lines.not_categories);
  refuse_both(reader, "labels", lines.labels, lines.not_labels);
  return lines;
}

loyalty::Filter read_filter(TableReader& reader) {
  loyalty::Filter filter;
  filter.lines = read_line_filter(reader);
  auto& order = filter.order;
  order.stores = reader.texts("stores");
  order.segments = reader.texts("segments");
  order.tiers = reader.texts("tiers");
  order.not_stores = reader.texts("not_stores");
  order.not_segments = reader.texts("not_segments");
  order.not_tiers = reader.texts("not_tiers");
  refuse_both(reader, "stores", order.stores, order.not_stores);
  refuse_both(reader, "segments", order.segments, order.not_segments);
  refuse_both(reader, "tiers", order.tiers, order.not_tiers);
  if (const auto around = reader.whole("birthday", Need::optional, 0, 180))
    order.birthday = static_cast<std::int32_t>(*around);
  order.tenders = read_tenders(reader);
  order.weekdays = read_weekdays(reader);
  order.hours = read_hours(reader);
  order.from = reader.date("from");
  order.until = reader.date("until");
  if (order.from && order.until && *order.until < *order.from)
    reader.add_error("until", "programme.contradiction", "The end is before the start",
                     "Swap from and until");
  return filter;
}

loyalty::Minimum read_minimum(TableReader& reader) {
  loyalty::Minimum minimum;
  minimum.minor = reader.money("minimum", Need::optional).value_or(0);
  minimum.tax = reader.word<loyalty::TaxBasis>("minimum_tax", Need::optional)
                    .value_or(loyalty::TaxBasis::included);
  if (!reader.has("minimum")) reader.refuse("minimum_tax", "This needs a minimum", "Add minimum");
  minimum.of = reader.word<loyalty::MinimumOf>("minimum_of", Need::optional)
                   .value_or(loyalty::MinimumOf::lines);
  if (!reader.has("minimum") && !reader.has("minimum_quantity"))
    reader.refuse("minimum_of", "This needs a minimum", "Add minimum");
  const auto quantity =
      reader.decimal("minimum_quantity", Need::optional,
                     {3, limits::quantity_thousandths, "quantity.syntax", "quantity.limit"});
  minimum.quantity = {quantity.value_or(0)};
  if (quantity && *quantity <= 0)
    reader.add_error("minimum_quantity", "programme.range", "The quantity must be above zero",
                     "Write one such as 2");
  return minimum;
}

loyalty::Caps read_caps(TableReader& reader) {
  loyalty::Caps caps;
  caps.per_purchase = reader.points("cap_per_purchase", Need::optional);
  caps.per_day = reader.points("cap_per_day", Need::optional);
  caps.per_customer = reader.points("cap_per_customer", Need::optional);
  return caps;
}

loyalty::Expiry read_expiry(TableReader& reader) {
  using Kind = loyalty::ExpiryKind;
  loyalty::Expiry expiry;
  expiry.kind = reader.word<Kind>("kind", Need::required).value_or(Kind::never);
  const bool counts_from_one =
      expiry.kind == Kind::days || expiry.kind == Kind::months || expiry.kind == Kind::inactivity;
  if (expiry.kind == Kind::never) {
    reader.refuse("count", "Points that never expire have no count", "Remove it");
    return expiry;
  }
  const auto count =
      reader.whole("count", counts_from_one ? Need::required : Need::optional,
                   counts_from_one ? 1 : 0, expiry.kind == Kind::days ? 36'500 : 1200);
  expiry.count = static_cast<std::int32_t>(count.value_or(0));
  return expiry;
}

}  // namespace keepsake
