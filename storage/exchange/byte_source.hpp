#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// Where input bytes come from. Abstract because sources stand on one another: a file, what unpacks
/// it, what turns its encoding into UTF-8, what reads ahead on a thread; and a test's memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `into` (not empty) and says how much; 0 is the end. After an error the
  /// source is used up.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
  virtual std::uint64_t consumed() const = 0;  ///< bytes taken from the file itself, for progress
  virtual std::uint64_t size() const = 0;      ///< bytes of the file itself
};

}  // namespace keepsake
