#pragma once
// The reasons for a return, in words.

#include <string>
#include <string_view>

#include "kiosk/flow/sale/state.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::screens {

/// A recorded reason (flow::word_of) in the reader's language; any other text unchanged.
std::string return_reason(const Locale& locale, std::string_view recorded);

}  // namespace keepsake::screens
