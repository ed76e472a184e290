#pragma once
// A book that another process of this machine holds: read beside it, written through it
// (CONTROL.md). For commands, which need not know whether a kiosk is running.

#include <filesystem>
#include <functional>
#include <memory>

#include "storage/book/book.hpp"

namespace keepsake::control {

/// `waits` is called once whenever what was asked waits for the end of a sale. What is recorded is
/// durable when the call returns, as with any book; if the holder ends meanwhile, the journal tells
/// whether it was ("control.lost": it was not). Refused here, because it needs the folder alone:
/// set_enrolment() ("book.alone"). Failure::not_found "control.none": nobody listens; ::refused
/// "control.user", "control.version"; ::unavailable "control.silent"; as Book::open_to_read().
Result<std::unique_ptr<Book>> open_running(const std::filesystem::path& folder, const Clock& clock,
                                           std::function<void()> waits = {});

}  // namespace keepsake::control
