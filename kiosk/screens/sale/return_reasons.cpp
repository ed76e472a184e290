#include "kiosk/screens/sale/return_reasons.hpp"

#include "kiosk/flow/sale/returning.hpp"
#include "kiosk/flow/sale/state.hpp"

namespace keepsake::screens {

std::string return_reason(const Locale& locale, std::string_view recorded) {
  using flow::ReturnReason;
  if (recorded == word_of(ReturnReason::unwanted)) return locale.tr("Changed mind");
  if (recorded == word_of(ReturnReason::faulty)) return locale.tr("Faulty");
  if (recorded == word_of(ReturnReason::wrong)) return locale.tr("Wrong item");
  return std::string(recorded);
}

}  // namespace keepsake::screens
