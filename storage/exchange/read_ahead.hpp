#pragma once
// Unpacking beside the work on what is unpacked.

#include <memory>

#include "storage/exchange/byte_source.hpp"

namespace keepsake {

/// `source`, read by a thread of its own in pieces of 256 KiB, at most eight ahead of who asks.
/// What it read comes first, then its error or exception, each time; letting go stops the thread.
std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source);

}  // namespace keepsake
