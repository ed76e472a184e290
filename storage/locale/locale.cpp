#include "storage/locale/locale.hpp"

#include <boost/locale.hpp>
#include <locale>
#include <map>
#include <mutex>
#include <unicode/datefmt.h>
#include <unicode/dcfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

namespace keepsake {
namespace {

constexpr std::string_view minus = "\u2212";
constexpr std::string_view no_break_space = "\u00A0";

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// ICU's data for English without a known country is American; a shop elsewhere reads 21/11/2026
/// and 14:02, so English in a country that ICU has no English for is written the British way.
icu::Locale icu_locale(Language language, const std::string& country) {
  const std::string code(code_of(language));
  const icu::Locale wanted(code.c_str(), country.c_str());
  if (language != Language::en) return wanted;
  int32_t count = 0;
  const icu::Locale* known = icu::Locale::getAvailableLocales(count);
  for (int32_t i = 0; i < count; ++i) {
    if (!country.empty() && known[i] == wanted) return wanted;
  }
  return icu::Locale("en", "GB");
}

std::locale message_locale(Language language, const std::filesystem::path& folder) {
  auto backends = boost::locale::localization_backend_manager::global();
  backends.select("icu");
  boost::locale::generator generate(backends);
  generate.characters(boost::locale::char_facet_t::char_f);
  generate.categories(boost::locale::category_t::message | boost::locale::category_t::convert |
                      boost::locale::category_t::collation |
                      boost::locale::category_t::information);
  const auto name = std::string(code_of(language)) + ".UTF-8";
  if (!folder.empty()) {
    generate.add_messages_path(folder.string());
    generate.add_messages_domain("keepsake");
    try {
      return generate(name);
    } catch (const std::exception&) {
      // A damaged catalogue: speak English rather than not at all.
      generate.clear_paths();
      generate.clear_domains();
    }
  }
  return generate(name);
}

struct Affixes {
  std::string before, after, before_negative, after_negative;
};

Affixes affixes_of(const icu::Locale& locale, const Currency& currency) {
  UErrorCode status = U_ZERO_ERROR;
  const std::string code(currency.code());
  const auto formatter = icu::number::NumberFormatter::withLocale(locale)
                             .unit(icu::CurrencyUnit(code.c_str(), status))
                             .unitWidth(UNUM_UNIT_WIDTH_NARROW)
                             .precision(icu::number::Precision::integer());
  const auto split = [&](int value, std::string& before, std::string& after) {
    const std::string whole = utf8(formatter.formatInt(value, status).toString(status));
    const auto one = whole.find('1');
    if (U_FAILURE(status) || one == std::string::npos) {
      before =
          (value < 0 ? std::string(minus) : std::string()) + code + std::string(no_break_space);
      after.clear();
      return;
    }
    before = replaced(whole.substr(0, one), "-", minus);
    after = replaced(whole.substr(one + 1), "-", minus);
  };
  Affixes out;
  split(1, out.before, out.after);
  split(-1, out.before_negative, out.after_negative);
  return out;
}

}  // namespace

struct Locale::Impl {
  Language language = Language::en;
  std::string country;
  icu::Locale icu;
  std::locale messages;
  /// The catalogue within `messages`; looked up once, since each look-up is a dynamic_cast. Null
  /// without one.
  const boost::locale::message_format<char>* catalogue = nullptr;
  std::string grouping, decimal, percent_before, percent_after;
  std::unique_ptr<icu::DateFormat> date_short, date_long, day_month, month, month_year, time;
  mutable std::mutex mutex;  // guards affixes, a cache by currency
  mutable std::map<std::string, Affixes, std::less<>> affixes;

  Impl(Language language_, std::string_view country_, const std::filesystem::path& folder)
      : language(language_),
        country(country_),
        icu(icu_locale(language_, country)),
        messages(message_locale(language_, folder)) {
    if (std::has_facet<boost::locale::message_format<char>>(messages))
      catalogue = &std::use_facet<boost::locale::message_format<char>>(messages);
    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(icu, status);
    grouping = utf8(symbols.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol));
    decimal = utf8(symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
    const auto whole = utf8(icu::number::NumberFormatter::withLocale(icu)
                                .unit(icu::MeasureUnit::getPercent())
                                .formatInt(1, status)
                                .toString(status));
    const auto one = whole.find('1');
    percent_before = one == std::string::npos ? "" : whole.substr(0, one);
    percent_after = one == std::string::npos ? "%" : whole.substr(one + 1);
    make_date_formats();
  }

  void make_date_formats() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(icu, status));
    const auto make = [&](const char* skeleton) {
      UErrorCode failed = status;
      icu::UnicodeString pattern =
          patterns ? patterns->getBestPattern(icu::UnicodeString(skeleton), failed)
                   : icu::UnicodeString("yyyy-MM-dd");
      auto format = std::make_unique<icu::SimpleDateFormat>(pattern, icu, failed);
      format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
      return format;
    };
    date_short = make("yMMdd");
    date_long = make("yMMMMd");
    day_month = make("MMMd");
    month = make("LLLL");
    month_year = make("yMMMM");
    time = make("jm");
  }

  /// In the catalogue's only domain; `context` may be null.
  std::string translated(const char* context, std::string_view msgid) const {
    const std::string id(msgid);
    const char* words = catalogue == nullptr ? nullptr : catalogue->get(0, context, id.c_str());
    return words == nullptr ? id : words;
  }

  std::string format(const icu::DateFormat& format, double ms) const {
    icu::UnicodeString text;
    format.format(ms, text);
    return utf8(text);
  }

  std::string format(const icu::DateFormat& date_format, Date date) const {
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return format(date_format, static_cast<double>(days) * 86'400'000.0);
  }

  /// "-1234.50" as read: grouped, with the language's separators.
  std::string localised(std::string_view machine) const {
    std::string out;
    if (!machine.empty() && machine.front() == '-') {
      out = minus;
      machine.remove_prefix(1);
    }
    out += localised_magnitude(machine);
    return out;
  }

  std::string localised_magnitude(std::string_view machine) const {
    std::string out;
    const auto whole = machine.substr(0, machine.find('.'));
    for (std::size_t i = 0; i < whole.size(); ++i) {
      if (i > 0 && (whole.size() - i) % 3 == 0) out += grouping;
      out += whole[i];
    }
    if (whole.size() < machine.size()) {
      out += decimal;
      out += machine.substr(whole.size() + 1);
    }
    return out;
  }

  /// "-1234.50" with the currency's sign where the language puts it.
  std::string with_sign(std::string_view machine, const Currency& currency) const {
    const auto sign = affixes_for(currency);
    const bool negative = machine.starts_with('-');
    const auto digits = localised_magnitude(machine.substr(negative ? 1 : 0));
    return negative ? sign.before_negative + digits + sign.after_negative
                    : sign.before + digits + sign.after;
  }

  Affixes affixes_for(const Currency& currency) const {
    const std::lock_guard lock(mutex);
    const auto found = affixes.find(currency.code());
    if (found != affixes.end()) return found->second;
    return affixes.emplace(std::string(currency.code()), affixes_of(icu, currency)).first->second;
  }
};

Locale Locale::make(Language language, std::string_view country,
                    const std::filesystem::path& folder) {
  return Locale(std::make_shared<const Impl>(language, country, folder));
}
Locale::Locale() : impl_(std::make_shared<const Impl>(Language::en, "", "")) {}
Locale::Locale(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Language Locale::language() const { return impl_->language; }
const std::string& Locale::country() const { return impl_->country; }
bool Locale::operator==(const Locale& other) const {
  return language() == other.language() && country() == other.country();
}

// The empty msgid is the catalogue's header in gettext, never a text for a reader.
std::string Locale::tr(std::string_view msgid) const {
  if (msgid.empty()) return {};
  return impl_->translated(nullptr, msgid);
}

std::string Locale::tr(std::string_view context, std::string_view msgid) const {
  if (msgid.empty()) return {};
  return impl_->translated(std::string(context).c_str(), msgid);
}

std::string Locale::tr(std::string_view msgid, std::initializer_list<Arg> args) const {
  return fill(tr(msgid), args);
}

std::string Locale::trn(std::string_view singular, std::string_view plural, std::int64_t n) const {
  // Boost takes an int; plural rules look at n modulo a million at most.
  constexpr std::int64_t million = 1'000'000;
  const auto form = static_cast<int>(std::abs(n % million) + (n / million != 0 ? million : 0));
  return fill(boost::locale::ngettext(std::string(singular).c_str(), std::string(plural).c_str(),
                                      form, impl_->messages),
              {{"n", number(n)}});
}

std::string Locale::trn(std::string_view singular, std::string_view plural, std::int64_t n,
                        std::initializer_list<Arg> args) const {
  return fill(trn(singular, plural, n), args);
}

std::string Locale::number(std::int64_t n) const { return impl_->localised(std::to_string(n)); }

std::string Locale::money(Money money) const {
  return impl_->with_sign(to_decimal(money), money.currency);
}
std::string Locale::unit_money(UnitPrice price, Currency currency) const {
  return impl_->with_sign(to_decimal(price, currency), currency);
}

std::string Locale::amount(Money money) const { return impl_->localised(to_decimal(money)); }
std::string Locale::points(Points points) const { return impl_->localised(to_decimal(points)); }
std::string Locale::points_words(Points points) const {
  constexpr std::int64_t whole = 100;
  if (points.hundredths % whole == 0)
    return trn("{n} point", "{n} points", points.hundredths / whole);
  return fill(tr("fraction", "{points} points"), {{"points", this->points(points)}});
}
std::string Locale::quantity(Quantity quantity) const {
  return impl_->localised(to_decimal(quantity));
}
std::string Locale::unit_price(UnitPrice price, Currency currency) const {
  return impl_->localised(to_decimal(price, currency));
}

std::string Locale::percent_bp(std::int64_t basis_points) const {
  std::string machine = std::to_string(basis_points / 100);
  const auto rest = std::abs(basis_points % 100);
  if (basis_points < 0 && basis_points > -100) machine.insert(0, "-");
  if (rest != 0) {
    machine += '.';
    machine += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) machine += static_cast<char>('0' + rest % 10);
  }
  return impl_->percent_before + impl_->localised(machine) + impl_->percent_after;
}

char Locale::decimal_separator() const { return impl_->decimal == "." ? '.' : ','; }

std::string Locale::date_short(Date date) const { return impl_->format(*impl_->date_short, date); }
std::string Locale::date_long(Date date) const { return impl_->format(*impl_->date_long, date); }
std::string Locale::date_day_month(Date date) const {
  return impl_->format(*impl_->day_month, date);
}
std::string Locale::month(Date date) const { return impl_->format(*impl_->month, date); }
std::string Locale::month_year(Date date) const { return impl_->format(*impl_->month_year, date); }
std::string Locale::time(LocalTime t) const {
  return impl_->format(*impl_->time, t.minute_of_day() * 60'000.0);
}

std::string Locale::relative_days(Date day, Date today) const {
  const std::int64_t days = (std::chrono::sys_days(day) - std::chrono::sys_days(today)).count();
  if (days == 0) return tr("today");
  if (days == 1) return tr("tomorrow");
  if (days == -1) return tr("yesterday");
  return days > 0 ? trn("in {n} day", "in {n} days", days)
                  : trn("{n} day ago", "{n} days ago", -days);
}

std::string Locale::greeting(LocalTime now) const {
  switch (day_part(now.minute_of_day())) {
    case DayPart::morning:
      return tr("Good morning");
    case DayPart::afternoon:
      return tr("Good afternoon");
    case DayPart::evening:
      return tr("Good evening");
    case DayPart::night:
      break;
  }
  return tr("Hello");
}

std::string Locale::greeting(LocalTime now, std::string_view name) const {
  if (name.empty()) return greeting(now);
  return tr("{greeting}, {name}", {{"greeting", greeting(now)}, {"name", std::string(name)}});
}

std::string Locale::upper(std::string_view text) const {
  return boost::locale::to_upper(std::string(text), impl_->messages);
}

int Locale::compare(std::string_view a, std::string_view b) const {
  const auto& order = std::use_facet<boost::locale::collator<char>>(impl_->messages);
  return order.compare(boost::locale::collate_level::secondary, a.data(), a.data() + a.size(),
                       b.data(), b.data() + b.size());
}

}  // namespace keepsake
