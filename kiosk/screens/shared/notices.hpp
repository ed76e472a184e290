#pragma once
// Notices and errors in the reader's language: what happened, what was kept, what to do next.

#include <span>
#include <string>
#include <string_view>

#include "kiosk/flow/shared/notice.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::screens {

struct NoticeWords {
  std::string what;
  std::string kept;  ///< empty when there was nothing to keep
  std::string next;  ///< empty for good news
};

NoticeWords notice_words(const Locale& locale, const flow::Notice& notice);
/// An error that no notice carries (the line's last one), by code, else by its kind.
NoticeWords error_words(const Locale& locale, const Error& error);

/// Every code that has words of its own.
bool has_words(std::string_view code);

}  // namespace keepsake::screens
