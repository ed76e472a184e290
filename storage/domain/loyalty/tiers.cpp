#include "storage/domain/loyalty/tiers.hpp"

#include <algorithm>

namespace keepsake::loyalty {
namespace {

// Position among the levels from 1; 0 is "no level", which an unknown id counts as too: the level
// may have been dropped from the programme.
std::size_t rank(const Tiers& tiers, std::string_view id) {
  for (std::size_t i = 0; i < tiers.levels.size(); ++i) {
    if (tiers.levels[i].id == id) return i + 1;
  }
  return 0;
}

/// Of a calendar window, which begins with the year or a whole number of its like after; 0 for
/// another one.
unsigned calendar_months(TierWindow window) {
  switch (window) {
    case TierWindow::calendar_month:
      return 1;
    case TierWindow::calendar_quarter:
      return 3;
    case TierWindow::calendar_year:
      return 12;
    case TierWindow::lifetime:
    case TierWindow::rolling_months:
      return 0;
  }
  return 0;
}

/// The first day of the calendar window of `months` in which `day` lies.
Date calendar_start(Date day, unsigned months) {
  const unsigned before = static_cast<unsigned>(day.month()) - 1;
  return day.year() / std::chrono::month(before - before % months + 1) / 1;
}

std::string_view at_rank(const Tiers& tiers, std::size_t rank) {
  return rank == 0 ? std::string_view() : std::string_view(tiers.levels[rank - 1].id);
}

}  // namespace

std::int64_t figure(TierBasis basis, const WindowFigures& figures) {
  switch (basis) {
    case TierBasis::spend:
      return figures.spend_minor;
    case TierBasis::points:
      return figures.points_hundredths;
    case TierBasis::visits:
      return figures.visits;
  }
  return 0;
}

std::optional<Date> window_start(const Tiers& tiers, Date today) {
  if (const unsigned months = calendar_months(tiers.window); months > 0)
    return calendar_start(today, months);
  if (tiers.window == TierWindow::lifetime) return std::nullopt;
  return from_days(to_days(add_months(today, -tiers.months)) + 1);
}

std::optional<Date> period_end(const Tiers& tiers, Date since) {
  if (tiers.window == TierWindow::rolling_months)
    return from_days(to_days(add_months(since, tiers.months)) - 1);
  return counts_until(tiers, since);
}

std::optional<Date> counts_until(const Tiers& tiers, Date today) {
  const unsigned months = calendar_months(tiers.window);
  if (months == 0) return std::nullopt;
  const Date next = add_months(calendar_start(today, months), static_cast<int>(months));
  return from_days(to_days(next) - 1);
}

std::string_view reached(const Tiers& tiers, std::int64_t figure) {
  std::string_view level;
  for (const TierLevel& each : tiers.levels) {
    if (figure >= each.threshold) level = each.id;
  }
  return level;
}

std::string_view higher(const Tiers& tiers, std::string_view a, std::string_view b) {
  return rank(tiers, b) > rank(tiers, a) ? b : a;
}

std::string_view after_purchase(const Tiers& tiers, std::string_view current, std::int64_t figure) {
  const std::size_t now = rank(tiers, current);
  if (tiers.upgrade == Upgrade::period_end) return at_rank(tiers, now);
  return at_rank(tiers, std::max(now, rank(tiers, reached(tiers, figure))));
}

std::string_view after_period(const Tiers& tiers, std::string_view current, std::int64_t figure) {
  const std::size_t now = rank(tiers, current);
  const std::size_t earned = rank(tiers, reached(tiers, figure));
  if (earned >= now) return at_rank(tiers, earned);
  switch (tiers.downgrade) {
    case Downgrade::none:
      return at_rank(tiers, now);
    case Downgrade::assigned:
      return at_rank(tiers, std::min(now, std::max(earned, rank(tiers, tiers.assigned))));
    case Downgrade::gradual:
      return at_rank(tiers, std::max(earned, now - 1));
  }
  return at_rank(tiers, now);
}

std::optional<TierProgress> progress(const Tiers& tiers, std::string_view current,
                                     std::int64_t figure, Date today) {
  for (std::size_t i = rank(tiers, current); i < tiers.levels.size(); ++i) {
    if (tiers.levels[i].threshold > figure)
      return TierProgress{tiers.levels[i].id, tiers.levels[i].threshold - figure,
                          counts_until(tiers, today)};
  }
  return std::nullopt;
}

}  // namespace keepsake::loyalty
