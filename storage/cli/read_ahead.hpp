#pragma once
// Unpacking beside the work on what is unpacked.

#include <memory>

#include "storage/cli/bytes.hpp"

namespace keepsake::cli {

/// `source`, read by a thread of its own, at most 2 MiB ahead of who asks. Errors come where they
/// would have come; letting go of it stops the thread.
std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source);

}  // namespace keepsake::cli
