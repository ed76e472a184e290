#pragma once
// Inside storage/facts only: reading the values of one message, each within its limits.

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/facts/messages.hpp"

namespace keepsake::facts {

inline constexpr std::int64_t last_ms = 253'402'300'799'999;  // 9999-12-31
inline constexpr std::int32_t first_day = -719'162;           // 0001-01-01
inline constexpr std::int32_t last_day = 2'932'896;           // 9999-12-31
inline constexpr int offset_minutes_max = 18 * 60;
inline constexpr std::int64_t amount_max =
    limits::amount_minor * 1000;  // sums of a document included
inline constexpr std::int64_t points_max = 100'000'000'000'000'000;
inline constexpr std::size_t sealed_profile_bytes = 8 * 1024;
inline constexpr int consents_max = 20;

/// Reads values of one message and remembers the first thing wrong; what follows is then of no use.
class Reading {
 public:
  void fail(const char* what, const char* field) {
    if (error_) return;
    error_ = Error{Failure::bad_input, "fact.syntax", what,
                   line_ < 0 ? field : "entry " + std::to_string(line_ + 1) + ", " + field,
                   "Correct the fact where it is made"};
  }
  /// Entries of a list are named by their index in errors; -1: none.
  void at_entry(int index) { line_ = index; }

  template <class T>
  Result<T> result(T value) const {
    if (error_) return *error_;
    return value;
  }

  std::string text(const std::string& value, std::size_t max_bytes, const char* field) {
    if (value.size() > max_bytes)
      fail("A text is too long", field);
    else if (!is_utf8(value))
      fail("A text is not UTF-8", field);
    return value;
  }
  std::string code(const std::string& value, const char* field) {
    return text(value, limits::code_bytes, field);
  }
  std::string name(const std::string& value, const char* field) {
    return text(value, limits::name_bytes, field);
  }

  template <class Number>
  Number number(std::int64_t value, Number low, Number high, const char* field) {
    if (value < low || value > high) {
      fail("A figure is out of range", field);
      return low;
    }
    return static_cast<Number>(value);
  }
  std::optional<Date> day(bool there, std::int32_t number_of_day, const char* field) {
    if (!there) return std::nullopt;
    return from_days(number(number_of_day, first_day, last_day, field));
  }
  Money money(std::int64_t minor, Currency currency, const char* field) {
    return {number<std::int64_t>(minor, -amount_max, amount_max, field), currency};
  }
  Points points(std::int64_t hundredths, const char* field) {
    return {number<std::int64_t>(hundredths, -points_max, points_max, field)};
  }
  Quantity quantity(std::int64_t thousandths, const char* field) {
    return {number<std::int64_t>(thousandths, -limits::quantity_thousandths,
                                 limits::quantity_thousandths, field)};
  }
  UnitPrice price(std::int64_t milli_minor, const char* field) {
    return {number<std::int64_t>(milli_minor, -amount_max, amount_max, field)};
  }
  TaxRate rate(std::uint32_t basis_points, const char* field) {
    return {number<std::int32_t>(basis_points, 0, 10'000, field)};
  }

  Currency currency(const std::string& code, const char* field) {
    auto known = Currency::parse(code);
    if (known) return *known;
    fail("Unknown currency", field);
    return {};
  }

  Bytes16 bytes16(const std::string& bytes, const char* field) {
    Bytes16 out{};
    if (bytes.size() == out.size())
      std::copy(bytes.begin(), bytes.end(), out.begin());
    else
      fail("An identifier must have 16 bytes", field);
    return out;
  }
  FactId id(const std::string& bytes, const char* field) {
    return fact_id_from(bytes16(bytes, field));
  }
  std::optional<FactId> optional_id(const std::string& bytes, const char* field) {
    if (bytes.empty()) return std::nullopt;
    return id(bytes, field);
  }
  CustomerRef customer(const std::string& bytes) {
    return bytes.empty() ? CustomerRef{} : CustomerRef{bytes16(bytes, "customer")};
  }

  template <class Message>
  LocalTime time(const Message& owner, const char* field) {
    if (!owner.has_at()) fail("The time is missing", field);
    const v1::LocalTime& t = owner.at();
    return {
        {number<std::int64_t>(t.ms(), 0, last_ms, field)},
        number<std::int16_t>(t.offset_minutes(), -offset_minutes_max, offset_minutes_max, field)};
  }
  Cover cover(const v1::Cover& cover) {
    return {from_days(number(cover.start_day(), first_day, last_day, "cover")),
            from_days(number(cover.end_day(), first_day, last_day, "cover"))};
  }

  /// False, and failed, when a list is too long to be looked at.
  bool count(int size, std::size_t max, const char* field) {
    if (static_cast<std::size_t>(size) <= max) return true;
    fail("A list is too long", field);
    return false;
  }

 private:
  std::optional<Error> error_;
  int line_ = -1;
};

inline ConsentPurpose purpose_of(Reading& in, v1::ConsentPurpose purpose) {
  switch (purpose) {
    case v1::CONSENT_PURPOSE_MEMBERSHIP:
      return ConsentPurpose::membership;
    case v1::CONSENT_PURPOSE_MARKETING:
      return ConsentPurpose::marketing;
    case v1::CONSENT_PURPOSE_SHARING:
      return ConsentPurpose::sharing;
    default:
      in.fail("Unknown purpose of a consent", "consents");
      return ConsentPurpose::membership;
  }
}

/// The entries of `messages`, each read by `one(entry)`, named by their index in errors.
template <class Value, class Messages, class One>
std::vector<Value> entries(Reading& in, const Messages& messages, std::size_t max,
                           const char* field, One one) {
  std::vector<Value> values;
  if (!in.count(messages.size(), max, field)) return values;
  values.reserve(static_cast<std::size_t>(messages.size()));
  for (int i = 0; i < messages.size(); ++i) {
    in.at_entry(i);
    values.push_back(one(messages.Get(i)));
  }
  in.at_entry(-1);
  return values;
}

/// Of a purchase or an event.
template <class Message>
std::vector<ReservationUse> reservations_of(Reading& in, const Message& message) {
  return entries<ReservationUse>(
      in, message.reservations(), limits::reservations_per_fact, "reservations",
      [&](const v1::ReservationUse& use) {
        return ReservationUse{{in.bytes16(use.id(), "id")},
                              in.number<std::int64_t>(use.quantity(), 1, points_max, "quantity")};
      });
}

inline Consent consent_of(Reading& in, const v1::Consent& message) {
  return Consent{purpose_of(in, message.purpose()), message.granted(),
                 in.code(message.wording(), "wording"), in.code(message.language(), "language"),
                 in.time(message, "at")};
}

}  // namespace keepsake::facts
