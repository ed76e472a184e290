#pragma once
// Why goods come back, in words.

#include <string>
#include <string_view>

#include "kiosk/flow/sale/state.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::screens {

/// What a return recorded (flow::word_of), in the reader's language; what others recorded as it
/// stands.
std::string return_reason(const Locale& locale, std::string_view recorded);

}  // namespace keepsake::screens
