#pragma once
// An exception in the reader's words.

#include <string>

#include "kiosk/screens/shared/scene.hpp"
#include "storage/domain/staff/exception_view.hpp"

namespace keepsake::screens {

/// What happened, as a title.
std::string title_of(const Scene& scene, const ExceptionView& exception);
/// What it is about: "Receipt, 21 Nov 14:03, kr 129.00".
std::string subject_of(const Scene& scene, const ExceptionView& exception);
/// How it came about, and what to do.
std::string advice_on(const Scene& scene, const ExceptionView& exception);
/// What was lacking; empty: nothing that can be counted.
std::string lacking_of(const Scene& scene, const ExceptionView& exception);
std::string words_of(const Scene& scene, Decision decision);

}  // namespace keepsake::screens
