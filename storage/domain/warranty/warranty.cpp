#include "storage/domain/warranty/warranty.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

Result<Done> check_normalised(const std::string& serial) {
  auto normal = normalise_serial(serial);
  if (!normal) return normal.error();
  if (*normal != serial)
    return Error{Failure::bad_input, "serial.form", "The serial number is not normalised", "serial",
                 "Normalise it first"};
  return Done{};
}

}  // namespace

Result<Done> check(const LineWarranty& warranty) {
  using enum Presence;
  if (!warranty.serial.empty())
    if (auto ok = check_normalised(warranty.serial); !ok) return ok;
  if (auto ok = check_texts({{warranty.serial_typed, limits::name_bytes, optional, "serial_typed"},
                             {warranty.maker, limits::name_bytes, optional, "maker"}});
      !ok)
    return ok;
  return check(warranty.covers);
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
  if (auto ok = check_normalised(registration.serial); !ok) return ok;
  return check(registration.covers);
}

Result<Done> check(const CoverBegun& begun) {
  if (begun.event == CoverStart::purchase || begun.event > CoverStart::activation)
    return Error{Failure::bad_input, "cover.start", "A cover begins later with no such day",
                 "event", "Say delivery, installation or activation"};
  if (begun.line < -1 || begun.line >= static_cast<std::int64_t>(limits::lines_per_purchase))
    return Error{Failure::bad_input, "cover.line", "There is no such line", "line",
                 "Name the line of the receipt"};
  if (auto ok = check_text(begun.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  return check(begun.covers);
}

}  // namespace keepsake
