#pragma once
// The covers of one item: by whom, from when to when, how far, and what.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/warranty/period.hpp"
#include "storage/domain/warranty/serial_rule.hpp"

namespace keepsake {

/// A period in which an item is warranted. `end` is the last covered day.
struct Cover {
  Date start;
  Date end;
  bool operator==(const Cover&) const = default;
};

/// ends_soon: at most 30 days left.
enum class CoverState { not_begun, running, ends_soon, ended };
CoverState cover_state(const Cover& cover, Date today);
/// Today counts: 1 on the last day; 0 when it has ended.
int days_left(const Cover& cover, Date today);

/// How far a thing may be used while it is covered: 100,000 km. {0, ""}: no matter how far.
struct Usage {
  std::int64_t most = 0;
  std::string unit = {};
  bool none() const { return most == 0; }
  bool operator==(const Usage&) const = default;
};
/// "100000 km"; failure "cover.usage".
Result<Usage> parse_usage(std::string_view text);
std::string to_text(const Usage& usage);

/// Stored and sent as a number: never reordered.
enum class CoverKind : std::uint8_t { maker, statutory };

struct ItemCover {
  CoverKind kind = CoverKind::maker;
  Cover dates = {};
  Period period = {};        ///< that `dates` were computed from; none: they were given
  Usage usage = {};          ///< whichever ends first
  std::string covered = {};  ///< what is covered, in the shop's words; may be empty
  bool operator==(const ItemCover&) const = default;
};
/// Of one item; each kind once, in the order of the kinds.
using Covers = std::vector<ItemCover>;

/// The one cover of a fact from before there were several.
Covers makers(const Cover& cover);
/// From the first day of the first to the last of the last. `covers` is not empty.
Cover span_of(const Covers& covers);
/// Failure::bad_input "cover.none" (there is none), "cover.dates" (ends before it begins), "cover.kind"
/// (one twice, or out of order), or as check(Period); Failure::limit.
Result<Done> check(const Covers& covers);

/// When a cover begins. Stored and sent as a number: never reordered.
enum class CoverStart : std::uint8_t { purchase, delivery, installation, activation };
std::string_view name_of(CoverStart start);
std::optional<CoverStart> cover_start_named(std::string_view name);

/// What the article master says of an article's cover.
struct CoverTerms {
  Period period = {};  ///< of the maker's cover; none: the maker gives none
  Usage usage = {};    ///< only with a period
  std::string covered = {};
  CoverStart starts = CoverStart::purchase;
  /// Each piece has a serial number, by which it is registered. Without one what is sold is registered
  /// by its receipt line. Nothing is registered of an article with neither.
  bool serialised = false;
  SerialRule serials = {};  ///< how they are built; only where there are any
  bool operator==(const CoverTerms&) const = default;
};
/// Of an article that says only how long: what has cover has serial numbers.
CoverTerms terms_of(const Period& period);
/// Failure::bad_input "cover.usage", "serial.rule", or as check(Period); Failure::limit "text.length";
/// `where` is the column of the catalogue.
Result<Done> check(const CoverTerms& terms);

/// [[statutory_cover]] of keepsake.toml: what the law of a country gives whoever buys.
struct StatutoryCover {
  std::string country;  ///< ISO 3166-1
  Period period;
  LocalizedText covered = {};
  bool operator==(const StatutoryCover&) const = default;
};

/// What begins on `start` for an article of these terms; empty: nothing. `statutory`: of the shop's
/// country, null where none is configured.
Covers covers_from(Date start, const CoverTerms& terms, const StatutoryCover* statutory);
/// The same covers with another first day: those with a period end by it, others last as many days.
Covers begun_on(Date start, Covers covers);

}  // namespace keepsake
