#include "storage/facts/covers.hpp"

#include <array>

namespace keepsake::facts {
namespace {

constexpr std::array units{v1::PERIOD_UNIT_DAY, v1::PERIOD_UNIT_WEEK, v1::PERIOD_UNIT_MONTH,
                           v1::PERIOD_UNIT_YEAR};
constexpr std::array kinds{v1::COVER_KIND_MAKER, v1::COVER_KIND_STATUTORY};
constexpr std::array starts{v1::COVER_START_UNSPECIFIED, v1::COVER_START_DELIVERY,
                            v1::COVER_START_INSTALLATION, v1::COVER_START_ACTIVATION};
constexpr std::int64_t usage_most = 1'000'000'000;

template <class Value, class Message, std::size_t n>
Message written(const std::array<Message, n>& names, Value value, Message otherwise) {
  const auto at = static_cast<std::size_t>(value);
  return at < n ? names[at] : otherwise;
}

template <class Value, class Message, std::size_t n>
Value read_from(Reading& in, const std::array<Message, n>& names, Message message,
                const char* field) {
  for (std::size_t i = 0; i < n; ++i)
    if (names[i] == message) return static_cast<Value>(i);
  in.fail("Unknown value", field);
  return Value{};
}

void write(const Period& period, v1::Period& message) {
  message.set_count(period.count);
  message.set_unit(written(units, period.unit, v1::PERIOD_UNIT_UNSPECIFIED));
}

void write(const Usage& usage, v1::Usage& message) {
  message.set_most(usage.most);
  message.set_unit(usage.unit);
}

Period period_of(Reading& in, const v1::Period& message) {
  Period period;
  period.count = in.number<std::int32_t>(message.count(), 0, limits::cover_days, "period");
  period.unit = read_from<PeriodUnit>(in, units, message.unit(), "period");
  return period;
}

Usage usage_of(Reading& in, const v1::Usage& message) {
  return {in.number<std::int64_t>(message.most(), 0, usage_most, "usage"),
          in.code(message.unit(), "usage")};
}

/// Whether an article of this period has serial numbers where nothing says so.
bool usually_serialised(const Period& period) { return keepsake::terms_of(period).serialised; }

}  // namespace

void write(const Cover& cover, v1::Cover& message) {
  message.set_start_day(day_of(cover.start));
  message.set_end_day(day_of(cover.end));
}

void write(const ItemCover& cover, v1::ItemCover& message) {
  message.set_kind(written(kinds, cover.kind, v1::COVER_KIND_UNSPECIFIED));
  write(cover.dates, *message.mutable_dates());
  if (cover.period != Period{}) write(cover.period, *message.mutable_period());
  if (cover.usage != Usage{}) write(cover.usage, *message.mutable_usage());
  message.set_covered(cover.covered);
}

v1::CoverStart start_of(CoverStart start) {
  return written(starts, start, v1::COVER_START_UNSPECIFIED);
}

void write(const CoverTerms& terms, v1::Article& message) {
  if (terms.period.unit == PeriodUnit::month) message.set_cover_months(terms.period.count);
  const bool months_say_all =
      terms.period.unit == PeriodUnit::month && terms == keepsake::terms_of(terms.period);
  if (months_say_all) return;
  v1::CoverTerms& put = *message.mutable_cover();
  if (terms.period != Period{}) write(terms.period, *put.mutable_period());
  if (terms.usage != Usage{}) write(terms.usage, *put.mutable_usage());
  put.set_covered(terms.covered);
  put.set_starts(start_of(terms.starts));
  if (terms.serialised != usually_serialised(terms.period))
    put.set_serialised(terms.serialised ? v1::SERIALISED_YES : v1::SERIALISED_NO);
  put.set_serial_rule(terms.serials.text);
}

ItemCover cover_of(Reading& in, const v1::ItemCover& message) {
  ItemCover cover;
  cover.kind = read_from<CoverKind>(in, kinds, message.kind(), "kind");
  if (!message.has_dates()) in.fail("The cover is missing", "cover");
  cover.dates = in.cover(message.dates());
  if (message.has_period()) cover.period = period_of(in, message.period());
  if (message.has_usage()) cover.usage = usage_of(in, message.usage());
  cover.covered = in.name(message.covered(), "covered");
  return cover;
}

CoverTerms terms_of(Reading& in, const v1::Article& message) {
  const auto months =
      in.number<std::int32_t>(message.cover_months(), 0, limits::cover_months, "cover_months");
  const Period said{months, PeriodUnit::month};
  if (!message.has_cover()) return keepsake::terms_of(said);
  const v1::CoverTerms& from = message.cover();
  CoverTerms terms;
  if (from.has_period()) terms.period = period_of(in, from.period());
  if (from.has_usage()) terms.usage = usage_of(in, from.usage());
  terms.covered = in.name(from.covered(), "covered");
  terms.starts = start_of(in, from.starts());
  terms.serialised = from.serialised() == v1::SERIALISED_UNSPECIFIED
                         ? usually_serialised(terms.period)
                         : from.serialised() == v1::SERIALISED_YES;
  terms.serials.text = in.name(from.serial_rule(), "serial_rule");
  return terms;
}

CoverStart start_of(Reading& in, v1::CoverStart start) {
  return read_from<CoverStart>(in, starts, start, "starts");
}

}  // namespace keepsake::facts
