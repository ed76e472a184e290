#include "storage/domain/warranty/warranty.hpp"

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/warranty/period.hpp"

namespace keepsake {
namespace {

constexpr int soon_days = 30;

bool is_separator(char c) { return c == ' ' || c == '-' || c == '.' || c == '/'; }

}  // namespace

Result<std::string> normalise_serial(std::string_view typed) {
  std::string serial;
  for (const char c : typed) {
    if (is_separator(c)) continue;
    if (!is_letter_or_digit(c))
      return Error{Failure::bad_input, "serial.character",
                   "A serial number must have letters A-Z and digits only", "",
                   "Type it again as on the item"};
    serial += to_upper(c);
    if (serial.size() > limits::code_bytes) break;
  }
  if (serial.size() < 3 || serial.size() > limits::code_bytes)
    return Error{
        Failure::bad_input, "serial.length",
        "A serial number must have 3 to " + std::to_string(limits::code_bytes) + " characters", "",
        "Type it again as on the item"};
  return serial;
}

Cover makers_cover(Date bought, int months) {
  return {bought, last_day(bought, {months, PeriodUnit::month})};
}

int days_left(const Cover& cover, Date today) {
  const int days = to_days(cover.end) - to_days(today) + 1;
  return days > 0 ? days : 0;
}

CoverState cover_state(const Cover& cover, Date today) {
  if (today < cover.start) return CoverState::not_begun;
  const int left = days_left(cover, today);
  if (left == 0) return CoverState::ended;
  return left <= soon_days ? CoverState::ends_soon : CoverState::running;
}

Result<Done> check(const WarrantyRegistration& registration) {
  using enum Presence;
  if (auto ok = check_texts({
          {registration.article, limits::code_bytes, required, "article"},
          {registration.article_name, limits::name_bytes, optional, "article_name"},
          {registration.maker, limits::name_bytes, optional, "maker"},
          {registration.serial_typed, limits::name_bytes, optional, "serial_typed"},
          {registration.staff, limits::name_bytes, optional, "staff"},
      });
      !ok)
    return ok;
  auto serial = normalise_serial(registration.serial);
  if (!serial) return serial.error();
  if (*serial != registration.serial)
    return Error{Failure::bad_input, "serial.form", "The serial number is not normalised", "serial",
                 "Normalise it first"};
  const Cover& cover = registration.cover;
  if (!cover.start.ok() || !cover.end.ok() || cover.end < cover.start)
    return Error{Failure::bad_input, "cover.dates", "The cover ends before it begins", "cover",
                 "Correct the dates"};
  return Done{};
}

}  // namespace keepsake
