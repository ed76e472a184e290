#pragma once
// A reader's language and a shop's country, and everything said in them. No global locale anywhere.

#include <array>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/language.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// One named value for a pattern: {"points", "1 284"} replaces "{points}".
struct Arg {
  std::string_view name;
  std::string value;
};

/// Replaces "{name}" by its value. Never fails: an unknown name or an unclosed brace stays as it is
/// written, so a bad catalogue only looks odd. Values are not expanded again.
std::string fill(std::string_view pattern, std::initializer_list<Arg> args);

enum class DayPart { night, morning, afternoon, evening };  ///< from 0, 5, 12 and 18 o'clock
DayPart day_part(int minute_of_day);

/// Immutable and cheap to copy; safe to use from several threads. Equal when language and country
/// are equal. No function fails: what the language's data cannot express is written plainly.
class Locale {
 public:
  /// Catalogue at <folder>/<code>/LC_MESSAGES/keepsake.mo. Where it or a message in it is missing
  /// the msgid is used, which is English. `country` is ISO 3166 ("NO"), empty when not known;
  /// it decides with the language how an amount of money is written.
  static Locale make(Language language, std::string_view country,
                     const std::filesystem::path& folder);
  /// English, no catalogue: for tests and for messages before the configuration is read.
  Locale();

  Language language() const;
  const std::string& country() const;

  // Messages. xgettext keywords: tr:1 tr:1c,2 trn:1,2.
  std::string tr(std::string_view msgid) const;
  std::string tr(std::string_view context, std::string_view msgid) const;
  std::string tr(std::string_view msgid, std::initializer_list<Arg> args) const;
  /// Plural form for n by the catalogue's own rule; "{n}" becomes the grouped number.
  std::string trn(std::string_view singular, std::string_view plural, std::int64_t n) const;
  std::string trn(std::string_view singular, std::string_view plural, std::int64_t n,
                  std::initializer_list<Arg> args) const;

  // Figures. Grouped by a no-break space or what the language uses; minus is U+2212.
  std::string number(std::int64_t n) const;
  std::string money(Money money) const;           ///< with the currency: "kr 128,40", "£1,284.50"
  std::string amount(Money money) const;          ///< digits only, for columns: "1 284,50"
  std::string points(Points points) const;        ///< "1 284", "0,5"
  std::string points_words(Points points) const;  ///< "1 284 points", "1 point", "0,5 points"
  std::string quantity(Quantity quantity) const;  ///< "3", "0,742"
  std::string unit_price(UnitPrice price, Currency currency) const;  ///< digits only, exact
  std::string unit_money(UnitPrice price, Currency currency) const;  ///< with its sign, exact
  std::string percent_bp(std::int64_t basis_points) const;           ///< 2500: "25 %"
  char decimal_separator() const;  ///< '.' or ',', for the keypad's key

  // Days and hours.
  std::string date_short(Date date) const;      ///< "21.11.2026"
  std::string date_long(Date date) const;       ///< "21 November 2026"
  std::string date_day_month(Date date) const;  ///< "21 Nov"
  std::string month(Date date) const;           ///< "November", as it stands alone
  std::string month_year(Date date) const;      ///< "November 2026"
  std::string time(LocalTime t) const;          ///< "14:02"
  /// "today", "yesterday", "tomorrow", "in 12 days", "3 days ago".
  std::string relative_days(Date day, Date today) const;

  /// "Good afternoon" / "Good afternoon, Ingrid H." from catalogue messages.
  std::string greeting(LocalTime now) const;
  std::string greeting(LocalTime now, std::string_view name) const;

  /// Upper case by the language's rules, for the shift key and avatars.
  std::string upper(std::string_view text) const;
  /// Order of two texts as a reader of the language expects it: <0, 0, >0.
  int compare(std::string_view a, std::string_view b) const;

  bool operator==(const Locale& other) const;

 private:
  struct Impl;
  explicit Locale(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

/// Every code point that the .mo catalogues under `folder` use, sorted: what fonts must have.
std::vector<char32_t> code_points_of_catalogues(const std::filesystem::path& folder);

}  // namespace keepsake
