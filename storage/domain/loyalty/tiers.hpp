#pragma once
// Levels of membership.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::loyalty {

enum class TierBasis { spend, points, visits };
enum class TierWindow { lifetime, calendar_month, calendar_quarter, calendar_year, rolling_months };
enum class Upgrade { at_once, period_end };
/// Whether a level that a purchase reaches earns for that purchase already. Rewards are always those
/// of the level before: what they take off could undo the level.
enum class LevelCounts { next_purchase, this_purchase };
enum class Downgrade { none, assigned, gradual };

struct TierLevel {
  std::string id;
  LocalizedText name;
  std::int64_t threshold = 0;  ///< minor units, hundredths of a point, or visits; reached at >=
  bool operator==(const TierLevel&) const = default;
};

struct Tiers {
  TierBasis basis = TierBasis::spend;
  TierWindow window = TierWindow::lifetime;
  std::int32_t months = 12;  ///< of a rolling window
  Upgrade upgrade = Upgrade::at_once;
  Downgrade downgrade = Downgrade::none;
  std::string assigned;  ///< level id for Downgrade::assigned
  LevelCounts counts = LevelCounts::next_purchase;
  std::vector<TierLevel> levels;  ///< thresholds rise; the first may be 0. Empty: no tiers
  bool operator==(const Tiers&) const = default;
};

/// The member's figures over the tier window that ends with the instant of the quote.
struct WindowFigures {
  std::int64_t spend_minor = 0;
  std::int64_t points_hundredths = 0;
  std::int64_t visits = 0;
  bool operator==(const WindowFigures&) const = default;
};
std::int64_t figure(TierBasis basis, const WindowFigures& figures);

/// The first day of the window that ends on `today`; none for lifetime.
std::optional<Date> window_start(const Tiers& tiers, Date today);
/// The last day of the period in which a tier held since `since` stays; none for lifetime.
std::optional<Date> period_end(const Tiers& tiers, Date since);

/// The last day of the calendar month, quarter or year of `today`; none for another window.
std::optional<Date> counts_until(const Tiers& tiers, Date today);

/// The highest level whose threshold the figure reaches; "" for none.
std::string_view reached(const Tiers& tiers, std::int64_t figure);
/// Of two levels the one that stands higher; "" is the lowest.
std::string_view higher(const Tiers& tiers, std::string_view a, std::string_view b);
/// The tier right after a purchase: only upwards, and only with Upgrade::at_once.
std::string_view after_purchase(const Tiers& tiers, std::string_view current, std::int64_t figure);
/// The tier after the end of a period with the period's figure.
std::string_view after_period(const Tiers& tiers, std::string_view current, std::int64_t figure);

struct TierProgress {
  std::string next;                ///< level id
  std::int64_t missing = 0;        ///< > 0, in the basis' unit
  std::optional<Date> until = {};  ///< the last day that counts towards it, where there is one
  bool operator==(const TierProgress&) const = default;
};
/// The next level above `current`; none at the top.
std::optional<TierProgress> progress(const Tiers& tiers, std::string_view current,
                                     std::int64_t figure, Date today);

}  // namespace keepsake::loyalty
