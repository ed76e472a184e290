#include "storage/domain/warranty/cover.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

constexpr int soon_days = 30;
constexpr std::int64_t usage_most = 1'000'000'000;
constexpr std::size_t usage_unit_bytes = 16;
constexpr std::array<std::string_view, 4> start_names{"purchase", "delivery", "installation",
                                                      "activation"};

/// Of any script: a sign in front would belong to the number.
bool is_letter(char c) {
  return is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 0x80;
}

Error no_usage(const char* where) {
  return {Failure::bad_input, "cover.usage", "Not an extent of use", where,
          "Write a whole number and what it counts, such as 100000 km, beside a period"};
}

Result<Done> check(const Usage& usage) {
  if (usage == Usage{}) return Done{};
  const bool counts = usage.most > 0 && usage.most <= usage_most && !usage.unit.empty() &&
                      is_letter(usage.unit.front());
  if (!counts || !check_text(usage.unit, usage_unit_bytes, Presence::required, {}))
    return no_usage("cover_usage");
  return Done{};
}

Result<Done> check_one(const ItemCover& cover) {
  const Cover& dates = cover.dates;
  if (!dates.start.ok() || !dates.end.ok() || dates.end < dates.start)
    return Error{Failure::bad_input, "cover.dates", "The cover ends before it begins", "cover",
                 "Correct the dates"};
  if (auto ok = check(cover.period); !ok) return ok;
  if (auto ok = check(cover.usage); !ok) return ok;
  return check_text(cover.covered, limits::name_bytes, Presence::optional, "covered");
}

}  // namespace

CoverState cover_state(const Cover& cover, Date today) {
  if (today < cover.start) return CoverState::not_begun;
  const int left = days_left(cover, today);
  if (left == 0) return CoverState::ended;
  return left <= soon_days ? CoverState::ends_soon : CoverState::running;
}

int days_left(const Cover& cover, Date today) {
  return std::max(0, to_days(cover.end) - to_days(today) + 1);
}

Result<Usage> parse_usage(std::string_view text) {
  const std::string tidy = tidied(text);
  Usage usage;
  const auto [end, failed] = std::from_chars(tidy.data(), tidy.data() + tidy.size(), usage.most);
  usage.unit = tidied(std::string_view(end, tidy.data() + tidy.size()));
  if (failed != std::errc{} || usage == Usage{}) return no_usage("");
  if (auto ok = check(usage); !ok) return no_usage("");
  return usage;
}

std::string to_text(const Usage& usage) {
  return usage.none() ? std::string() : std::to_string(usage.most) + ' ' + usage.unit;
}

Covers makers(const Cover& cover) { return {{.kind = CoverKind::maker, .dates = cover}}; }

Cover span_of(const Covers& covers) {
  assert(!covers.empty());
  Cover span = covers.front().dates;
  for (const ItemCover& each : covers) {
    span.start = std::min(span.start, each.dates.start);
    span.end = std::max(span.end, each.dates.end);
  }
  return span;
}

Result<Done> check(const Covers& covers) {
  if (covers.empty())
    return Error{Failure::bad_input, "cover.none", "The item has no cover", "covers",
                 "Say at least one"};
  if (covers.size() > limits::covers)
    return Error{Failure::limit, "cover.limit", "The item has too many covers", "covers",
                 "Leave some out"};
  for (std::size_t i = 0; i < covers.size(); ++i) {
    if (auto ok = check_one(covers[i]); !ok) return ok;
    if (covers[i].kind > CoverKind::statutory || (i > 0 && covers[i].kind <= covers[i - 1].kind))
      return Error{Failure::bad_input, "cover.kind", "A kind of cover is given twice", "covers",
                   "Give each once, the maker's first"};
  }
  return Done{};
}

std::string_view name_of(CoverStart start) { return start_names[static_cast<std::size_t>(start)]; }

std::optional<CoverStart> cover_start_named(std::string_view name) {
  const auto found = std::ranges::find(start_names, name);
  if (found == start_names.end()) return std::nullopt;
  return static_cast<CoverStart>(found - start_names.begin());
}

CoverTerms terms_of(const Period& period) {
  return {.period = period, .serialised = !period.none()};
}

Result<Done> check(const CoverTerms& terms) {
  const auto in_column = [](Error error, const char* column) {
    error.where = column;
    return error;
  };
  if (auto ok = check(terms.period); !ok) return in_column(ok.error(), "cover");
  if (auto ok = check(terms.usage); !ok) return ok;
  if (!terms.usage.none() && terms.period.none()) return no_usage("cover_usage");
  if (terms.starts > CoverStart::activation)
    return Error{Failure::bad_input, "cover.start", "A cover begins with no such day",
                 "cover_starts", "Write purchase, delivery, installation or activation"};
  if (auto ok = check(terms.serials); !ok) return in_column(ok.error(), "serial_rule");
  if (!terms.serials.none() && !terms.serialised)
    return Error{Failure::bad_input, "serial.rule", "A rule for serial numbers that are not taken",
                 "serial_rule", "Say yes to serialised, or leave the rule out"};
  return check_text(terms.covered, limits::name_bytes, Presence::optional, "covered");
}

Covers covers_from(Date start, const CoverTerms& terms, const StatutoryCover* statutory) {
  Covers covers;
  const auto begin = [&](CoverKind kind, const Period& period, const Usage& usage,
                         const std::string& covered) {
    covers.push_back({kind, {start, last_day(start, period)}, period, usage, covered});
  };
  if (!terms.period.none()) begin(CoverKind::maker, terms.period, terms.usage, terms.covered);
  const bool registered = terms.serialised || !terms.period.none();
  if (registered && statutory != nullptr)
    begin(CoverKind::statutory, statutory->period, {}, statutory->covered.usual);
  return covers;
}

Covers begun_on(Date start, Covers covers) {
  for (ItemCover& each : covers) {
    const int days = to_days(each.dates.end) - to_days(each.dates.start);
    each.dates = {start, each.period.none() ? from_days(to_days(start) + days)
                                            : last_day(start, each.period)};
  }
  return covers;
}

}  // namespace keepsake
