#include "storage/domain/warranty/item.hpp"

#include "storage/domain/warranty/warranty.hpp"

namespace keepsake {
namespace {

constexpr std::size_t tail_length = 4;

}  // namespace

ItemQuery item_query(std::string_view typed) {
  ItemQuery query;
  const auto serial = normalise_serial(typed);
  if (!serial) return query;
  query.serial = *serial;
  if (serial->size() == tail_length) query.tail = *serial;
  query.imei = imei_in(*serial).value_or(std::string());
  return query;
}

}  // namespace keepsake
