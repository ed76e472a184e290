#pragma once
// What the book answers to questions, each by whoever may ask it.

#include "kiosk/app/work.hpp"
#include "kiosk/flow/event.hpp"

namespace keepsake::app {

/// Whoever asks may ask it (flow/roles.hpp): Failure::refused "role.*", "proof.needed".
Result<Done> expect_allowed(Work& work, const flow::Question& question);
/// If expect_allowed().
flow::Event perform(Work& work, const flow::Question& question);
/// The same answer, but it is this error.
flow::Event refusal(const flow::Question& question, const Error& error);

}  // namespace keepsake::app
